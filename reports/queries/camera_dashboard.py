"""What the camera dashboard shows beside its charts: choices of its filters, points on the map, documents."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from math import cos, radians
from typing import TYPE_CHECKING, Any

from django.db.models import Min, Q
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from shapely.geometry import box

from region.clock import today
from region.drawing.map import AreaSource, MapDrawing, PointSource, draw_map
from region.geometry.shapes import Box, around, from_geojson
from region.models import SecurityDistrict, Town
from region.numerals import number
from region.parts import KeyFigure
from region.queries.profile import current_profile
from reports.enums.cameras import LocationStatus, Stage
from reports.models import StageChange
from reports.queries.camera_charts import day_of
from reports.queries.camera_groups import counts, point_groups
from reports.queries.cameras import points_on
from reports.queries.figures import FigureLine, figure_topics
from reports.queries.figures_words import day
from reports.states.cameras import COMING, RUNNING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import QuerySet
    from shapely.geometry.base import BaseGeometry

    from reports.asked import Asked
    from reports.queries.cameras import PointFacts

# With more points than these, plates would lie on each other: cells of the map tell more.
MOST_PLATES = 60
# Degrees of air around the points, and the least part of their extent: about 300 m, a tenth.
_AIR, _AIR_SHARE = 0.004, 0.1
# Kilometres of a degree of longitude on the equator.
_KM_OF_DEGREE = 111.32
_SHOWN = (*COMING, *RUNNING)


@dataclass(frozen=True, slots=True)
class NumberedPoint:
    """One row of the list beside the map; no number: it has no place."""

    number: str
    point: PointFacts


@dataclass(frozen=True, slots=True)
class PointsMap:
    """Points that are active or coming, with the drawing of those that have a place (None: none has, or too many)."""

    rows: tuple[NumberedPoint, ...]
    drawing: MapDrawing | None
    is_too_many: bool
    without_place: int
    approximate: int
    # How much the drawing shows from west to east.
    width_km: Decimal | None = None


def towns_with_points() -> QuerySet[Town]:
    """Towns in which some camera point is published."""
    rows = Town.objects.filter(camera_points__is_published=True, camera_points__system__is_published=True)
    return rows.defer("boundary").order_by("name", "code").distinct()


def first_year() -> int:
    """The year of the earliest stage of a published point; this year without any."""
    rows = StageChange.objects.meant().filter(point__is_published=True, point__system__is_published=True)
    first = rows.aggregate(first=Min("since"))["first"]
    return first.year if first else today().year


def camera_key_figures(asked: Asked) -> tuple[KeyFigure, ...]:
    """Points, devices, sensors and points to come, each with its own unit. Two queries.

    Points whose devices nobody has entered are not points without devices: then these two numbers are left out.
    """
    found = counts(on=day_of(asked), asked=asked)
    points = KeyFigure(
        number(found.points_active), gettext("Active camera points"), note=gettext("places with one or more devices")
    )
    devices = (
        KeyFigure(number(found.devices), gettext("Devices"), note=gettext("cameras and detectors at active points")),
        KeyFigure(number(found.sensors), gettext("Sensors"), note=gettext("a device may hold several of them")),
    )
    coming = KeyFigure(number(found.points_coming), gettext("Points to come"), note=gettext("approved, not active yet"))
    return (points, *(devices if found.devices or not found.points_active else ()), coming)


def points_map(asked: Asked) -> PointsMap:
    """Points that are active or coming on a map and, the same, in a list. Six queries at most.

    Above `MOST_PLATES` neither is read: cells of the map and the pages of the list tell of them.
    """
    on = day_of(asked)
    known: Counter[str] = Counter()
    for group in point_groups(asked, on):
        if group.stage in _SHOWN:
            known[group.location_status] += group.points
    without_place = known.pop(LocationStatus.NONE, 0)
    is_too_many = sum(known.values()) > MOST_PLATES
    numbered = () if is_too_many else _numbered(points_on(on=on, asked=asked, stages=_SHOWN))
    placed = [row for row in numbered if row.number]
    window = _window([(row.point.lon or 0, row.point.lat or 0) for row in placed]) if placed else None
    return PointsMap(
        rows=numbered,
        drawing=_draw(placed, asked, window) if window else None,
        width_km=_width_km(window) if window else None,
        is_too_many=is_too_many,
        without_place=without_place,
        approximate=known[LocationStatus.APPROXIMATE],
    )


def _numbered(points: Iterable[PointFacts]) -> tuple[NumberedPoint, ...]:
    """Points with a place first, each with its number on the map; those without a place after them."""
    found = sorted(points, key=lambda point: (point.lon is None, point.code))
    return tuple(
        NumberedPoint("" if point.lon is None else str(place), point) for place, point in enumerate(found, start=1)
    )


def documents() -> tuple[FigureLine, ...]:
    """Published figures about cameras that stand in documents, with their newest values."""
    topics = [topic for topic in figure_topics() if topic.code == "cameras"]
    return tuple(line for topic in topics for line in topic.lines if line.value)


def _draw(rows: Sequence[NumberedPoint], asked: Asked, window: Box) -> MapDrawing:
    """Plates on the outlines of towns (of districts, when a town is asked for) around them."""
    frame = box(*window)
    areas = [AreaSource(shape, name, tone="city") for name, shape in _outlines(window, asked)]
    plates = [_plate(row) for row in rows]
    return draw_map(areas=[AreaSource(frame, "", tone="land"), *areas], points=plates, outline=frame, spread=True)


def _window(places: Sequence[tuple[float, float]]) -> Box:
    """The box around places, with some air, and no higher than it is wide."""
    lons, lats = zip(*places, strict=True)
    extent = max(max(lons) - min(lons), max(lats) - min(lats))
    west, south, east, north = around((min(lons), min(lats), max(lons), max(lats)), max(_AIR, _AIR_SHARE * extent))
    lacking = (north - south) / cos(radians(south)) - (east - west)
    return (west - max(lacking, 0) / 2, south, east + max(lacking, 0) / 2, north)


def _width_km(window: Box) -> Decimal:
    """From west to east through the middle of a box."""
    west, south, east, north = window
    return Decimal(str((east - west) * _KM_OF_DEGREE * cos(radians((south + north) / 2))))


def _outlines(window: Box, asked: Asked) -> list[tuple[str, BaseGeometry]]:
    """Names and shapes of the areas in the window, cut at its edge; the region's own where no town has an outline."""
    west, south, east, north = window
    inside = Q(min_lon__lte=east, max_lon__gte=west, min_lat__lte=north, max_lat__gte=south, boundary__isnull=False)
    found: list[tuple[str, Any]] = []
    if asked.town:
        found = list(SecurityDistrict.objects.filter(inside, town=asked.town).values_list("name", "boundary"))
    found = found or list(Town.objects.filter(inside).values_list("name", "boundary"))
    profile = current_profile()
    if not found and profile.boundary:
        found = [(profile.name, profile.boundary)]
    cut = [(name, from_geojson(boundary).intersection(box(*window))) for name, boundary in found]
    return [(name, shape) for name, shape in cut if shape.area > 0]


