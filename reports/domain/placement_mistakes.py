"""Taking back what was noted of a device by mistake: that it came to a point, or that it left one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from region.domain.audit import record
from region.domain.editing import stored_values
from reports.domain.cameras import require_managing
from reports.models import Device, Placement
from reports.states.cameras import ENDED

if TYPE_CHECKING:
    from datetime import date

    from region.models import User


@transaction.atomic
def take_back_placement(*, placement: Placement, by: User, reason: str) -> None:
    """Take back the last thing noted of a device: its leaving a point, else its coming there.

    A device that came from another point stands there again, and so does the one that it replaced. The trail keeps
    what was noted, with the reason. Raises PermissionDenied, and ValidationError in words.
    """
    require_managing(by=by)
    if not reason.strip():
        raise ValidationError({"reason": gettext("Give a reason.")})
    Device.objects.select_for_update().get(pk=placement.device_id)
    row = Placement.objects.select_related("device", "point").filter(pk=placement.pk).first()
    if row is None:
        raise ValidationError(gettext("This was taken back already."))
    if row.device.placements.filter(since__gt=row.since).exists():
        raise ValidationError(gettext("The device stood elsewhere after that: take that back first."))
    before = stored_values(row)
    if row.removed_on is None:
        _undo_coming(row)
    else:
        _stand_again(row, row.removed_on)
    after = {name: value for name, value in stored_values(row).items() if before[name] != value}
    record(action="placement.take_back", target=row, by=by, before=before, after={**after, "reason": reason.strip()})


def _undo_coming(row: Placement) -> None:
    """Delete a stay that never was; what ended for its sake goes on."""
    ended = Placement.objects.filter(removed_on=row.since).select_related("device", "point")
    former = ended.filter(device=row.device_id, removal_reason="relocate").first() if row.reason == "relocate" else None
    if row.reason == "replace":
        former = ended.filter(point=row.point_id, removal_reason="replace").first()
    Placement.objects.filter(pk=row.pk).delete()
    if former and not former.device.placements.filter(since__gt=former.since).exists():
        _stand_again(former, row.since)


def _stand_again(row: Placement, left_on: date) -> None:
    """Let a device stand where it stood, and look where it looked."""
    if row.point.stage in ENDED:
        raise ValidationError(gettext("The point has ended: take that back first."))
    row.removed_on, row.removal_reason = None, ""
    row.save(update_fields=["removed_on", "removal_reason"])
    sensors = row.device.sensors
    written_anew = list(sensors.filter(removed_on__isnull=True).values_list("number", flat=True))
    sensors.filter(removed_on=left_on).exclude(number__in=written_anew).update(removed_on=None)
