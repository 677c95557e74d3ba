"""Points and their devices: what comes into the register, what moves, what is looked at once a year."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from region.clock import today
from region.domain.audit import record
from region.domain.editing import check_unchanged, note_edit, stored_values
from region.domain.places import region_place, stray
from region.domain.users import is_system
from region.rules import require
from region.wording import in_words
from reports.camera_rules import Stay
from reports.enums.cameras import PlacementReason, RemovalReason, Stage
from reports.models import CameraPoint, Consultation, Device, Placement, StageChange, YearlyReview
from reports.states.cameras import ENDED, MANAGE

if TYPE_CHECKING:
    from region.models import User

POINT_FIELDS = (
    "code",
    "system",
    "name",
    "town",
    "district",
    "address",
    "location_status",
    "lon",
    "lat",
    "surroundings",
    "planned_by",
    "expected_device_count",
    "source",
    "source_url",
    "note",
)
DEVICE_FIELDS = (
    "inventory_number",
    "kind",
    "sensor_count",
    "has_audio",
    "analytics",
    "face_recognition",
    "model",
    "network_note",
)


def require_managing(*, by: User) -> None:
    """Raise PermissionDenied unless somebody may keep the register; commands may."""
    if not is_system(by):
        require(by, MANAGE)


@transaction.atomic
def add_point(
    *,
    values: Mapping[str, Any],
    stage: str = Stage.PROPOSED,
    since: date | None = None,
    document: str = "",
    by: User,
    is_example: bool = False,
) -> CameraPoint:
    """Add a point with ``values`` by name of field, in a stage that it was in already when it came into the register.

    Raises PermissionDenied, and ValidationError with the fields it concerns.
    """
    require_managing(by=by)
    day = since or today()
    if day > today():
        raise ValidationError({"stage_since": gettext("This day has not come yet.")})
    point = CameraPoint(stage=stage, stage_since=day, is_example=is_example and is_system(by))
    for name in POINT_FIELDS:
        if name in values:
            setattr(point, name, values[name])
    point.full_clean()
    _check_place_of(point)
    point.save(force_insert=True)
    StageChange.objects.create(point=point, stage=stage, since=day, document=document, noted_by=by)
    note_edit(target=point, before={}, by=by)
    return point


@transaction.atomic
def change_point(*, point: CameraPoint, values: Mapping[str, Any], by: User, seen: str = "") -> CameraPoint:
    """Change plain facts of a point; its stage goes through ``move_point``.

    ``seen`` is the ``mark_of`` these columns when the person began to write. Raises PermissionDenied, ChangedMeanwhile,
    and ValidationError with the fields.
    """
    require_managing(by=by)
    row = CameraPoint.objects.select_for_update().get(pk=point.pk)
    if seen:
        check_unchanged(row=row, seen=seen, values=values)
    before, system, code, place = stored_values(row), row.system_id, row.code, (row.lon, row.lat)
    for name in POINT_FIELDS:
        if name in values:
            setattr(row, name, values[name])
    row.full_clean()
    if row.system_id != system:
        _check_free(row)
    if row.code != code and row.is_published:
        raise ValidationError({"code": gettext("Signs lead to the page with this code: take it off the pages first.")})
    if (row.lon, row.lat) != place:
        _check_place_of(row)
    row.save()
    note_edit(target=row, before=before, by=by)
    return row


def _check_place_of(point: CameraPoint) -> None:
    """Refuse a place outside the region; exchanged coordinates are recognised."""
    if point.lon is None or point.lat is None:
        return
    place = region_place()
    if not place.holds(point.lon, point.lat):
        raise ValidationError({"lat": in_words(stray(place, point.lon, point.lat))})


def _check_free(point: CameraPoint) -> None:
    """Refuse another system for a point to which something of its own system belongs."""
    rows = (point.placements, point.legal_bases, point.consultations, point.costs)
    if any(one.exists() for one in rows):
        words = gettext("Devices, legal bases, consultations or costs of its system belong to this point.")
        raise ValidationError({"system": words})


@transaction.atomic
def place_device(
    *,
    device: Device,
    point: CameraPoint,
    since: date,
    reason: str = PlacementReason.INSTALL,
    document: str = "",
    by: User,
) -> Placement:
    """Note that a device stands at a point since a day. Raises PermissionDenied, and ValidationError in words."""
    require_managing(by=by)
    row = Device.objects.select_for_update().get(pk=device.pk)
    _check_place(row, point, since)
    placed = Placement(device=row, point=point, since=since, reason=reason, document=document.strip())
    placed.full_clean(validate_constraints=False)
    placed.save(force_insert=True)
    record(
        action="placement.add", target=placed, by=by, after={"point": point.code, "since": since, "reason": str(reason)}
    )
    return placed


def _check_place(device: Device, point: CameraPoint, since: date) -> None:
    """Refuse a stay that shares a day with another of the device, and a point that has ended or is foreign."""
    if since > today():
        raise ValidationError({"since": gettext("This day has not come yet.")})
    if point.system_id != device.system_id:
        raise ValidationError({"point": gettext("The device belongs to another system.")})
    if point.stage in ENDED:
        raise ValidationError({"point": gettext("This point has ended: no device can come there.")})
    new = Stay(since)
    for stay in device.placements.select_related("point"):
        if new.overlaps(Stay(stay.since, stay.removed_on)):
            words = gettext("At that time the device is at %(point)s already.") % {"point": stay.point}
            raise ValidationError({"since": words})


@transaction.atomic
def remove_device(
    *, placement: Placement, on: date, reason: str = RemovalReason.RETIRE, document: str = "", by: User
) -> Placement:
    """Note that a device was taken away from its point on a day. Its sensors no longer look where they did.

    Raises PermissionDenied, and ValidationError for one that is gone already or a day before it came.
    """
    require_managing(by=by)
    Device.objects.select_for_update().get(pk=placement.device_id)
    row = Placement.objects.select_related("device", "point").get(pk=placement.pk)
    if row.removed_on is not None:
        raise ValidationError(gettext("This device was taken away already."))
    if on <= row.since or on > today():
        raise ValidationError({"on": gettext("Choose a day after it came and not in the future.")})
    row.removed_on, row.removal_reason = on, reason
    row.document = document.strip() or row.document
    row.save(update_fields=["removed_on", "removal_reason", "document"])
    row.device.sensors.filter(removed_on__isnull=True).update(removed_on=on)
    record(action="placement.end", target=row, by=by, after={"removed_on": on, "removal_reason": str(reason)})
    return row


@transaction.atomic
def relocate_device(*, placement: Placement, to: CameraPoint, on: date, document: str = "", by: User) -> Placement:
    """Move a device to another point on a day: it is at one of the two on every day. Raises as the two acts do."""
    if to.pk == placement.point_id:
        raise ValidationError({"to": gettext("The device stands there already.")})
    gone = remove_device(placement=placement, on=on, reason=RemovalReason.RELOCATE, document=document, by=by)
    return place_device(
        device=gone.device, point=to, since=on, reason=PlacementReason.RELOCATE, document=document, by=by
    )


@transaction.atomic
def replace_device(*, placement: Placement, new: Device, on: date, document: str = "", by: User) -> Placement:
    """Put another device in the place of one on a day. Raises as the two acts do."""
    gone = remove_device(placement=placement, on=on, reason=RemovalReason.REPLACE, document=document, by=by)
    return place_device(
        device=new, point=gone.point, since=on, reason=PlacementReason.REPLACE, document=document, by=by
    )


@transaction.atomic
def note_review(*, point: CameraPoint, values: Mapping[str, Any], by: User) -> YearlyReview:
    """Note the yearly review of a point. Raises PermissionDenied, and ValidationError with the fields."""
    require_managing(by=by)
    row = CameraPoint.objects.select_for_update().get(pk=point.pk)
    review = YearlyReview(point=row, noted_by=by, **values)
    if review.reviewed_on and review.reviewed_on > today():
        raise ValidationError({"reviewed_on": gettext("This day has not come yet.")})
    if review.reviewed_on and review.year and review.year > review.reviewed_on.year:
        raise ValidationError({"year": gettext("A year is reviewed when it has begun.")})
    if YearlyReview.objects.filter(point=row, year=review.year).exists():
        raise ValidationError({"year": gettext("This year's review is in the register already.")})
    if not review.is_necessary and review.decision == "keep":
        raise ValidationError({"decision": gettext("A point that is no longer necessary cannot stay.")})
    review.full_clean(validate_constraints=False)
    review.save(force_insert=True)
    note_edit(target=review, before={}, by=by)
    return review


@transaction.atomic
def note_consultation(*, point: CameraPoint, values: Mapping[str, Any], by: User) -> Consultation:
    """Note who was asked about a point and what was said. Raises PermissionDenied, ValidationError with the fields."""
    require_managing(by=by)
    asked = Consultation(system=point.system, point=point, **values)
    if asked.asked_on and asked.answered_on and asked.answered_on < asked.asked_on:
        raise ValidationError({"answered_on": gettext("The answer cannot come before the question.")})
    if asked.answered_on and asked.answered_on > today():
        raise ValidationError({"answered_on": gettext("This day has not come yet.")})
    if asked.answered_on and asked.opinion == "waiting":
        raise ValidationError({"opinion": gettext("Say what the answer was.")})
    asked.full_clean(validate_constraints=False)
    asked.save(force_insert=True)
    note_edit(target=asked, before={}, by=by)
    return asked


@transaction.atomic
def install_device(
    *, point: CameraPoint, values: Mapping[str, Any], since: date, document: str = "", by: User
) -> Placement:
    """Bring a new device into the register and put it at a point on a day.

    Raises PermissionDenied, and ValidationError with the fields it concerns.
    """
    require_managing(by=by)
    device = Device(system=point.system, **{name: values[name] for name in DEVICE_FIELDS if name in values})
    device.full_clean()
    device.save(force_insert=True)
    note_edit(target=device, before={}, by=by)
    return place_device(device=device, point=point, since=since, document=document, by=by)