def _plate(row: NumberedPoint) -> PointSource:
    point = row.point
    tone = "brand" if point.stage == Stage.ACTIVE else "amber"
    if point.location_status == LocationStatus.APPROXIMATE:
        tone = "outline"
    words = gettext("%(number)s: %(name)s (%(stage)s; place: %(place)s)")
    values = {
        "number": row.number,
        "name": point.name,
        "stage": point.stage_label,
        "place": LocationStatus(point.location_status).label,
    }
    url = reverse("reports:camera-point", args=[point.code])
    return PointSource(point.lon or 0, point.lat or 0, row.number, "", url, words % values, tone)


def map_caption(shown: PointsMap) -> str:
    """What the plates mean, and which points the map cannot show."""
    exact = {row.point.stage == Stage.ACTIVE for row in shown.rows if row.point.location_status == LocationStatus.EXACT}
    parts = [gettext("Dark plates: active points.")] if True in exact else []
    if False in exact:
        parts.append(gettext("Amber plates: points to come."))
    if shown.width_km is not None:
        parts.append(gettext("The map is %(km)s km wide.") % {"km": number(shown.width_km, 1)})
    if shown.approximate:
        parts.append(gettext("Outlined plates: the place is only approximate."))
    if shown.without_place:
        words = ngettext(
            "%(count)s point has no place and stands only in the list.",
            "%(count)s points have no place and stand only in the list.",
            shown.without_place,
        )
        parts.append(words % {"count": number(shown.without_place)})
    if shown.drawing and shown.drawing.moved:
        parts.append(gettext("Plates that would cover each other stand a little beside their place."))
    return " ".join(parts)


def state_words(asked: Asked) -> str:
    """Of which day the page tells."""
    return gettext("state on %(day)s") % {"day": day(day_of(asked))}
