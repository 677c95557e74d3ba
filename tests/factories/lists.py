"""A list of the office for tests of the framework: organisations, under addresses of their own."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.conf.urls.i18n import i18n_patterns
from django.db import transaction
from django.http import HttpResponse
from django.urls import include, path, reverse

from portal.urls import urlpatterns as portal_patterns
from region.enums import OrganisationKind
from region.listing import (
    Action,
    Column,
    DayFilter,
    Kind,
    ListFilters,
    Listing,
    View,
    folded,
    listing_urls,
)
from region.messages import Problem
from region.models import Organisation, User

FAULTY = "faulty"


class SampleFilters(ListFilters):
    kind = django_filters.ChoiceFilter(label="Kind", choices=OrganisationKind.choices)
    until = DayFilter(field_name="member_until", lookup_expr="lte", label="Member until")
    since = DayFilter(field_name="member_since", lookup_expr="gte", label="Member since")


class ReasonForm(forms.Form):
    place = forms.CharField(label="Place", max_length=20)


def rows(user: User) -> Any:
    """Everything but organisations that somebody hid."""
    return Organisation.objects.exclude(place="hidden").select_related("town")


def record_url(record: Organisation) -> str:
    """Where the first column leads."""
    return reverse("samples:office-sample", args=[record.pk])


def problem(record: Organisation, _user: User) -> str | None:
    """Whether a sample may move."""
    return "It has moved already." if record.place == "moved" else None


def move(record: Organisation, by: User) -> None:
    """Move a sample, unless its name says that it fails."""
    assert transaction.get_connection().in_atomic_block
    record.place = "moved"
    record.save()
    if record.phone == FAULTY:
        raise RuntimeError("a fault")
    if record.phone == "problem":
        raise Problem("Somebody was quicker.")


def place_at(record: Organisation, by: User, *, place: str) -> None:
    """Move a sample to a place."""
    record.place = place
    record.save()


SAMPLES = Listing(
    url_name="samples:office-samples",
    title="Organisations",
    permissions=("region.view_organisations",),
    rows=rows,
    columns=(
        Column(
            key="name",
            label="Name",
            sort=folded("name"),
            link=lambda row: reverse("samples:office-sample", args=[row.pk]),
        ),
        Column(key="kind", label="Kind", value="get_kind_display", kind=Kind.STATUS, tone=lambda _row: "run"),
        Column(key="town", label="Town", value="town.name", sort="town__name", empty="no town"),
        Column(key="inhabitants", label="Inhabitants", kind=Kind.NUMBER, sort="inhabitants"),
        Column(key="until", label="Until", value="member_until", kind=Kind.DATE, sort="member_until", is_deadline=True),
        Column(key="phone", label="Phone", on_screen=False),
    ),
    order="name",
    filters=SampleFilters,
    search=("name", "register_number"),
    views=(View(label="Towns", query="kind=municipality"), View(label="Police", query="kind=police", is_counted=False)),
    actions=(
        Action(code="move", label="Move", permission="region.manage_organisations", check=problem, apply=move),
        Action(
            code="place",
            label="Place",
            permission="region.manage_organisations",
            check=problem,
            apply=place_at,
            form=ReasonForm,
            is_danger=True,
            explanation="They go to another place.",
        ),
        Action(code="secret", label="Secret", permission="region.manage_people", check=problem, apply=move),
    ),
    summary=lambda found: f"{found.count()} in all.",
    per_page=5,
)


def record_page(_request: Any, pk: Any) -> HttpResponse:
    """Where the first column leads."""
    return HttpResponse(str(pk))


app_name = "samples"
sample_patterns = (
    [*listing_urls(SAMPLES, "samples/"), path("samples/<uuid:pk>/", record_page, name="office-sample")],
    "samples",
)
urlpatterns = [*i18n_patterns(path("office/", include(sample_patterns))), *portal_patterns]
