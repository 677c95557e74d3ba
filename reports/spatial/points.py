"""Camera points as GeoJSON: what the public may have, and what offices send us."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from region.geometry.features import Feature
from region.geometry.shapes import PLACES, inner_point

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


def rows_of(features: Sequence[Feature]) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
    """Features as a table for the import of registers: names of columns, and a row for each feature.

    Columns are the properties in the order they are met, then ``lon`` and ``lat`` (an area counts by a point inside
    it). A feature without a usable place keeps its row with both empty: points without a place are points too.
    """
    names = list(dict.fromkeys(name for feature in features for name in feature.properties))
    kept = [name for name in names if name not in {"lon", "lat"}]
    rows = [(*(_cell(feature.properties.get(name)) for name in kept), *_place(feature)) for feature in features]
    return (*kept, "lon", "lat"), rows


def _feature(point: PublicPoint) -> dict[str, Any]:
    return {"type": "Feature", "id": point.code, "geometry": _geometry(point), "properties": _properties(point)}


def _geometry(point: PublicPoint) -> dict[str, Any] | None:
    if point.lon is None or point.lat is None:
        return None
    places = APPROXIMATE_PLACES if point.location == "approximate" else PLACES
    return {"type": "Point", "coordinates": [round(point.lon, places), round(point.lat, places)]}


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


def _place(feature: Feature) -> tuple[float | None, float | None]:
    if feature.geometry is None or feature.geometry.is_empty:
        return None, None
    return inner_point(feature.geometry)


def _cell(value: Any) -> Any:
    """A value that a cell of a table can hold."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value
