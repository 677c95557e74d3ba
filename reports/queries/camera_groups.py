"""The camera register counted once for all charts of a page.

A page asks the same rows two dozen times, each time by something else. So rows that are alike in everything that
charts count by are counted together, and what was counted is remembered until the register changes.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar
from uuid import UUID

import numpy as np
from django.db.models import Case, Count, DateField, F, FilteredRelation, Q, Sum, Value, When
from django.db.models.functions import Coalesce, Greatest, Least

from region.clock import today
from region.memory import digest, remembered
from reports.enums.cameras import LocationStatus, Stage
from reports.queries.cameras import Counts, asked_points
from reports.states.cameras import COMING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numpy.typing import NDArray

    from reports.asked import Asked

_NEVER = Value(date.max, output_field=DateField())
Made = TypeVar("Made")
# First day, day after the last (None: not over), how many.
Span: TypeAlias = "tuple[date, date | None, int]"


@dataclass(frozen=True, slots=True)
class PointGroup:
    """Published points that are alike; ``expected`` devices were announced for them.

    `announced` is known of points to come only: of others it does not matter any more.
    """

    stage: str
    surroundings: str
    system: UUID
    location_status: str
    announced: date | None
    points: int
    expected: int


@dataclass(frozen=True, slots=True)
class DeviceGroup:
    """Devices at active points that are alike, and their sensors."""

    kind: str
    surroundings: str
    system: UUID
    devices: int
    sensors: int


@dataclass(frozen=True, slots=True)
class Unlisted:
    """Active points of whose devices only the number is known."""

    points: int
    devices: int


@dataclass(frozen=True, slots=True)
class Places:
    """Where active points are (WGS84 degrees), and which of the places are exact."""

    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    is_exact: NDArray[np.bool_]


def point_groups(asked: Asked | None, on: date) -> tuple[PointGroup, ...]:
    """All published points of what is asked, by stage on a day. One query."""

    def counted() -> tuple[PointGroup, ...]:
        rows: Iterable[Any] = (
            asked_points(on=on, asked=asked)
            .order_by()
            .annotate(
                announced=Case(
                    When(stage_on__in=COMING, then=F("planned_by")), default=Value(None), output_field=DateField()
                )
            )
            .values_list("stage_on", "surroundings", "system", "location_status", "announced")
            .annotate(points=Count("pk"), expected=Sum("expected_device_count"))
        )
        return tuple(
            PointGroup(stage, surroundings, system, status, announced, points, expected or 0)
            for stage, surroundings, system, status, announced, points, expected in rows
        )

    return once("points", asked, on, counted)


def device_groups(asked: Asked | None, on: date) -> tuple[DeviceGroup, ...]:
    """Devices at active points on a day. One query."""

    def counted() -> tuple[DeviceGroup, ...]:
        rows: Iterable[Any] = (
            _active(asked, on)
            .annotate(placed=FilteredRelation("placements", condition=_placed(on)))
            .filter(placed__isnull=False)
            .order_by()
            .values_list("placed__device__kind", "surroundings", "system")
            .annotate(devices=Count("placed"), sensors=Sum("placed__device__sensor_count"))
        )
        return tuple(DeviceGroup(*row) for row in rows)

    return once("devices", asked, on, counted)


def unlisted(asked: Asked | None, on: date) -> Unlisted:
    """Active points whose devices stand in the register only as a number. Two queries at most."""
    if not any(group.expected for group in point_groups(asked, on) if group.stage == Stage.ACTIVE):
        return Unlisted(0, 0)

    def counted() -> Unlisted:
        rows = _active(asked, on).filter(expected_device_count__isnull=False, placements__isnull=True).order_by()
        told = rows.aggregate(points=Count("pk"), devices=Sum("expected_device_count"))
        return Unlisted(told["points"], told["devices"] or 0)

    return once("unlisted", asked, on, counted)


def active_places(asked: Asked | None, on: date) -> Places:
    """Places of active points that have one. One query; never to be changed by those who read it."""

    def read() -> Places:
        rows = _active(asked, on).exclude(location_status=LocationStatus.NONE).order_by()
        found: list[Any] = list(rows.values_list("lon", "lat", "location_status"))
        degrees = np.array([row[:2] for row in found], dtype=float).reshape(-1, 2)
        is_exact = np.array([row[2] == LocationStatus.EXACT for row in found], dtype=bool)
        return Places(degrees[:, 0], degrees[:, 1], is_exact)

    return once("places", asked, on, read, cache="files")


def active_spans(asked: Asked | None, on: date) -> list[Span]:
    """From when until when how many points were active, of those in the register on a day. One query."""
    rows: Iterable[Any] = (
        _once_active(asked, on)
        .values_list("active_then__since", "active_then__ended_on")
        .annotate(number=Count("active_then"))
    )
    return list(rows)


def device_spans(asked: Asked | None, on: date) -> list[Span]:
    """From when until when how many devices stood at a point that was active. One query."""
    rows: Iterable[Any] = (
        _once_active(asked, on)
        .annotate(placed=FilteredRelation("placements", condition=Q(placements__since__lte=on)))
        .filter(placed__isnull=False)
        .annotate(
            begin=Greatest("placed__since", "active_then__since"),
            end=Least(Coalesce("placed__removed_on", _NEVER), Coalesce("active_then__ended_on", _NEVER)),
        )
        .filter(begin__lt=F("end"))
        .values_list("begin", "end")
        .annotate(number=Count("placed"))
    )
    return [(begin, None if end == date.max else end, count) for begin, end, count in rows]


def reviewed_points(asked: Asked | None, on: date, years: Iterable[int]) -> Counter[int]:
    """How many active points were reviewed in each of some years, as known on a day. One query."""
    rows = _active(asked, on).filter(reviews__year__in=years, reviews__reviewed_on__lte=on).order_by()
    return Counter(dict(rows.values_list("reviews__year").annotate(number=Count("reviews"))))


def counts(*, on: date, asked: Asked | None = None) -> Counts:
    """Points that are active and that are coming, devices at active points, and their sensors: each by itself."""
    points, devices = point_groups(asked, on), device_groups(asked, on)
    return Counts(
        points_active=sum(one.points for one in points if one.stage == Stage.ACTIVE),
        points_coming=sum(one.points for one in points if one.stage in COMING),
        devices=sum(one.devices for one in devices),
        sensors=sum(one.sensors for one in devices),
    )


def _active(asked: Asked | None, on: date) -> Any:
    return asked_points(on=on, asked=asked).filter(stage_on=Stage.ACTIVE)


def _once_active(asked: Asked | None, on: date) -> Any:
    """Points in the register on a day with each time that they were active until then."""
    held = Q(stage_changes__stage=Stage.ACTIVE, stage_changes__since__lte=on)
    rows = asked_points(on=on, asked=asked).annotate(active_then=FilteredRelation("stage_changes", condition=held))
    return rows.filter(active_then__isnull=False).order_by()


def _placed(on: date) -> Q:
    """Condition on placements of a point: those that hold on a day."""
    return Q(placements__since__lte=on) & (Q(placements__removed_on__isnull=True) | Q(placements__removed_on__gt=on))


def once(what: str, asked: Asked | None, on: date, make: Callable[[], Made], *, cache: str = "objects") -> Made:
    """What ``make`` gives; remembered, for a part of the region and a day, until the register changes.

    What the law asks is looked at as of today, whatever the day asked about.
    """
    town, district = (asked.town, asked.district) if asked else (None, None)
    facts = [str(on), str(today()), str(town.pk if town else ""), str(district.pk if district else "")]
    return remembered(f"cameras:{what}:{digest(facts)}", make, cache=cache)
