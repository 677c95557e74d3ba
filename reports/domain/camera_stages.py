"""Stages of camera points: every change with its day, and the history that says what a point was on any day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext

from region.clock import today
from region.domain.audit import record
from region.domain.transition import Act, Flow
from region.domain.transition import transition as go
from reports.camera_checklist import lacks
from reports.camera_rules import stage_day_problem
from reports.domain.cameras import require_managing
from reports.models import CameraPoint, StageChange
from reports.queries.camera_checks import facts_of, has_council_opinion, stage_before
from reports.states.cameras import BACK, POINT, RUNNING

if TYPE_CHECKING:
    from region.models import User


def _day_of(act: Act) -> date:
    return act.changes.get("stage_since") or today()


def _is_in_order(point: CameraPoint, act: Act) -> Iterator[str]:
    problem = stage_day_problem(day=_day_of(act), current_since=point.stage_since, today=today())
    if problem:
        yield problem


def _is_assessed(point: CameraPoint, act: Act) -> Iterator[str]:
    yield from _is_in_order(point, act)
    if not any(dpia.done_on <= _day_of(act) for dpia in point.system.dpias.all()):
        yield gettext("No impact assessment of the system is in the register for this day.")


def _is_consulted(point: CameraPoint, act: Act) -> Iterator[str]:
    yield from _is_in_order(point, act)
    if not has_council_opinion(point):
        yield gettext("What the district council said is not in the register yet.")


def _is_ready(point: CameraPoint, act: Act) -> Iterator[str]:
    yield from _is_in_order(point, act)
    yield from running_problems(point=point, on=_day_of(act))


def _is_empty(point: CameraPoint, act: Act) -> Iterator[str]:
    yield from _is_in_order(point, act)
    if any(one.removed_on is None or one.removed_on > _day_of(act) for one in point.placements.all()):
        yield gettext("Devices still stand here: note first that they were moved or taken away.")


def _was_before(point: CameraPoint, act: Act) -> Iterator[str]:
    before = stage_before(point)
    if before is None or before.stage != POINT.named(act.name).target:
        yield gettext("The point had another stage before this one.")


def _since(_point: CameraPoint, act: Act) -> Mapping[str, Any]:
    return {"stage_since": _day_of(act)}


def _keep_history(point: CameraPoint, act: Act) -> None:
    """End the row of the stage before and begin one of this stage, on the same day."""
    point.stage_changes.filter(ended_on__isnull=True).update(ended_on=point.stage_since)
    StageChange.objects.create(
        point=point, stage=point.stage, since=_since(point, act)["stage_since"], reason=act.reason, noted_by=act.by
    )


def _since_before(point: CameraPoint, _act: Act) -> Mapping[str, Any]:
    before = stage_before(point)
    return {"stage_since": before.since} if before else {}


def _take_back(point: CameraPoint, act: Act) -> None:
    """Keep the row that was noted by mistake as one that held on no day, and open the one before it again."""
    before = stage_before(point)
    if before is None:
        return
    current = point.stage_changes.filter(ended_on__isnull=True)
    current.update(ended_on=F("since"), taken_back_at=act.at, taken_back_by=act.by, taken_back_reason=act.reason)
    point.stage_changes.filter(pk=before.pk).update(ended_on=None)


STAGES = Flow(
    POINT,
    state_field="stage",
    guards={
        "is_in_order": _is_in_order,
        "is_assessed": _is_assessed,
        "is_consulted": _is_consulted,
        "is_ready": _is_ready,
        "is_empty": _is_empty,
        "was_before": _was_before,
    },
    facts={name: _since_before if name in BACK else _since for name in POINT.names},
    notices={name: (_take_back,) if name in BACK else (_keep_history,) for name in POINT.names},
)


@transaction.atomic
def move_point(
    *, point: CameraPoint, name: str, on: date, by: User, reason: str = "", document: str = ""
) -> CameraPoint:
    """Do the step `name` with the day it happened on and the document that says so.

    Raises what ``transition`` raises.
    """
    moved = go(record=point, flow=STAGES, name=name, by=by, reason=reason, changes={"stage_since": on})
    if document.strip():
        moved.stage_changes.filter(ended_on__isnull=True).update(document=document.strip())
    return moved


def take_back(*, point: CameraPoint, name: str, by: User, reason: str) -> CameraPoint:
    """Take back the stage that was noted last, by mistake: the way `name` leads to the one before, as it was.

    What was noted stays in the history with the reason, and counts on no day. Raises what ``transition`` raises.
    """
    return go(record=point, flow=STAGES, name=name, by=by, reason=reason)


def running_problems(*, point: CameraPoint, on: date) -> list[str]:
    """Why a point may not run on a day, in sentences; empty when it may."""
    return [gettext("Missing: %(what)s") % {"what": item.text} for item in lacks(facts_of(point, on=on))]


def publishing_problems(*, point: CameraPoint, on: date) -> list[str]:
    """Why a point may not be published, in sentences: one that runs has to satisfy the law, others need only be named.

    A point of a system that is not published is not shown either.
    """
    hidden = [] if point.system.is_published else [gettext("Its system is not published.")]
    return hidden + (running_problems(point=point, on=on) if point.stage in RUNNING else [])


@transaction.atomic
def publish_point(*, point: CameraPoint, by: User) -> CameraPoint:
    """Show a point on public pages. Raises PermissionDenied, and ValidationError saying what is missing."""
    require_managing(by=by)
    row = CameraPoint.objects.select_for_update().get(pk=point.pk)
    if row.is_published:
        raise ValidationError(gettext("This point is published already."))
    problems = publishing_problems(point=row, on=today())
    if problems:
        raise ValidationError(problems)
    return _published(row, by, is_published=True)


@transaction.atomic
def withdraw_point(*, point: CameraPoint, by: User) -> CameraPoint:
    """Take a point from public pages. Raises PermissionDenied, and ValidationError for one that is not there."""
    require_managing(by=by)
    row = CameraPoint.objects.select_for_update().get(pk=point.pk)
    if not row.is_published:
        raise ValidationError(gettext("This point is not published."))
    return _published(row, by, is_published=False)


def _published(row: CameraPoint, by: User, *, is_published: bool) -> CameraPoint:
    row.is_published = is_published
    row.save(update_fields=["is_published"])
    action = "camerapoint.publish" if is_published else "camerapoint.withdraw"
    record(
        action=action,
        target=row,
        by=by,
        before={"is_published": not is_published},
        after={"is_published": is_published},
    )
    return row
