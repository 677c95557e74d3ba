"""Shapes as the site keeps them: WGS84 degrees, longitude first, GeoJSON of six decimal places (about 10 cm)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, TypeAlias

import numpy as np
import shapely
from pyproj import Transformer
from shapely.geometry import MultiPolygon, Point, Polygon, mapping, shape
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient

PLACES = 6
_WGS84 = 4326
_EQUAL_AREA = 3035  # ETRS89-LAEA: areas of Europe are true in it
_SQUARE_METRES = 1_000_000

Area: TypeAlias = Polygon | MultiPolygon
Box: TypeAlias = tuple[float, float, float, float]


@cache
def transformer(source: int, target: int) -> Transformer:
    """The way from one EPSG system to another, easting (longitude) always first."""
    return Transformer.from_crs(source, target, always_xy=True)


def from_geojson(boundary: Mapping[str, Any]) -> BaseGeometry:
    """The shape of a stored boundary."""
    return shape(dict(boundary))


def rounded(area: BaseGeometry) -> BaseGeometry:
    """The same shape with six decimal places: a corner that neighbours share stays shared."""
    return shapely.transform(area, lambda points: np.round(points, PLACES))


def to_geojson(area: Area) -> dict[str, Any]:
    """GeoJSON Polygon or MultiPolygon, outer rings anticlockwise (RFC 7946), coordinates as lists."""
    parts = [orient(part) for part in polygons(area)]
    whole = parts[0] if len(parts) == 1 else MultiPolygon(parts)
    boundary: dict[str, Any] = _with_lists(mapping(whole))
    return boundary


def polygons(area: BaseGeometry) -> list[Polygon]:
    """The polygons that a polygon, a multipolygon or a collection holds; empty ones are left out."""
    if isinstance(area, Polygon):
        return [] if area.is_empty else [area]
    return [polygon for part in getattr(area, "geoms", ()) for polygon in polygons(part)]


def area_km2(area: BaseGeometry) -> float:
    """Area in square kilometres, measured in the equal-area projection EPSG:3035."""
    projected = projected_to(area, _EQUAL_AREA)
    return float(projected.area) / _SQUARE_METRES


def projected_to(area: BaseGeometry, epsg: int) -> BaseGeometry:
    """The shape (WGS84) in another coordinate system, easting first."""
    return moved(area, transformer(_WGS84, epsg))


def moved(area: BaseGeometry, way: Transformer) -> BaseGeometry:
    """The shape taken from one coordinate system to another."""
    return shapely.transform(area, lambda points: np.column_stack(way.transform(points[:, 0], points[:, 1])))


def inner_point(area: BaseGeometry) -> tuple[float, float]:
    """A point that surely lies inside the shape (longitude, latitude)."""
    point = area.representative_point()
    return round(point.x, PLACES), round(point.y, PLACES)


def box_of(area: BaseGeometry) -> Box:
    """West, south, east, north."""
    west, south, east, north = area.bounds
    return west, south, east, north


def around(box: Box, margin: float) -> Box:
    """The box made larger by `margin` degrees on each side."""
    west, south, east, north = box
    return west - margin, south - margin, east + margin, north + margin


def inside(lon: float, lat: float, box: Box) -> bool:
    """Whether the point lies in the box, its edge included."""
    west, south, east, north = box
    return west <= lon <= east and south <= lat <= north


def distance_km(area: BaseGeometry, lon: float, lat: float) -> float:
    """How far the point lies from the shape, in kilometres (0 inside), measured in EPSG:3035."""
    metres = projected_to(area, _EQUAL_AREA).distance(projected_to(Point(lon, lat), _EQUAL_AREA))
    return float(metres) / 1000


def _with_lists(value: Any) -> Any:
    """Tuples as lists, so that a stored boundary compares equal with a fresh one."""
    if isinstance(value, dict):
        return {key: _with_lists(part) for key, part in value.items()}
    if isinstance(value, tuple | list):
        return [_with_lists(part) for part in value]
    return value
