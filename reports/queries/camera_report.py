"""What the yearly report of a camera system tells: how it stood at the end of the year, and what happened in it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q

from reports.enums.cameras import Stage
from reports.models import Placement, StageChange, YearlyReview
from reports.publication import public_fields
from reports.queries.camera_pages import ReviewLine, SystemFacts, system_page
from reports.queries.cameras import PointFacts, shown_points

if TYPE_CHECKING:
    from collections.abc import Mapping

# More points than a reader leafs through: the report then gives their numbers, and the file has them all.
MOST_POINTS = 300


@dataclass(frozen=True, slots=True)
class StageEvent:
    """A point that came to a stage in the year."""

    on: date
    point: str
    stage: str
    document: str


@dataclass(frozen=True, slots=True)
class DeviceEvent:
    """A device that came to a point or left it in the year."""

    on: date
    point: str
    device: str
    what: str


@dataclass(frozen=True, slots=True)
class PointReview:
    """The review of one point."""

    point: str
    review: ReviewLine


@dataclass(frozen=True, slots=True)
class CameraReport:
    """One system in one year. `points` is empty when there are more than a report can hold; `stages` counts all."""

    system: SystemFacts
    year: int
    until: date
    stages: Mapping[str, int]
    point_count: int
    points: tuple[PointFacts, ...]
    devices: int
    sensors: int
    stage_events: tuple[StageEvent, ...]
    device_events: tuple[DeviceEvent, ...]
    reviews: tuple[PointReview, ...]


def camera_report(slug: str, year: int, *, today: date) -> CameraReport | None:
    """The report of a published system for a year that has begun, or nothing; this year's goes to today."""
    if not 0 < year <= today.year:
        return None
    until = min(date(year, 12, 31), today)
    found = system_page(slug, on=until)
    if found is None:
        return None
    stages = Counter(point.stage for point in found.points)
    active = [point for point in found.points if point.stage == Stage.ACTIVE]
    return CameraReport(
        system=found.system,
        year=year,
        until=until,
        stages={str(stage.label): stages[stage] for stage in Stage if stages[stage]},
        point_count=len(found.points),
        points=found.points if len(found.points) <= MOST_POINTS else (),
        devices=sum(point.device_count for point in active),
        sensors=sum(point.sensors for point in active),
        stage_events=_stage_events(slug, year, until),
        device_events=_device_events(slug, year, until),
        reviews=_reviews(slug, year),
    )


def _of(slug: str, until: date) -> Q:
    return Q(point__in=shown_points(on=until).filter(system__slug=slug).values("pk"))


def _stage_events(slug: str, year: int, until: date) -> tuple[StageEvent, ...]:
    rows = StageChange.objects.filter(_of(slug, until), since__year=year, since__lte=until)
    rows = (
        rows.select_related("point").only(*public_fields(StageChange), "point__name").order_by("since", "point__code")
    )
    return tuple(
        StageEvent(row.since, row.point.name, row.get_stage_display(), row.document)
        for row in rows
        if row.ended_on != row.since
    )


def _device_events(slug: str, year: int, until: date) -> tuple[DeviceEvent, ...]:
    """Comings and goings; a device that was moved stands there twice, at both points."""
    in_year = Q(since__year=year, since__lte=until) | Q(removed_on__year=year, removed_on__lte=until)
    rows = Placement.objects.filter(_of(slug, until), in_year).select_related("point", "device")
    found = []
    for row in rows:
        kind = row.device.get_kind_display()
        if row.since.year == year:
            found.append(DeviceEvent(row.since, row.point.name, kind, row.get_reason_display()))
        if row.removed_on and row.removed_on.year == year and row.removed_on <= until:
            found.append(DeviceEvent(row.removed_on, row.point.name, kind, row.get_removal_reason_display()))
    return tuple(sorted(found, key=lambda event: (event.on, event.point)))


def _reviews(slug: str, year: int) -> tuple[PointReview, ...]:
    rows = YearlyReview.objects.filter(_of(slug, date(year, 12, 31)), year=year).select_related("point")
    return tuple(
        PointReview(
            row.point.name,
            ReviewLine(row.year, row.reviewed_on, row.is_necessary, row.get_decision_display(), row.reasons),
        )
        for row in rows
    )
