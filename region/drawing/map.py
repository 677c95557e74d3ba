"""A map as a value: areas and numbered points in the units of an SVG, for the component `map`. Pure: no Django."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from shapely import union_all

from region.drawing.labels import Label, Place, place_labels
from region.drawing.paths import area_path, paths_within, simplified
from region.drawing.projection import Frame, common_bounds
from region.drawing.spread import apart
from region.geometry.shapes import polygons

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry.base import BaseGeometry

WIDTH = 700
MARGIN = 24
BUDGET = 9_000  # bytes of all area paths together, before compression
CLOSING = 1e-4  # degrees: closes hairline gaps between areas when their outline is drawn


@dataclass(frozen=True, slots=True)
class AreaSource:
    """An area to draw (WGS84): `number` puts a plate in it; tone is land, alt, city, on or quiet."""

    shape: BaseGeometry
    title: str
    url: str = ""
    tone: str = "land"
    number: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class PointSource:
    """A place to mark (WGS84): `title` is the whole sentence for screen readers, tone as of a plate."""

    lon: float
    lat: float
    number: str
    name: str
    url: str = ""
    title: str = ""
    tone: str = "brand"


@dataclass(frozen=True, slots=True)
class AreaDrawing:
    """One area as a path, with its link and words."""

    path: str
    title: str
    url: str
    tone: str


@dataclass(frozen=True, slots=True)
class PointDrawing:
    """One plate on the map; its name is written where `label` says, or not at all."""

    x: int
    y: int
    number: str
    name: str
    url: str
    title: str
    tone: str
    label: Label | None


@dataclass(frozen=True, slots=True)
class MapDrawing:
    """Everything the template needs; sizes in units of the view box."""

    width: int
    height: int
    outline: str
    areas: tuple[AreaDrawing, ...]
    points: tuple[PointDrawing, ...]
    # How many plates stand beside their place, because others would cover them.
    moved: int = 0

    @property
    def view_box(self) -> str:
        """The attribute of the SVG."""
        return f"0 0 {self.width} {self.height}"


def plate_of(source: AreaSource, shape: BaseGeometry) -> tuple[float, float]:
    """A place surely inside an area, best in the middle of its largest part."""
    parts = polygons(shape)
    spot = max(parts, key=lambda part: part.area).representative_point() if parts else source.shape.centroid
    return spot.x, spot.y


def numbered(areas: Sequence[AreaSource], shapes: Sequence[BaseGeometry]) -> list[tuple[float, float, PointSource]]:
    """Plates that stand inside areas; the area itself is the link, so these have none."""
    return [
        (*plate_of(area, shape), PointSource(0, 0, area.number, area.name, tone="brand"))
        for area, shape in zip(areas, shapes, strict=True)
        if area.number
    ]


def draw_map(
    *,
    areas: Sequence[AreaSource],
    points: Sequence[PointSource] = (),
    outline: BaseGeometry | None = None,
    budget: int = BUDGET,
    spread: bool = False,
) -> MapDrawing:
    """The map of areas and points, `WIDTH` units wide; ValueError when there is nothing to draw.

    The outline (by default the union of the areas) is drawn as three offset strokes; names keep clear of it.
    ``spread`` moves plates of points that would cover each other apart.
    """
    shapes = [area.shape for area in areas]
    whole = outline if outline is not None else union_all([shape.buffer(CLOSING) for shape in shapes])
    frame = Frame.around(common_bounds([whole, *shapes]), width=WIDTH, margin=MARGIN)
    size = (float(WIDTH), frame.height)
    laid = [frame.project(shape) for shape in shapes]
    edge = simplified([frame.project(whole)], 1.2)[0]
    inside = numbered(areas, laid)
    spots = [frame.point(point.lon, point.lat) for point in points]
    shown = apart(spots, size=size) if spread else spots
    places = [(x, y, point) for (x, y), point in zip(shown, points, strict=True)] + inside
    borders = union_all([shape.boundary for shape in laid]) if inside else None
    labels = place_labels(
        [Place(x, y, point.name, edge.boundary) for x, y, point in places[: len(points)]]
        + [Place(x, y, point.name, borders, centred=True) for x, y, point in inside],
        size=size,
    )
    return MapDrawing(
        width=WIDTH,
        height=round(frame.height),
        outline=area_path(edge),
        areas=tuple(
            AreaDrawing(path, area.title, area.url, area.tone)
            for area, path in zip(areas, paths_within(laid, budget), strict=True)
        ),
        points=tuple(
            PointDrawing(round(x), round(y), point.number, point.name, point.url, point.title, point.tone, label)
            for (x, y, point), label in zip(places, labels, strict=True)
        ),
        moved=sum(before != after for before, after in zip(spots, shown, strict=True)),
    )
