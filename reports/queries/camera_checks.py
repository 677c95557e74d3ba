"""Facts of the checklist of camera points, from what the register holds."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch

from reports.camera_checklist import Facts
from reports.enums.cameras import Answer, Body, LocationStatus, Opinion
from reports.models import CameraPoint, Placement
from reports.states.cameras import RUNNING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from django.db.models import QuerySet

    from reports.models import CameraSystem, Consultation, Device, LegalBasis, StageChange


def with_checks(points: QuerySet[CameraPoint]) -> QuerySet[CameraPoint]:
    """Points with everything that `facts_of` reads: the same number of queries for one and for many."""
    return points.select_related("system").prefetch_related(
        Prefetch("placements", Placement.objects.select_related("device")),
        "stage_changes",
        "consultations",
        "reviews",
        "system__legal_bases",
        "system__dpias",
        "system__consultations",
    )


def facts_of(point: CameraPoint, *, on: date) -> Facts:
    """What the checklist of a point is made from, as of a day. Relations that were prefetched are used as they are."""
    reviews = [review.reviewed_on for review in point.reviews.all() if review.reviewed_on <= on]
    whole = _facts(
        point.system,
        [basis for basis in point.system.legal_bases.all() if basis.point_id in {None, point.pk}],
        devices_at(point, on=on),
        on,
    )
    return replace(
        whole,
        devices_expected=point.expected_device_count,
        has_location=point.location_status != LocationStatus.NONE,
        has_consultation=has_council_opinion(point),
        running_since=_running_since(point),
        last_review=max(reviews, default=None),
    )


def facts_of_system(system: Any, *, on: date) -> Facts:
    """What the checklist of a row of `with_system_checks` is made from; its devices are all that stand now."""
    bases = [basis for basis in system.legal_bases.all() if basis.point_id is None]
    standing = [placement.device for point in system.points.all() for placement in point.standing]
    return _facts(system, bases, standing, on)


def _facts(system: CameraSystem, bases: Iterable[LegalBasis], devices: Sequence[Device], on: date) -> Facts:
    """What a system says for all its points, with the bases and devices that are asked about."""
    held = [basis for basis in bases if _is_in_force(basis, on)]
    dpia = max((one for one in system.dpias.all() if one.done_on <= on), key=lambda one: one.done_on, default=None)
    return Facts(
        day=on,
        country=system.country,
        controller=system.controller,
        notice_url=system.notice_url,
        dpo_contact=system.dpo_contact,
        retention_days=system.retention_days,
        has_evidence_hold=system.has_evidence_hold,
        audio_note=system.audio_note,
        has_legal_basis=bool(held),
        has_purpose_detail=any(basis.necessity and basis.milder_means for basis in held),
        last_dpia=dpia.done_on if dpia else None,
        next_dpia=dpia.next_review if dpia else None,
        devices=len(devices),
        devices_expected=None,
        audio_devices=sum(device.has_audio == Answer.YES for device in devices),
        faces_unanswered=sum(device.face_recognition == Answer.UNANSWERED for device in devices),
        audio_unanswered=sum(device.has_audio == Answer.UNANSWERED for device in devices),
        analytics_unanswered=sum(not device.analytics for device in devices),
        has_location=True,
        has_consultation=True,
    )


def devices_at(point: CameraPoint, *, on: date) -> list[Device]:
    """Devices that stand at a point on a day."""
    return [
        placement.device
        for placement in point.placements.all()
        if placement.since <= on and (placement.removed_on is None or placement.removed_on > on)
    ]


def has_council_opinion(point: CameraPoint) -> bool:
    """Whether the district council has answered, or let its time pass, about the point or the whole system."""
    asked: Iterable[Consultation] = [
        *point.consultations.all(),
        *(one for one in point.system.consultations.all() if one.point_id is None),
    ]
    return any(one.body == Body.DISTRICT_COUNCIL and one.opinion != Opinion.WAITING for one in asked)


def _is_in_force(basis: LegalBasis, on: date) -> bool:
    return (basis.since is None or basis.since <= on) and (basis.until is None or basis.until >= on)


def _running_since(point: CameraPoint) -> date | None:
    """Since when a point that runs now has been running without an end; None for others."""
    if point.stage not in RUNNING:
        return None
    since = None
    for change in reversed(_stages_meant(point)):
        if change.stage not in RUNNING:
            break
        since = change.since
    return since


def stage_before(point: CameraPoint) -> StageChange | None:
    """The stage that a point had before the one it is in; none when its history begins with this one."""
    stages = _stages_meant(point)
    return stages[-2] if len(stages) > 1 else None


def _stages_meant(point: CameraPoint) -> list[StageChange]:
    """The history of a point in order, without what was taken back."""
    meant = [change for change in point.stage_changes.all() if change.taken_back_at is None]
    return sorted(meant, key=lambda one: (one.since, one.noted_at))


def with_system_checks(systems: QuerySet[CameraSystem]) -> QuerySet[CameraSystem]:
    """Systems with everything that `facts_of_system` reads."""
    standing = Placement.objects.filter(removed_on__isnull=True).select_related("device")
    return systems.prefetch_related(
        "legal_bases", "dpias", Prefetch("points__placements", standing, to_attr="standing")
    )
