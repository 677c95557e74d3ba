"""Filters: written days against days and moments."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.utils import timezone, translation

from region.form_fields import DayField
from region.listing import ListFilters, MomentDayFilter
from region.listing.filters import with_search
from region.models import RoleGrant
from tests.factories.roles import with_role


@pytest.mark.parametrize(
    "text", ["2026-03-05", "5.3.2026", "5. 3. 2026", "05.03.2026", "5/3/2026", " 5.\u00a03.\u00a02026 "]
)
def test_day_is_read_as_people_write_it(text: str) -> None:
    assert DayField().clean(text) == date(2026, 3, 5)


@pytest.mark.parametrize("text", ["yesterday", "31. 2. 2026", "1. 1. 1899", "1. 1. 2200", "5. 3."])
def test_day_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(forms.ValidationError):
        DayField().clean(text)


@pytest.mark.parametrize(("language", "text"), [("cs", "1. 7. 2026"), ("en", "1. 7. 2026"), ("pl", "1.07.2026")])
def test_day_stands_in_its_field_as_people_write_it(language: str, text: str) -> None:
    with translation.override(language):
        written = DayField().prepare_value(date(2026, 7, 1))
    assert (written, DayField().clean(written)) == (text, date(2026, 7, 1))


class Moments(ListFilters):
    since = MomentDayFilter(field_name="valid_from", lookup_expr="gte", label="Since")
    until = MomentDayFilter(field_name="valid_from", lookup_expr="lte", label="Until")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"since": "1. 6. 2026"}, True),
        ({"since": "2. 6. 2026"}, False),
        ({"until": "1. 6. 2026"}, True),
        ({"until": "31. 5. 2026"}, False),
        ({}, True),
    ],
)
def test_moment_belongs_to_the_day_of_the_region(query: dict[str, str], found: bool) -> None:
    """22:30 UTC on 31 May is already 1 June in Prague."""
    grants = RoleGrant.objects.filter(user=with_role("coordinator"))
    grants.update(valid_from=datetime(2026, 5, 31, 22, 30, tzinfo=UTC))
    with timezone.override(ZoneInfo("Europe/Prague")):
        filters = Moments(query, grants)
        assert filters.is_valid()
        assert filters.qs.exists() is found


def test_list_without_search_has_no_field_for_it() -> None:
    assert with_search(Moments, (), "Search") is Moments
    assert list(with_search(Moments, ("role",), "").base_filters) == ["q", "since", "until"]
