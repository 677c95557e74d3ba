"""Shapes as SVG paths: simplified together until they fit a budget of bytes, written in relative whole numbers."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import shapely
from shapely import LinearRing, MultiPolygon, Polygon

from region.geometry.shapes import polygons

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry.base import BaseGeometry

STEPS = 12  # halvings of the tolerance: finer than a tenth of a unit
COARSEST = 60.0  # units of the drawing
SPECK = 12.0  # square units: smaller islands and holes would be dots


def ring_path(places: Sequence[tuple[float, ...]]) -> str:
    """One closed ring in relative whole numbers; empty when rounding leaves less than a triangle."""
    whole: list[tuple[int, int]] = []
    for x, y, *_ in places:
        spot = (round(x), round(y))
        if not whole or whole[-1] != spot:
            whole.append(spot)
    if len(whole) > 1 and whole[0] == whole[-1]:
        whole.pop()
    if len(whole) < 3:
        return ""
    start = f"M{whole[0][0]} {whole[0][1]}l"
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(whole)]
    return start + " ".join(f"{x} {y}" for x, y in steps).replace(" -", "-") + "z"


def rings_of(shape: BaseGeometry) -> list[LinearRing]:
    """Rings worth drawing: the largest always, others when they are more than a speck."""
    rings = [ring for part in polygons(shape) for ring in (part.exterior, *part.interiors)]
    areas = [Polygon(ring).area for ring in rings]
    return [ring for ring, area in zip(rings, areas, strict=True) if area >= SPECK or area == max(areas)]


def area_path(shape: BaseGeometry) -> str:
    """The rings of a shape, holes included (to be filled by the even-odd rule)."""
    return "".join(ring_path(list(ring.coords)) for ring in rings_of(shape))


def simplified(shapes: Sequence[BaseGeometry], tolerance: float) -> list[BaseGeometry]:
    """Shapes with small bends dropped; neighbours keep their common border where they tile without overlap."""
    if tolerance <= 0:
        return list(shapes)
    areal = [MultiPolygon(polygons(shape)) for shape in shapes]
    if shapely.coverage_is_valid(areal):
        return list(shapely.coverage_simplify(areal, tolerance))
    return [shape.simplify(tolerance, preserve_topology=True) for shape in areal]


def paths_within(shapes: Sequence[BaseGeometry], budget: int) -> list[str]:
    """Paths of the shapes, as detailed as `budget` bytes together allow; a very small budget is exceeded."""
    paths = [area_path(shape) for shape in shapes]
    if sum(map(len, paths)) <= budget:
        return paths
    fine, coarse = 0.0, COARSEST
    best = [area_path(shape) for shape in simplified(shapes, coarse)]
    for _ in range(STEPS):
        middle = (fine + coarse) / 2
        tried = [area_path(shape) for shape in simplified(shapes, middle)]
        if sum(map(len, tried)) <= budget:
            best, coarse = tried, middle
        else:
            fine = middle
    return best
