"""The region's line: its western border unrolled to a profile, the signature of the design. Pure: no Django.

The border is walked from its northernmost to its southernmost place along the western side. What counts is how far
each place lies from the smoothed course of the border, so that any region gives a line of the same weight.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import cos, hypot, radians
from typing import TYPE_CHECKING

from shapely import LineString, MultiPolygon, Polygon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry.base import BaseGeometry

LENGTH = 1200  # units along the line, the width of its view box
DEPTH = 100  # units across it
SAMPLES = 180
TOLERANCE = 2.5  # of DEPTH: smaller bends are dropped
Point = tuple[float, float]
Profile = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class RegionLine:
    """Points along the line: x from 0 to 1200, y from 0 (top) to 100."""

    points: Profile

    def __post_init__(self) -> None:
        """Refuse a line that does not run from edge to edge."""
        xs = [x for x, _ in self.points]
        if len(xs) < 2 or xs[0] != 0 or xs[-1] != LENGTH or any(b <= a for a, b in pairwise(xs)):
            message = "a region's line runs from 0 to 1200"
            raise ValueError(message)


def largest(outline: BaseGeometry) -> Polygon:
    """The polygon itself, or the largest part of several; ValueError for anything else or empty."""
    parts = list(outline.geoms) if isinstance(outline, MultiPolygon) else [outline]
    polygons = [part for part in parts if isinstance(part, Polygon) and not part.is_empty]
    if not polygons:
        message = "the outline is not an area"
        raise ValueError(message)
    return max(polygons, key=lambda part: part.area)


def western_side(outline: Polygon) -> list[Point]:
    """The ring from its northernmost to its southernmost place, the way whose mean longitude lies further west."""
    ring = [(x, y) for x, y, *_ in outline.exterior.coords][:-1]
    top = max(range(len(ring)), key=lambda index: ring[index][1])
    ring = ring[top:] + ring[: top + 1]
    bottom = min(range(len(ring)), key=lambda index: ring[index][1])
    one, other = ring[: bottom + 1], ring[bottom:][::-1]
    return min(one, other, key=lambda side: LineString(side).centroid.x)


def in_distances(side: Sequence[Point]) -> LineString:
    """Degrees to comparable distances: longitude shortened by the cosine of latitude."""
    shrink = cos(radians(sum(y for _, y in side) / len(side)))
    return LineString([(x * shrink, y) for x, y in side])


def deviations(course: LineString) -> list[float]:
    """At even steps along the course: how far west (positive) of the straight line between its neighbours it lies."""
    places = [course.interpolate(index / SAMPLES, normalized=True) for index in range(SAMPLES + 1)]
    reach = SAMPLES // 6
    found = []
    for index, place in enumerate(places):
        near = places[max(0, index - reach) : index + reach + 1]
        middle_x, middle_y = sum(p.x for p in near) / len(near), sum(p.y for p in near) / len(near)
        along_x, along_y = near[-1].x - near[0].x, near[-1].y - near[0].y
        size = hypot(along_x, along_y) or 1.0
        found.append(((place.x - middle_x) * along_y - (place.y - middle_y) * along_x) / size)
    return found


def region_line(outline: BaseGeometry) -> RegionLine:
    """The profile of an outline in WGS84 degrees; ValueError when it is not an area."""
    levels = deviations(in_distances(western_side(largest(outline))))
    low, high = min(levels), max(levels)
    span = high - low
    if span < 1e-9:
        return RegionLine(((0, DEPTH // 2), (LENGTH, DEPTH // 2)))
    profile = LineString(
        [(index * LENGTH / SAMPLES, (high - level) * DEPTH / span) for index, level in enumerate(levels)]
    ).simplify(TOLERANCE)
    return RegionLine(tuple((round(x), round(y)) for x, y in profile.coords))


def relative(points: Sequence[Point]) -> str:
    """Points as the shortest path of whole numbers: one absolute start, then steps."""
    whole = [(round(x), round(y)) for x, y in points]
    steps = [f"{b[0] - a[0]} {b[1] - a[1]}".replace(" -", "-") for a, b in pairwise(whole)]
    joined = "".join(step if step.startswith("-") or not index else f" {step}" for index, step in enumerate(steps))
    return f"M{whole[0][0]} {whole[0][1]}l{joined}"


def stripe_path(line: RegionLine) -> str:
    """The stroke under the header, in a view box of 1200 × 180 (tenths of a pixel in height)."""
    return relative([(x, 12 + y * 0.6) for x, y in line.points])


def ridge_paths(line: RegionLine, *, rising: bool) -> tuple[str, str]:
    """Stroke and closed field of a ridge, in a view box of 1200 × 760: rising from below or hanging from above."""
    points = [(x, 620 - y * 3.7) if rising else (x, 140 + y * 3.7) for x, y in line.points]
    edge = relative(points)
    return edge, f"{edge}V{760 if rising else 0}H0z"


# The western border of the Plzeň Region, where the programme began; used until a region has an outline of its own.
DEFAULT_LINE = RegionLine(
    (
        (0, 0), (39, 26), (63, 75), (70, 69), (97, 74), (148, 47), (169, 53), (184, 69), (210, 75), (222, 59),
        (232, 61), (258, 64), (280, 78), (315, 78), (342, 64), (360, 76), (410, 92), (422, 100), (440, 96), (453, 84),
        (500, 79), (517, 90), (541, 90), (549, 98), (565, 92), (581, 73), (603, 69), (612, 47), (625, 37), (642, 33),
        (683, 32), (691, 27), (708, 39), (728, 49), (737, 42), (751, 48), (762, 43), (782, 51), (801, 46), (813, 56),
        (826, 52), (875, 48), (889, 61), (923, 57), (943, 49), (961, 25), (1010, 16), (1017, 19), (1060, 13),
        (1092, 23), (1111, 33), (1122, 44), (1158, 39), (1167, 35), (1200, 31),
    )
)  # fmt: skip
