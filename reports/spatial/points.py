"""Camera points as GeoJSON for the public."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from region.geometry.shapes import PLACES

# An approximate place is written with three decimals, some 100 m: digits must not promise what is not known.
APPROXIMATE_PLACES = 3


@dataclass(frozen=True, slots=True)
class PublicPoint:
    """What anybody may know of a camera point. There is no room in it for what is never public.

    `devices` and `sensors` count what stands there, each in its own unit; None when nobody has said. `location` is
    exact, approximate or none.
    """

    code: str
    name: str
    system: str
    town: str
    district: str
    address: str
    stage: str
    surroundings: str
    location: str
    lon: float | None = None
    lat: float | None = None
    devices: int | None = None
    sensors: int | None = None
    kinds: tuple[str, ...] = ()
    has_audio: bool | None = None
    url: str = ""


def public_geojson(points: Iterable[PublicPoint]) -> dict[str, Any]:
    """A FeatureCollection (RFC 7946, WGS84) of points; one without a place has no geometry but is not left out."""
    return {"type": "FeatureCollection", "features": [_feature(point) for point in points]}


def _feature(point: PublicPoint) -> dict[str, Any]:
    return {"type": "Feature", "id": point.code, "geometry": _geometry(point), "properties": _properties(point)}


def told_degrees(degrees: float | None, location: str) -> float | None:
    """A coordinate with as many digits as may be told of a place that is exact or approximate."""
    if degrees is None:
        return None
    return round(degrees, APPROXIMATE_PLACES if location == "approximate" else PLACES)


def _geometry(point: PublicPoint) -> dict[str, Any] | None:
    place = [told_degrees(degrees, point.location) for degrees in (point.lon, point.lat)]
    return None if None in place else {"type": "Point", "coordinates": place}


def _properties(point: PublicPoint) -> Mapping[str, Any]:
    """Named one by one: a new attribute of a point becomes public only when somebody writes it here."""
    return {
        "code": point.code,
        "name": point.name,
        "system": point.system,
        "town": point.town,
        "district": point.district,
        "address": point.address,
        "stage": point.stage,
        "surroundings": point.surroundings,
        "location": point.location,
        "devices": point.devices,
        "sensors": point.sensors,
        "kinds": list(point.kinds),
        "has_audio": point.has_audio,
        "url": point.url,
    }
