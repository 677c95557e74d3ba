"""Charts of the camera register: points, devices and sensors, each counted in its own unit and never added together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext, ngettext, pgettext

from region.chart import Chart, ChartKind, Point, PointStatus, Series, Source
from region.clock import today, zone
from region.models.profile import in_language
from region.numerals import number
from region.queries.profile import current_profile
from reports.enums.cameras import DeviceKind, Stage, Surroundings
from reports.models import CameraSystem
from reports.queries.camera_groups import (
    DeviceGroup,
    Unlisted,
    active_spans,
    device_groups,
    device_spans,
    point_groups,
    unlisted,
)
from reports.queries.cameras import asked_points
from reports.queries.figures_words import day
from reports.states.cameras import COMING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.db.models import QuerySet

    from reports.asked import Asked
    from reports.models import CameraPoint

_DECEMBER, _LAST = 12, 31
# More years than these are drawn as a line.
MOST_BARS = 12


@dataclass(frozen=True, slots=True)
class Unit:
    """What is counted: its words, and how many of it there are in a group of devices (points count by themselves)."""

    code: str
    words: Callable[[], str]
    subject: Callable[[], str]
    count: Callable[[DeviceGroup], int] = attrgetter("devices")


POINTS = Unit("points", lambda: gettext("camera points"), lambda: gettext("Active camera points"))
DEVICES = Unit("devices", lambda: gettext("devices"), lambda: gettext("Devices at active points"))
SENSORS = Unit(
    "sensors", lambda: gettext("sensors"), lambda: gettext("Sensors at active points"), attrgetter("sensors")
)
UNITS = {unit.code: unit for unit in (POINTS, DEVICES, SENSORS)}


def day_of(asked: Asked) -> date:
    """The day whose state is shown: that of the moment asked for, the end of the last year asked for, or today."""
    now = today()
    if asked.as_of is not None:
        return min(now, asked.as_of.astimezone(zone()).date())
    return min(now, date(asked.until, _DECEMBER, _LAST)) if asked.until else now


def register_source(on: date) -> Source:
    """The register itself as the source of what is counted in it."""
    return Source(
        title=gettext("Register of cameras"),
        issuer=current_profile().operator,
        dated=gettext("state on %(day)s") % {"day": day(on)},
    )


def bars(key: str, title: str, unit: str, counted: Mapping[str, int], *, on: date, **more: Any) -> Chart | None:
    """Counts from the register as bars, in the order given; None when there is nothing to count."""
    if not any(counted.values()):
        return None
    points = tuple(Point(Decimal(count)) for count in counted.values())
    return Chart(
        key=key,
        title=title,
        kind=ChartKind.BARS,
        categories=tuple(counted),
        series=(Series(unit, points, source=0),),
        unit=unit,
        sources=(register_source(on),),
        **more,
    )


def points_by_stage(asked: Asked) -> Chart | None:
    """Camera points by how far they are on a day. One query."""
    on = day_of(asked)
    found: Counter[str] = Counter()
    for group in point_groups(asked, on):
        found[group.stage] += group.points
    counted = {str(Stage(stage).label): found[stage] for stage in Stage.values if stage in found}
    title = gettext("Camera points by stage: %(active)s active, %(coming)s to come") % {
        "active": number(found[Stage.ACTIVE]),
        "coming": number(sum(found[stage] for stage in COMING)),
    }
    return bars("cameras-points-by-stage", title, POINTS.words(), counted, on=on, category_title=_heading("stage"))


def points_by(asked: Asked, *, what: str) -> Chart | None:
    """Active camera points by their surroundings or their system. One query, two by system."""
    on = day_of(asked)
    found: Counter[Any] = Counter()
    for group in point_groups(asked, on):
        if group.stage == Stage.ACTIVE:
            found[getattr(group, what)] += group.points
    return _by(POINTS, what, found, on)


def placed_by(asked: Asked, *, unit: str, what: str) -> Chart | None:
    """Devices or sensors at active points by their kind, surroundings or system. Two queries, three by system."""
    on, counting = day_of(asked), UNITS[unit]
    found: Counter[Any] = Counter()
    for group in device_groups(asked, on):
        found[getattr(group, what)] += counting.count(group)
    return _by(counting, what, found, on, note=_expected(unlisted(asked, on)))


def growth(asked: Asked, *, unit: str) -> Chart | None:
    """Points, or devices at them, that were active at the end of each year; this year's value is of today. One query.

    ``since`` and ``until`` of what is asked bound the years.
    """
    on, counting = day_of(asked), UNITS[unit]
    spans = active_spans(asked, on) if counting is POINTS else device_spans(asked, on)
    if not spans:
        return None
    first = min(since for since, _end, _count in spans).year
    ends = [min(on, date(year, _DECEMBER, _LAST)) for year in range(max(asked.since or first, first), on.year + 1)]
    counted = [
        sum(count for since, end, count in spans if since <= day_ and (end is None or end > day_)) for day_ in ends
    ]
    if not ends:
        return None
    values = {"subject": counting.subject(), "last": number(counted[-1]), "day": day(ends[-1])}
    return Chart(
        key=f"cameras-{unit}-growth",
        title=gettext("%(subject)s at the end of each year: %(last)s on %(day)s") % values,
        kind=ChartKind.LINES if len(ends) > MOST_BARS else ChartKind.BARS,
        categories=tuple(str(end.year) for end in ends),
        series=(Series(counting.words(), tuple(map(_at_end, ends, counted)), source=0),),
        unit=counting.words(),
        category_title=_heading("year"),
        sources=(register_source(on),),
        note=gettext("Counted by the days on which points became active and ceased to be, as the register has them."),
    )


def planned(asked: Asked) -> Chart | None:
    """Points that are decided and not there yet, by the day announced for them. One query."""
    on = day_of(asked)
    coming = [group for group in point_groups(asked, on) if group.stage in COMING]
    counted: Counter[str] = Counter()
    for group in sorted(coming, key=lambda one: (one.announced is None, one.announced or on)):
        counted[_announced(group.announced, on)] += group.points
    title = gettext("Camera points to come: %(count)s") % {"count": number(sum(counted.values()))}
    devices = sum(group.expected for group in coming)
    note = gettext("Devices expected there, as announced: %(count)s.") % {"count": number(devices)} if devices else ""
    return bars(
        "cameras-planned", title, POINTS.words(), counted, on=on, note=note, category_title=_heading("announced")
    )


def active_points(asked: Asked, on: date) -> QuerySet[CameraPoint]:
    """Published points that were active on a day."""
    return asked_points(on=on, asked=asked).filter(stage_on=Stage.ACTIVE)


def _by(unit: Unit, what: str, found: Mapping[Any, int], on: date, note: str = "") -> Chart | None:
    """Counts of one unit as bars, the largest first."""
    names = _system_names(found) if what == "system" else None
    named: Counter[str] = Counter()
    for code, count in found.items():
        named[names[code] if names else _label(what, code)] += count
    counted = dict(sorted(named.items(), key=lambda item: (-item[1], item[0])))
    if not counted:
        return None
    # Where two are the largest, neither is; then the subject alone is true.
    title, largest = unit.subject(), [name for name, count in counted.items() if count == max(counted.values())]
    if len(largest) == 1:
        values = {"subject": title, "name": largest[0], "count": number(counted[largest[0]])}
        title = gettext("%(subject)s; most often: %(name)s (%(count)s)") % values
    key = f"cameras-{unit.code}-by-{what}"
    return bars(key, title, unit.words(), counted, on=on, note=note, category_title=_heading(what))


def _label(what: str, code: str) -> str:
    return str(DeviceKind(code).label if what == "kind" else Surroundings(code).label)


def _system_names(keys: Iterable[Any]) -> dict[Any, str]:
    rows = CameraSystem.objects.filter(pk__in=list(keys)).only("slug", "name_cs", "name_pl", "name_en")
    return {row.pk: in_language(row, "name") for row in rows}


def _expected(told: Unlisted) -> str:
    """What is to be said of points whose devices are known only as a number."""
    if not told.points:
        return ""
    return ngettext(
        "At %(points)s point only the number of devices is known (%(devices)s); it is not counted here.",
        "At %(points)s points only the number of devices is known (%(devices)s in all); it is not counted here.",
        told.points,
    ) % {"points": number(told.points), "devices": number(told.devices)}


def _at_end(end: date, count: int) -> Point:
    """The value of one year; of a year that is not over it says its day."""
    if (end.month, end.day) == (_DECEMBER, _LAST):
        return Point(Decimal(count))
    note = gettext("state on %(day)s") % {"day": day(end)}
    return Point(Decimal(count), status=PointStatus.PART, note=note)


def _announced(by: date | None, on: date) -> str:
    """The day announced; one that has passed is said to have passed."""
    if by is None:
        return gettext("no day announced")
    words = gettext("by %(day)s") if by >= on else gettext("announced by %(day)s, not confirmed yet")
    return words % {"day": day(by)}


def _heading(what: str) -> str:
    """Heading of the first column of a table."""
    return {
        "stage": pgettext("heading of a column", "Stage"),
        "surroundings": pgettext("heading of a column", "Surroundings"),
        "system": pgettext("heading of a column", "System"),
        "kind": pgettext("heading of a column", "Kind"),
        "year": pgettext("heading of a column", "Year"),
        "announced": pgettext("heading of a column", "Announced"),
    }[what]


points_by_surroundings = partial(points_by, what="surroundings")
points_by_system = partial(points_by, what="system")
devices_by_kind = partial(placed_by, unit="devices", what="kind")
devices_by_surroundings = partial(placed_by, unit="devices", what="surroundings")
devices_by_system = partial(placed_by, unit="devices", what="system")
sensors_by_kind = partial(placed_by, unit="sensors", what="kind")
sensors_by_surroundings = partial(placed_by, unit="sensors", what="surroundings")
sensors_by_system = partial(placed_by, unit="sensors", what="system")
points_growth = partial(growth, unit="points")
devices_growth = partial(growth, unit="devices")
