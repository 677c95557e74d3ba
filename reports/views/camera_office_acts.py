"""What is done to one camera point in the office: each act is a page that asks for what it needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from region.domain.editing import ChangedMeanwhile
from region.listing import trail_to
from region.parts import Link
from region.views.asking import Question, ask
from region.views.guards import permission_required, person_of
from reports.domain.camera_stages import STAGES, move_point, publish_point, take_back, withdraw_point
from reports.domain.cameras import (
    add_point,
    change_point,
    install_device,
    note_consultation,
    note_review,
    relocate_device,
    remove_device,
    replace_device,
)
from reports.domain.placement_mistakes import take_back_placement
from reports.forms.camera_office import (
    ConsultationForm,
    DayForm,
    DeviceForm,
    MistakeForm,
    MoveForm,
    PointForm,
    ReplaceForm,
    ReviewForm,
)
from reports.queries.camera_office import placements_of, points_for, systems_for
from reports.states.cameras import BACK, MANAGE
from reports.views.camera_office import POINTS, form_of, point_url

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from region.models import User
    from reports.models import CameraPoint, CameraSystem, Placement

asked = require_http_methods(["GET", "HEAD", "POST"])


def _point(request: HttpRequest, point_id: UUID) -> CameraPoint:
    return get_object_or_404(points_for(person_of(request)), pk=point_id)


def _placement(request: HttpRequest, placement_id: UUID) -> Placement:
    return get_object_or_404(placements_of(person_of(request)), pk=placement_id, removed_on__isnull=True)


def _question(point: CameraPoint, title: str, button: str, action: str, **more: Any) -> Question:
    back = Link(point.name, point_url(point))
    return Question(
        title=title,
        button=button,
        action=action,
        back=back,
        done=more.pop("done", gettext("It is in the register.")),
        trail=trail_to(POINTS, back, Link(title)),
        **more,
    )


@asked
@permission_required(MANAGE)
def add(request: HttpRequest) -> HttpResponseBase:
    """Add a point that is proposed."""
    by = person_of(request)
    form = PointForm(request.POST or None, initial={"system": _likely_system(request, by)})
    title = gettext("Add a point")
    question = Question(
        title=title,
        button=title,
        action="camerapoint.add",
        back=Link(gettext("Camera points"), reverse("reports:office-cameras")),
        done=gettext("The point is in the register. Below stands what it still needs."),
        trail=trail_to(POINTS, Link(title)),
    )

    def act(values: dict[str, Any]) -> CameraPoint:
        told = {name: values.pop(name) for name in ("stage", "since", "document")}
        try:
            return add_point(values=values, by=by, **told)
        except ValidationError as error:
            raise _at_field(error, "stage_since", "since") from error

    return ask(request, question, act, form, then=point_url)


def _likely_system(request: HttpRequest, by: User) -> CameraSystem | None:
    """The system that the list was narrowed to, or the only one there is."""
    known = {str(system.pk): system for system in systems_for(by)}
    return known.get(request.GET.get("system", "")) or (next(iter(known.values())) if len(known) == 1 else None)


def _at_field(error: ValidationError, name: str, field: str) -> ValidationError:
    """The same refusal at the field that the form has for it."""
    told = getattr(error, "error_dict", None)
    return ValidationError({field if key == name else key: told[key] for key in told}) if told else error


@asked
@permission_required(MANAGE)
def edit(request: HttpRequest, point_id: UUID) -> HttpResponseBase:
    """Change plain facts of a point."""
    point = _point(request, point_id)
    form = PointForm(request.POST or None, instance=point)

    def act(values: dict[str, Any]) -> None:
        seen = values.pop("seen")
        try:
            change_point(point=point, values=values, by=person_of(request), seen=seen)
        except ChangedMeanwhile:
            form.see_anew()
            raise

    title = gettext("Change %(point)s") % {"point": point}
    done = gettext("The changes are saved.")
    return ask(request, _question(point, title, gettext("Save"), "camerapoint.change", done=done), act, form)


@asked
@permission_required(MANAGE)
def step(request: HttpRequest, point_id: UUID, name: str) -> HttpResponseBase:
    """Do a step of the stages."""
    if name not in STAGES.states.names:
        raise Http404
    point = _point(request, point_id)
    way = STAGES.states.named(name)
    form = form_of(way)(request.POST or None)
    question = _question(
        point,
        f"{way.public_label}: {point.name}",
        str(way.public_label),
        f"camerapoint.{name}",
        is_danger=name in {"reject", "retire", "relocate"},
    )
    by, act = person_of(request), take_back if name in BACK else move_point
    return ask(request, question, lambda values: act(point=point, name=name, by=by, **values), form)


@asked
@permission_required(MANAGE)
def publish(request: HttpRequest, point_id: UUID) -> HttpResponseBase:
    """Show a point on public pages."""
    point = _point(request, point_id)
    title = gettext("Publish %(point)s") % {"point": point}
    lead = gettext("Everybody will see the point with all that the law asks you to say about it.")
    done = gettext("The point is published.")
    question = _question(point, title, gettext("Publish"), "camerapoint.publish", lead=lead, done=done)
    return ask(request, question, lambda _values: publish_point(point=point, by=person_of(request)))


@asked
@permission_required(MANAGE)
def withdraw(request: HttpRequest, point_id: UUID) -> HttpResponseBase:
    """Take a point off the public pages."""
    point = _point(request, point_id)
    title = gettext("Take %(point)s off the public pages") % {"point": point}
    lead = gettext(
        "A camera that watches public space has to be told of: withdraw a point that is wrong, then mend it."
    )
    done = gettext("The point is no longer published.")
    button = gettext("Take off the public pages")
    question = _question(point, title, button, "camerapoint.withdraw", lead=lead, done=done, is_danger=True)
    return ask(request, question, lambda _values: withdraw_point(point=point, by=person_of(request)))


@asked
@permission_required(MANAGE)
def install(request: HttpRequest, point_id: UUID) -> HttpResponseBase:
    """Put a new device at a point."""
    point = _point(request, point_id)
    form = DeviceForm(request.POST or None)
    title = gettext("Put a device at %(point)s") % {"point": point}

    def act(values: dict[str, Any]) -> None:
        since, document = values.pop("since"), values.pop("document")
        install_device(point=point, values=values, since=since, document=document, by=person_of(request))

    return ask(request, _question(point, title, gettext("Put it there"), "placement.add"), act, form)


@asked
@permission_required(MANAGE)
def relocate(request: HttpRequest, placement_id: UUID) -> HttpResponseBase:
    """Move a device to another point."""
    placement = _placement(request, placement_id)
    form = MoveForm(request.POST or None, point=placement.point)
    title = gettext("Move: %(device)s") % {"device": placement.device}
    lead = gettext("From that day the device counts at the other point. Its directions are to be written anew.")
    question = _question(placement.point, title, gettext("Move it"), "placement.relocate", lead=lead)
    by = person_of(request)
    return ask(request, question, lambda values: relocate_device(placement=placement, by=by, **values), form)


@asked
@permission_required(MANAGE)
def replace(request: HttpRequest, placement_id: UUID) -> HttpResponseBase:
    """Put another device in the place of one."""
    placement = _placement(request, placement_id)
    form = ReplaceForm(request.POST or None, point=placement.point)
    title = gettext("Replace: %(device)s") % {"device": placement.device}
    question = _question(placement.point, title, gettext("Replace it"), "placement.replace")
    by = person_of(request)
    return ask(request, question, lambda values: replace_device(placement=placement, by=by, **values), form)


@asked
@permission_required(MANAGE)
def retire(request: HttpRequest, placement_id: UUID) -> HttpResponseBase:
    """Take a device out of use."""
    placement = _placement(request, placement_id)
    form = DayForm(request.POST or None)
    title = gettext("Take away: %(device)s") % {"device": placement.device}
    question = _question(placement.point, title, gettext("Take it away"), "placement.end", is_danger=True)
    by = person_of(request)
    return ask(request, question, lambda values: remove_device(placement=placement, by=by, **values), form)


@asked
@permission_required(MANAGE)
def undo(request: HttpRequest, placement_id: UUID) -> HttpResponseBase:
    """Take back what was noted last of a device, by mistake."""
    placement = get_object_or_404(placements_of(person_of(request)), pk=placement_id)
    form = MistakeForm(request.POST or None)
    title = gettext("Take back: %(device)s") % {"device": placement.device}
    lead = gettext("It was noted by mistake that the device came here.")
    if placement.removed_on:
        lead = gettext("It was noted by mistake that the device left.")
    question = _question(placement.point, title, gettext("Take it back"), "placement.take_back", lead=lead)
    by = person_of(request)
    return ask(request, question, lambda values: take_back_placement(placement=placement, by=by, **values), form)


@asked
@permission_required(MANAGE)
def review(request: HttpRequest, point_id: UUID) -> HttpResponseBase:
    """Note the yearly review."""
    point = _point(request, point_id)
    form = ReviewForm(request.POST or None)
    title = gettext("Yearly review of %(point)s") % {"point": point}
    by = person_of(request)
    question = _question(point, title, gettext("Save the review"), "yearlyreview.add")
    return ask(request, question, lambda values: note_review(point=point, values=values, by=by), form)


@asked
@permission_required(MANAGE)
def consultation(request: HttpRequest, point_id: UUID) -> HttpResponseBase:
    """Note who was asked and what was said."""
    point = _point(request, point_id)
    form = ConsultationForm(request.POST or None)
    title = gettext("Consultation about %(point)s") % {"point": point}
    by = person_of(request)
    question = _question(point, title, gettext("Save the consultation"), "consultation.add")
    return ask(request, question, lambda values: note_consultation(point=point, values=values, by=by), form)
