"""Schematic outlines for the demo maps, always the same: a region, its parts, towns and security districts.

The region (and the okresy of the Plzeň Region) come from `content/<region>/outline.geojson`, simplified from openly
licensed files that each feature names as its source. Everything smaller is a sketch computed here and has to be
labelled as one. All polygons are WGS84 longitude and latitude; sizes inside are kilometres.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from typing import Any
from zlib import crc32

import shapely
from shapely import Point, Polygon
from shapely.geometry import shape

from portal.demo.dividing import divide, one_piece, toward
from portal.demo.reading import CONTENT
from portal.demo.records import District, RegionContent, Side, Town

BEARINGS: dict[Side, int] = {"n": 0, "ne": 45, "e": 90, "se": 135, "s": 180, "sw": 225, "w": 270, "nw": 315}
_KM_PER_DEGREE = 111.2
_SEED_SHARE = 0.62
_SWAY = 34
_CORNERS = 60
_RING_WAVES = ((0.12, 2), (0.07, 3), (0.035, 5), (0.025, 11), (0.018, 17))
_TOWN_KM2 = 3.5
_KM2_PER_INHABITANT = 0.0008
_CITY_WANDER = 0.35
_TOWN_WANDER = 0.12


@dataclass(frozen=True, slots=True)
class Plane:
    """A plane that touches the ground at a point (degrees): good to a per mille over a city."""

    lon: float
    lat: float

    def flat(self, polygon: Polygon) -> Polygon:
        """Return a polygon in degrees as one in kilometres from the point."""
        return Polygon([self.spot(lon, lat) for lon, lat in polygon.exterior.coords])

    def round(self, polygon: Polygon) -> Polygon:
        """Return a polygon in kilometres from the point as one in degrees."""
        width = self._width
        return Polygon([(x / width + self.lon, y / _KM_PER_DEGREE + self.lat) for x, y in polygon.exterior.coords])

    def spot(self, lon: float, lat: float) -> Point:
        """Return a place in degrees as a point in kilometres."""
        return Point((lon - self.lon) * self._width, (lat - self.lat) * _KM_PER_DEGREE)

    @property
    def _width(self) -> float:
        return _KM_PER_DEGREE * math.cos(math.radians(self.lat))


def region_outline(region: str) -> Polygon:
    """Return the outline of the region (`plzen`, `krakow`). Source: its outline.geojson."""
    return one_piece(shapely.union_all([polygon for _, polygon in _features(region)]))


def okres_outlines(region: str) -> dict[str, Polygon]:
    """Return the outlines of the region's okresy by their name; neighbours share borders; none for a city."""
    features = _features(region)
    return dict(features) if len(features) > 1 else {}


def town_outlines(content: RegionContent) -> dict[str, Polygon]:
    """Return a schematic outline for each town by its code.

    In a county: an uneven ring around the town's point, larger with more inhabitants, cut off at the region's border.
    In a city: the district's share of the city, nearer to its point than to any other.
    """
    region = region_outline(content.code)
    if content.profile.kind == "county":
        return {town.code: one_piece(_ring(town).intersection(region)) for town in content.towns}
    plane = Plane(region.centroid.x, region.centroid.y)
    cells = divide(plane.flat(region), [plane.spot(town.lon, town.lat) for town in content.towns], wander=_CITY_WANDER)
    return {town.code: plane.round(cell) for town, cell in zip(content.towns, cells, strict=True)}


def district_outlines(content: RegionContent) -> dict[tuple[str, int], Polygon]:
    """Return a schematic outline for each security district by its town's code and its number.

    The districts of a town cover its outline without overlap, each on the side that its record names.
    """
    outlines: dict[tuple[str, int], Polygon] = {}
    for code, outline in town_outlines(content).items():
        town, districts = content.town(code), content.districts_of(code)
        plane = Plane(town.lon, town.lat)
        flat, centre = plane.flat(outline), Point(0, 0)
        seeds = [centre if district.side == "centre" else _beside(flat, centre, district) for district in districts]
        cells = divide(flat, seeds, wander=_TOWN_WANDER)
        outlines |= {
            (code, district.number): plane.round(cell) for district, cell in zip(districts, cells, strict=True)
        }
    return outlines


def as_geojson(polygon: Polygon) -> dict[str, Any]:
    """Return the polygon as a GeoJSON geometry, degrees rounded to six places (about a decimetre)."""
    ring = [[round(lon, 6), round(lat, 6)] for lon, lat in shapely.geometry.polygon.orient(polygon).exterior.coords]
    return {"type": "Polygon", "coordinates": [ring]}


def _features(region: str) -> list[tuple[str, Polygon]]:
    collection = json.loads((CONTENT / region / "outline.geojson").read_text(encoding="utf-8"))
    return [
        (feature["properties"]["name"], one_piece(shape(feature["geometry"]))) for feature in collection["features"]
    ]


def _beside(flat: Polygon, centre: Point, district: District) -> Point:
    """Place the seed of a district on its side of the town, a little off the exact bearing."""
    near, far = _chances(f"{district.town}/{district.number}", 2)
    bearing = BEARINGS[district.side] + (near - 0.5) * _SWAY
    return toward(flat, centre, bearing=bearing, share=_SEED_SHARE + (far - 0.5) * 0.12)


def _ring(town: Town) -> Polygon:
    """Draw an uneven ring around the town's point; its shape depends on the code alone, its size on the inhabitants."""
    radius = math.sqrt((_TOWN_KM2 + _KM2_PER_INHABITANT * town.inhabitants) / math.pi)
    phases = _chances(town.code, len(_RING_WAVES))
    points = []
    for corner in range(_CORNERS):
        turn = corner / _CORNERS * math.tau
        waves = (
            height * math.sin(count * turn + chance * math.tau)
            for (height, count), chance in zip(_RING_WAVES, phases, strict=True)
        )
        reach = radius * (1 + sum(waves))
        points.append((reach * math.cos(turn), reach * math.sin(turn)))
    return Plane(town.lon, town.lat).round(Polygon(points))


def _chances(name: str, count: int) -> list[float]:
    """Return numbers from 0 to 1 that look random but depend on the name alone."""
    return [crc32(f"{name}:{number}".encode()) / 0xFFFFFFFF for number in range(count)]
