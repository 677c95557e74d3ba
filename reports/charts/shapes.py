"""Outlines of areas as paths, and areas as equal cells.

Reckoned once for the same geometry, since that takes a hundred times a drawing.
"""

from __future__ import annotations

import marshal
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from math import hypot, sqrt
from typing import TYPE_CHECKING, Any

import shapely
from shapely.geometry import shape

from region.drawing.paths import paths_within
from region.drawing.projection import Frame, common_bounds

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from region.chart import Area

WIDTH = 700.0
MARGIN = 8.0
BUDGET = 6_500  # bytes of all outlines of one map
KEPT = 64  # maps in memory, some ten kilobytes each
MOST_CELLS, FEW = 120, 3  # more are not laid anew; fewer are never taken for a net of cells
PASSES = 20  # over all pairs of cells, while exchanges still bring areas nearer to where they lie
Spot = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Shaped:
    """One area: its outline, where its label stands, and how much room is around that place."""

    path: str
    x: float
    y: float
    room: float


@dataclass(frozen=True, slots=True)
class Layout:
    """All areas of a map in a drawing of `WIDTH` units and so much height; an area without outline has no path."""

    areas: tuple[Shaped, ...]
    height: float


_kept: OrderedDict[tuple[str, bytes], Layout] = OrderedDict()


def _plain(value: Any) -> Any:
    """A geometry of plain lists, whatever mappings and sequences it is made of."""
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, (list, tuple)) else value


def _fingerprint(areas: Sequence[Area]) -> bytes:
    geometries = [area.geometry for area in areas]
    try:
        written = marshal.dumps(geometries, 2)
    except ValueError:
        written = marshal.dumps(_plain(geometries), 2)
    return blake2b(written, digest_size=16).digest()


def _remembered(kind: str, areas: Sequence[Area], make: Callable[[list[BaseGeometry]], Layout]) -> Layout:
    key = (kind, _fingerprint(areas))
    if key in _kept:
        _kept.move_to_end(key)
        return _kept[key]
    made = make([_geometry(area) for area in areas])
    _kept[key] = made
    while len(_kept) > KEPT:
        _kept.popitem(last=False)
    return made


def _geometry(area: Area) -> BaseGeometry:
    try:
        found: BaseGeometry = shape(dict(area.geometry))
    except (shapely.errors.ShapelyError, ValueError, KeyError, TypeError, AttributeError):
        return shapely.Polygon()
    return found if found.is_valid else shapely.make_valid(found)


def _frame(shapes: Sequence[BaseGeometry]) -> Frame | None:
    try:
        return Frame.around(common_bounds(shapes), width=WIDTH, margin=MARGIN)
    except ValueError:
        return None


def outlines(areas: Sequence[Area]) -> Layout:
    """Areas as they lie."""
    return _remembered("areas", areas, _outlines)


def _outlines(shapes: list[BaseGeometry]) -> Layout:
    frame = _frame(shapes)
    if frame is None:
        return Layout(tuple(Shaped("", 0, 0, 0) for _ in shapes), 0)
    projected = [frame.project(each) for each in shapes]
    known = [each for each in projected if each.area > 0]
    paths = iter(paths_within(known, BUDGET))
    made = tuple(_shaped(next(paths), each) if each.area > 0 else Shaped("", 0, 0, 0) for each in projected)
    return Layout(made, frame.height)


def _shaped(path: str, area: BaseGeometry) -> Shaped:
    """The label stands in the middle of the largest circle within."""
    parts = [part for part in getattr(area, "geoms", [area]) if part.area > 0]
    radius = shapely.maximum_inscribed_circle(max(parts, key=lambda part: part.area), 2.0)
    x, y = radius.coords[0]
    return Shaped(path, round(x), round(y), radius.length)


def cells(areas: Sequence[Area]) -> Layout:
    """Areas as equal hexagons near their places; very many, or equal cells already, stay as they lie."""
    return outlines(areas) if len(areas) > MOST_CELLS else _remembered("cells", areas, _cells)


def _are_equal(shapes: list[BaseGeometry]) -> bool:
    """Whether areas are cells of one size already, more than a few."""
    sizes = [each.area for each in shapes if each.area > 0]
    return len(sizes) > FEW and max(sizes) < min(sizes) * 1.05 and all(_corners(each) == 7 for each in shapes)


def _corners(outline: BaseGeometry) -> int:
    return len(outline.exterior.coords) if isinstance(outline, shapely.Polygon) else 0


