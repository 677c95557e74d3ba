"""Cameras as OpenStreetMap writes them, and as we do (wiki.openstreetmap.org/wiki/Tag:man_made=surveillance).

The two vocabularies differ: there a thing is one device on a node, kinds are fewer, and what a camera stands beside
is told coarsely. What has no counterpart is left out rather than guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Any

# Kinds of devices of ours, and the tags that say the same.
_KIND_TAGS: Mapping[str, Mapping[str, str]] = {
    "fixed": {"surveillance:type": "camera", "camera:type": "fixed"},
    "ptz": {"surveillance:type": "camera", "camera:type": "panning"},
    "panoramic": {"surveillance:type": "camera", "camera:type": "dome"},
    "multi_sensor": {"surveillance:type": "camera", "camera:type": "fixed"},
    "anpr": {"surveillance:type": "ALPR", "camera:type": "fixed"},
    "acoustic": {"surveillance:type": "gunshot_detector"},
    "mobile": {"surveillance:type": "camera"},
}
# A dome there is what we call PTZ: a glass under which a camera moves.
_CAMERA_KINDS = {"fixed": "fixed", "panning": "ptz", "dome": "ptz"}
_OTHER_KINDS = {"alpr": "anpr", "anpr": "anpr", "gunshot_detector": "acoustic"}
_ZONES = {"road": "traffic"}
_SURROUNDINGS = {zone: surroundings for surroundings, zone in _ZONES.items()}
_COMPASS = ("N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE", "S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW")
_FULL_TURN = 360.0


@dataclass(frozen=True, slots=True)
class OsmCamera:
    """One device as both sides can say it. Empty or None: not told.

    `azimuth` and `field` (degrees) are read for the register and never written to a public file. `zone` is what it
    watches: public, outdoor, indoor.
    """

    code: str = ""
    name: str = ""
    operator: str = ""
    kind: str = ""
    surroundings: str = ""
    zone: str = ""
    lon: float | None = None
    lat: float | None = None
    azimuth: float | None = None
    field: float | None = None


def osm_tags(camera: OsmCamera) -> dict[str, str]:
    """Tags of a camera in public space. Where it looks is never among them."""
    told = {
        "man_made": "surveillance",
        "surveillance": camera.zone or "public",
        **_KIND_TAGS.get(camera.kind, {"surveillance:type": "camera"}),
        "surveillance:zone": _ZONES.get(camera.surroundings, "town"),
        "operator": camera.operator,
        "name": camera.name,
        "ref": camera.code,
    }
    return {key: value for key, value in told.items() if value}


def camera_of_tags(tags: Mapping[str, Any]) -> OsmCamera | None:
    """What tags tell of a camera; None when they are not of one (guards, shops, anything else)."""
    told = {str(key).strip().lower(): str(value).strip() for key, value in tags.items() if value is not None}
    watcher = told.get("surveillance:type", "camera").lower()
    if told.get("man_made") != "surveillance" or watcher not in {"camera", *_OTHER_KINDS}:
        return None
    azimuth, field = direction(told.get("camera:direction") or told.get("direction", ""))
    return OsmCamera(
        code=told.get("ref", ""),
        name=told.get("name", ""),
        operator=told.get("operator", ""),
        kind=_OTHER_KINDS.get(watcher) or _CAMERA_KINDS.get(told.get("camera:type", "").lower(), ""),
        surroundings=_SURROUNDINGS.get(told.get("surveillance:zone", "").lower(), ""),
        zone=told.get("surveillance", ""),
        azimuth=azimuth,
        field=field,
    )


def direction(text: str) -> tuple[float | None, float | None]:
    """Bearing and field of view in degrees of ``camera:direction``: ``45``, ``NE``, ``30-60`` (clockwise).

    Several directions at once (``90;270``) are several sensors, which one pair cannot say: both are None then.
    """
    ends = [_bearing(part) for part in text.replace("°", "").split("-")]
    known = [end for end in ends if end is not None]
    if len(known) != len(ends) or len(ends) > 2:
        return None, None
    if len(known) == 1:
        return known[0], None
    field = (known[1] - known[0]) % _FULL_TURN or _FULL_TURN
    return (known[0] + field / 2) % _FULL_TURN, field


def osm_geojson(cameras: Iterable[OsmCamera]) -> dict[str, Any]:
    """A FeatureCollection with OpenStreetMap tags as properties, for its editors; without a place, no feature."""
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [camera.lon, camera.lat]},
            "properties": osm_tags(camera),
        }
        for camera in cameras
        if camera.lon is not None and camera.lat is not None
    ]
    return {"type": "FeatureCollection", "features": features}


def _bearing(text: str) -> float | None:
    """Degrees of a number or of a point of the compass; None for anything else."""
    word = text.strip().upper()
    if word in _COMPASS:
        return _COMPASS.index(word) * _FULL_TURN / len(_COMPASS)
    degrees = _number(word)
    return degrees % _FULL_TURN if degrees is not None else None


def _number(value: Any) -> float | None:
    """A finite number, or None."""
    try:
        number = float(value)
    except (TypeError, ValueError):
        return None
    return number if isfinite(number) else None
