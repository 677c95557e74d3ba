"""Cuts an outline into cells around seeds, with borders that wander a little: the same input gives the same sketch.

Everything here is plane geometry in kilometres.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

import shapely
from shapely import LineString, MultiPoint, Point, Polygon
from shapely.geometry.base import BaseGeometry

_SHARE = 0.09
_WAVES = ((0.5, 9.0), (0.3, 4.1), (0.25, 2.3))


def divide(outline: Polygon, seeds: Sequence[Point], *, wander: float) -> tuple[Polygon, ...]:
    """Return one cell of `outline` for each seed, in their order: Voronoi cells that cover it without overlap.

    The seeds lie inside the outline and all differ; borders leave the straight line by about `wander` kilometres.
    """
    if len(seeds) == 1:
        return (outline,)
    net = shapely.voronoi_polygons(MultiPoint(seeds), extend_to=outline.envelope.buffer(1), only_edges=True)
    borders = [_wandering(a, b, wander) for a, b in _segments(net)]
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(shapely.union_all([outline.exterior, *borders]))))
    return _gathered([face for face in faces if outline.contains(face.representative_point())], seeds)


def toward(outline: Polygon, start: Point, *, bearing: float, share: float) -> Point:
    """Return the point at `share` (0 to 1) of the way from `start` to the edge, `bearing` degrees from north."""
    reach = math.hypot(*(high - low for low, high in zip(outline.bounds[:2], outline.bounds[2:], strict=True)))
    dx, dy = math.sin(math.radians(bearing)), math.cos(math.radians(bearing))
    ray = LineString([(start.x, start.y), (start.x + reach * dx, start.y + reach * dy)])
    length = start.distance(ray.intersection(outline.exterior)) * share
    return Point(start.x + length * dx, start.y + length * dy)


def one_piece(shape: BaseGeometry) -> Polygon:
    """Return `shape` as the polygon that it is; TypeError if it came apart."""
    if not isinstance(shape, Polygon):
        raise TypeError(f"an outline in one piece is expected, not {shape.geom_type}")
    return shape


def _segments(net: BaseGeometry) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    lines = shapely.get_parts(shapely.union_all([net]))
    return [(min(a, b), max(a, b)) for line in lines for a, b in pairwise((x, y) for x, y in line.coords)]


def _wandering(start: tuple[float, float], end: tuple[float, float], wander: float) -> LineString:
    """Bend the straight border between two points; the ends stay where they are, so that borders still meet."""
    (x1, y1), (x2, y2) = start, end
    length = math.hypot(x2 - x1, y2 - y1)
    pieces = max(2, round(length / (0.8 * wander)))
    swing = min(wander, _SHARE * length)
    phase = (12.9898 * (x1 + x2) + 78.233 * (y1 + y2)) % math.tau
    points = [start]
    for number in range(1, pieces):
        part = number / pieces
        taper = min(1, 4 * part, 4 * (1 - part))
        waves = sum(
            height * math.sin(math.tau * part * length / (wander * span) + phase * span) for height, span in _WAVES
        )
        off = swing * taper * waves / length
        points.append((x1 + (x2 - x1) * part - (y2 - y1) * off, y1 + (y2 - y1) * part + (x2 - x1) * off))
    return LineString([*points, end])


def _gathered(faces: Sequence[Polygon], seeds: Sequence[Point]) -> tuple[Polygon, ...]:
    """Give each face to the seed inside it; a face cut off from every seed goes to the cell it borders on longest."""
    cells = [next(face for face in faces if face.contains(seed)) for seed in seeds]
    for face in faces:
        if not any(face.contains(seed) for seed in seeds):
            shared = [cell.intersection(face).length for cell in cells]
            nearest = shared.index(max(shared))
            cells[nearest] = one_piece(shapely.union_all([cells[nearest], face]))
    return tuple(cells)
