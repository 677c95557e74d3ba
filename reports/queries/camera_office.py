"""Reads of the camera register for the office."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce

from region.rules import can
from reports.models import CameraPoint, CameraSystem, Device, Dpia, Placement, StageChange, YearlyReview
from reports.queries.camera_checks import with_checks
from reports.states.cameras import RUNNING

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from region.models import User

VIEW = "reports.view_cameras"
# Days after which a running point waits for its yearly review, and so many days before a DPIA's date it is told.
YEAR, SOON = timedelta(days=366), timedelta(days=60)


def points_for(user: User) -> QuerySet[CameraPoint]:
    """Points that somebody may see in the office: the whole register, or nothing."""
    rows = CameraPoint.objects.all() if can(user, VIEW) else CameraPoint.objects.none()
    return with_checks(rows).select_related("system", "town", "district").defer("town__boundary", "district__boundary")


def placements_of(user: User) -> QuerySet[Placement]:
    """Devices at points that somebody may see."""
    return Placement.objects.filter(point__in=points_for(user).values("pk")).select_related("device", "point__system")


def systems_for(user: User) -> QuerySet[CameraSystem]:
    """Systems that somebody may see in the office."""
    return CameraSystem.objects.all() if can(user, VIEW) else CameraSystem.objects.none()


def free_devices(point: CameraPoint) -> QuerySet[Device]:
    """Devices of the point's system that stand nowhere now."""
    standing = Placement.objects.filter(device=OuterRef("pk"), removed_on__isnull=True)
    return Device.objects.filter(~Exists(standing), system=point.system_id)


def reviews_due(*, on: date) -> QuerySet[CameraPoint]:
    """Points that run and have waited for a review for more than a year, the same as the checklist says.

    A point has been running since the end of its last stage that was none of running: a suspension begins nothing anew.
    """
    stages = StageChange.objects.meant().filter(point=OuterRef("pk"))
    stopped = stages.exclude(stage__in=RUNNING).order_by("-ended_on").values("ended_on")[:1]
    first = stages.filter(stage__in=RUNNING).order_by("since").values("since")[:1]
    recent = YearlyReview.objects.filter(point=OuterRef("pk"), reviewed_on__gte=on - YEAR)
    rows = CameraPoint.objects.filter(~Exists(recent), stage__in=RUNNING)
    return rows.annotate(running_since=Coalesce(Subquery(stopped), Subquery(first))).filter(running_since__lt=on - YEAR)


def assessments_due(*, on: date) -> QuerySet[Dpia]:
    """The last assessment of each system whose next review comes within two months or is overdue."""
    later = Dpia.objects.filter(system=OuterRef("system"), done_on__gt=OuterRef("done_on"))
    return Dpia.objects.filter(~Exists(later), next_review__lte=on + SOON).select_related("system")