def _cells(shapes: list[BaseGeometry]) -> Layout:
    if _are_equal(shapes):
        return _outlines(shapes)
    middles = [(each.centroid.x, each.centroid.y) if not each.is_empty else None for each in shapes]
    known = [shapely.Point(place) for place in middles if place]
    frame = _frame([shapely.union_all(known).buffer(1e-6)]) if known else None
    if frame is None:
        return Layout(tuple(Shaped("", 0, 0, 0) for _ in shapes), 0)
    places = [frame.point(*place) for place in middles if place]
    pitch = _pitch(frame.height, len(places))
    chosen = _assigned(places, _grid(pitch, frame.height))
    return _scaled(chosen, pitch, [place is not None for place in middles])


def _pitch(height: float, count: int) -> float:
    """The width of cells that together cover the ground of their middles and half a cell around it."""
    cover = count * sqrt(3) / 2 - 1
    if cover <= 0:
        return WIDTH
    around = WIDTH + height
    return (around + sqrt(around * around + 4 * cover * WIDTH * height)) / (2 * cover)


def _grid(pitch: float, height: float) -> list[Spot]:
    """Middles of hexagons standing on a corner, a little beyond the drawing on every side."""
    rise = pitch * sqrt(3) / 2
    rows, columns = int(height / rise) + 5, int(WIDTH / pitch) + 5
    return [
        ((column - 2 + (row % 2) / 2) * pitch, (row - 2) * rise) for row in range(rows) for column in range(columns)
    ]


def _assigned(places: list[Spot], grid: list[Spot]) -> list[Spot]:
    """A cell for each place: the nearest free one, then exchanged while that brings two nearer together."""
    free = list(grid)
    chosen: dict[int, Spot] = {}
    middle = (WIDTH / 2, sum(y for _, y in places) / len(places))
    for index in sorted(range(len(places)), key=lambda each: (_far(places[each], middle), each)):
        nearest = min(free, key=lambda cell: (_far(places[index], cell), cell))
        free.remove(nearest)
        chosen[index] = nearest
    cells_ = [chosen[index] for index in range(len(places))]
    for _ in range(PASSES):
        if not _exchanged(places, cells_):
            break
    _without_holes(places, cells_, grid)
    return cells_


def _without_holes(places: list[Spot], chosen: list[Spot], grid: list[Spot]) -> None:
    """Free cells in the midst are filled from outside: each move brings a cell nearer to the middle, so it ends."""
    middle = (sum(x for x, _ in chosen) / len(chosen), sum(y for _, y in chosen) / len(chosen))
    pitch = min(_far(grid[0], other) for other in grid[1:]) * 1.01
    moved = len(chosen) > 1
    while moved:
        moved = False
        for hole in sorted(set(grid) - set(chosen), key=lambda cell: (_far(cell, middle), cell)):
            around = [index for index, cell in enumerate(chosen) if _far(cell, hole) <= pitch]
            outer = [index for index in around if _far(chosen[index], middle) > _far(hole, middle) + 1e-6]
            if len(around) >= 4 and outer:
                chosen[min(outer, key=lambda each: (_far(places[each], hole), each))] = hole
                moved = True
                break


def _exchanged(places: list[Spot], chosen: list[Spot]) -> bool:
    changed = False
    for one in range(len(places)):
        for other in range(one):
            now = _far(places[one], chosen[one]) ** 2 + _far(places[other], chosen[other]) ** 2
            then = _far(places[one], chosen[other]) ** 2 + _far(places[other], chosen[one]) ** 2
            if then < now - 1e-9:
                chosen[one], chosen[other] = chosen[other], chosen[one]
                changed = True
    return changed


def _far(one: Spot, other: Spot) -> float:
    return hypot(one[0] - other[0], one[1] - other[1])


def _scaled(chosen: list[Spot], pitch: float, known: list[bool]) -> Layout:
    """The chosen cells fitted into the width, as large as a row of six at most."""
    left, top = min(x for x, _ in chosen), min(y for _, y in chosen)
    columns = (max(x for x, _ in chosen) - left) / pitch + 1
    size = WIDTH / max(columns, 6)
    scale = size / pitch
    half, corner = size / 2 - 1.5, size / sqrt(3) - 1.7
    places = iter(chosen)
    made: list[Shaped] = []
    for there in known:
        if not there:
            made.append(Shaped("", 0, 0, 0))
            continue
        x, y = next(places)
        x, y = (x - left) * scale + size / 2, (y - top) * scale + size / sqrt(3)
        path = (
            f"M{x:.0f} {y - corner:.0f}l{half:.0f} {corner / 2:.0f}v{corner:.0f}l{-half:.0f} {corner / 2:.0f}"
            f"l{-half:.0f} {-corner / 2:.0f}v{-corner:.0f}z"
        )
        made.append(Shaped(path, round(x), round(y), half))
    height = (max(y for _, y in chosen) - top) * scale + 2 * size / sqrt(3)
    return Layout(tuple(made), height)
