"""Camera points in the office: the list with its bulk actions, and one point with everything about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

import django_filters
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from region.clock import today
from region.domain.transition import obstacle, possible
from region.listing import Action, Column, Kind, ListFilters, Listing, View, folded, trail_to
from region.parts import Link
from region.rules import can
from region.views.audit import history_url
from region.views.guards import permission_required, person_of
from reports.camera_checklist import Item, Where, checklist
from reports.camera_words import stage_tone
from reports.domain.camera_stages import STAGES, move_point, publish_point, publishing_problems, withdraw_point
from reports.enums.cameras import Stage, Surroundings
from reports.forms.camera_office import DayForm, MistakeForm, ReasonForm
from reports.models import CameraPoint, CameraSystem, Cost, Device, Dpia, LegalBasis, Placement, Sensor
from reports.publication import Level, level_of
from reports.queries.camera_checks import devices_at, facts_of, stage_before
from reports.queries.camera_office import VIEW, points_for, reviews_due
from reports.states.cameras import BACK, MANAGE
from reports.views.camera_facts import facts_for
from reports.views.cameras_admin import editors_url

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.forms import Form
    from django.http import HttpRequest, HttpResponse

    from region.models import User
    from region.states import Transition

# Answers about devices that stand here: given at the device.
UNANSWERED = ("faces", "audio")
# Steps that are done to many points at once: decisions come as lists.
BULK = ("approve", "fund", "order", "plan", "activate", "suspend", "resume")


def point_url(point: CameraPoint) -> str:
    """Address of a point in the office."""
    return reverse("reports:office-camera", args=[point.pk])


class PointFilters(ListFilters):
    """What narrows the list."""

    stage = django_filters.ChoiceFilter(
        label=_("Stage"), choices=Stage.choices, empty_label=pgettext_lazy("filter", "any")
    )
    system = django_filters.ModelChoiceFilter(
        label=_("System"), queryset=CameraSystem.objects.all(), empty_label=pgettext_lazy("filter", "any")
    )
    surroundings = django_filters.ChoiceFilter(
        label=_("Surroundings"), choices=Surroundings.choices, empty_label=pgettext_lazy("filter", "any")
    )
    review = django_filters.ChoiceFilter(
        label=_("Yearly review"),
        choices=[("due", pgettext_lazy("yearly review", "due"))],
        method="waiting",
        empty_label=pgettext_lazy("filter", "any"),
    )
    published = django_filters.ChoiceFilter(
        label=_("Published"),
        field_name="is_published",
        choices=[("True", pgettext_lazy("yes or no", "yes")), ("False", pgettext_lazy("yes or no", "no"))],
        empty_label=pgettext_lazy("filter", "any"),
    )

    def waiting(self, rows: QuerySet[CameraPoint], _name: str, _value: str) -> QuerySet[CameraPoint]:
        """Points whose yearly review is due."""
        return rows.filter(pk__in=reviews_due(on=today()).values("pk"))


def _step_action(name: str) -> Action:
    way = STAGES.states.named(name)
    return Action(
        code=name,
        label=way.public_label,
        permission=MANAGE,
        check=lambda point, user: obstacle(record=point, flow=STAGES, name=name, by=user),
        apply=lambda point, by, **values: move_point(point=point, name=name, by=by, **values),
        form=form_of(way),
    )


def form_of(way: Transition) -> type[Form]:
    """What a step asks for: one back has no day of its own."""
    if way.name in BACK:
        return MistakeForm
    return ReasonForm if way.needs_reason else DayForm


def _why_not_published(point: CameraPoint, _user: User) -> str:
    if point.is_published:
        return gettext("This point is published already.")
    return " ".join(publishing_problems(point=point, on=today()))


def _create(user: User) -> Link | None:
    return Link(gettext("Add a point"), reverse("reports:office-camera-add")) if can(user, MANAGE) else None


def _missing(point: CameraPoint) -> int:
    return sum(not item.is_done for item in checklist(facts_of(point, on=today())))


POINTS = Listing(
    url_name="reports:office-cameras",
    title=_("Camera points"),
    permissions=(VIEW,),
    rows=points_for,
    columns=(
        Column(key="name", label=_("Place"), sort=folded("name"), link=point_url),
        Column(key="code", label=_("Code"), sort="code"),
        Column(key="system", label=_("System"), value="system.name"),
        Column(key="town", label=_("Town"), value="town.name", sort=folded("town__name")),
        Column(key="district", label=_("District"), value="district.name", sort="district__code"),
        Column(
            key="stage",
            label=_("Stage"),
            value="get_stage_display",
            kind=Kind.STATUS,
            tone=lambda point: stage_tone(point.stage),
            sort="stage",
        ),
        Column(key="since", label=_("Since"), value="stage_since", kind=Kind.DATE, sort="stage_since"),
        Column(
            key="devices",
            label=_("Devices"),
            value=lambda point: len(devices_at(point, on=today())),
            kind=Kind.NUMBER,
        ),
        Column(key="missing", label=_("Missing"), value=_missing, kind=Kind.NUMBER),
        Column(key="published", label=_("Published"), value="is_published", sort="is_published"),
        Column(key="surroundings", label=_("Surroundings"), value="get_surroundings_display", on_screen=False),
        Column(key="address", label=_("Address"), on_screen=False),
        Column(key="location", label=_("Location"), value="get_location_status_display", on_screen=False),
        Column(key="lon", label=_("Longitude"), kind=Kind.NUMBER, on_screen=False),
        Column(key="lat", label=_("Latitude"), kind=Kind.NUMBER, on_screen=False),
        Column(
            key="expected",
            label=_("Expected number of devices"),
            value="expected_device_count",
            kind=Kind.NUMBER,
            on_screen=False,
        ),
        Column(key="source", label=_("Source"), on_screen=False),
        Column(key="note", label=_("Internal note"), on_screen=False),
    ),
    order="code",
    filters=PointFilters,
    search=("code", "name", "address"),
    search_label=_("Code, place or address"),
    views=(
        View(label=pgettext_lazy("camera points", "All")),
        View(label=pgettext_lazy("camera points", "Active"), query="stage=active"),
        View(label=pgettext_lazy("camera points", "Planned"), query="stage=planned"),
        View(label=pgettext_lazy("camera points", "Not published"), query="published=False"),
    ),
    actions=(
        Action(
            code="publish",
            label=_("Publish"),
            permission=MANAGE,
            check=_why_not_published,
            apply=lambda point, by: publish_point(point=point, by=by),
        ),
        Action(
            code="withdraw",
            label=_("Take off the public pages"),
            permission=MANAGE,
            check=lambda point, _user: "" if point.is_published else gettext("This point is not published."),
            apply=lambda point, by: withdraw_point(point=point, by=by),
            is_danger=True,
        ),
        *(_step_action(name) for name in BULK),
    ),
    create=_create,
    empty_title=_("No camera point yet"),
    empty_text=_("Add the first one, or import a table."),
)


@require_safe
@permission_required(VIEW)
def point(request: HttpRequest, point_id: UUID) -> HttpResponse:
    """One point: facts, what is missing, stages, devices, what was decided about it."""
    by = person_of(request)
    found = get_object_or_404(points_for(by), pk=point_id)
    level = level_of(by)
    may_manage = can(by, MANAGE)
    context = {
        "point": found,
        "tone": stage_tone(found.stage),
        "facts": facts_for(found, level, without=("id", "stage", "stage_since", "is_published", "name", "is_example")),
        "items": [(item, _mend(item, found) if may_manage else "") for item in checklist(facts_of(found, on=today()))],
        "blocks": publishing_problems(point=found, on=today()),
        "steps": _steps(found, by),
        "stages": found.stage_changes.select_related("noted_by", "taken_back_by"),
        "placements": [
            (one, facts_for(one.device, level, without=("id", "system", "kind")), _sensors(one, level), _editing(one))
            for one in found.placements.select_related("device").prefetch_related("device__sensors")
        ],
        "consultations": found.consultations.all(),
        "reviews": found.reviews.all(),
        "costs": Cost.objects.filter(points=found),
        "may_manage": may_manage,
        "system_url": editors_url(CameraSystem, "edit", found.system_id, next=point_url(found)),
        "public_url": reverse("reports:camera-point", args=[found.code]) if found.is_published else "",
        "history": history_url(found) if can(by, "region.view_audit") else "",
        "trail": trail_to(POINTS, Link(found.name)),
    }
    return render(request, "reports/office/camera.html", context)


def _steps(found: CameraPoint, by: User) -> list[Transition]:
    """What somebody may note next; of the ways back the one to the stage before."""
    before = stage_before(found)
    ways = possible(record=found, flow=STAGES, by=by)
    return [way for way in ways if way.name not in BACK or (before and way.target == before.stage)]


def _editing(placement: Placement) -> tuple[str, str]:
    """Where a device and its sensors are changed."""
    back = point_url(placement.point)
    return (
        editors_url(Device, "edit", placement.device_id, next=back),
        editors_url(Sensor, "add", device=placement.device_id, next=back),
    )


def _sensors(placement: Placement, level: Level) -> list[Any]:
    """Where each sensor looks, for whoever may know."""
    if level < Level.REGISTRAR:
        return []
    return [facts_for(one, level, without=("id", "device")) for one in placement.device.sensors.all()]


def _mend(item: Item, found: CameraPoint) -> str:
    """Where something that is missing is mended: on a page of the office, or in the editors' screens and back."""
    if item.code in UNANSWERED:
        return "#devices"
    page = {
        Where.POINT: "reports:office-camera-edit",
        Where.CONSULTATION: "reports:office-camera-consultation",
        Where.REVIEW: "reports:office-camera-review",
        Where.DEVICE: "reports:office-camera-install",
    }.get(item.where)
    return reverse(page, args=[found.pk]) if page else mend_system(item, found.system, back=point_url(found))


def mend_system(item: Item, system: CameraSystem, *, back: str) -> str:
    """The editors' screen on which something of a system is mended, and which leads back."""
    if item.code == "necessity":
        return editors_url(LegalBasis, system=system.pk)
    if item.where is Where.DEVICE:
        return editors_url(Device, system=system.pk)
    if item.where is Where.SYSTEM:
        return editors_url(CameraSystem, "edit", system.pk, next=back)
    return editors_url(Dpia if item.where is Where.DPIA else LegalBasis, "add", system=system.pk, next=back)
