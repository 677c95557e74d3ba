"""What a boundary file holds, whatever its format."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shapely.geometry.base import BaseGeometry

from region.messages import Message

_EPSG = re.compile(r"EPSG[:/]+(?:[\d.]*[:/]+)?(\d{4,6})$", re.IGNORECASE)
# RFC 7946 knows only longitude and latitude; the older form names them CRS84.
_WGS84_NAMES = re.compile(r"CRS:?84$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature of a file: its place in the file (from 1), properties, geometry or what is wrong with it."""

    number: int
    properties: Mapping[str, Any]
    geometry: BaseGeometry | None
    fault: Message | None = None


@dataclass(frozen=True, slots=True)
class FeatureFile:
    """What a file holds and what it declares about itself."""

    features: tuple[Feature, ...]
    format: str
    encoding: str = ""
    declared: int | None = None


def epsg_of(name: str) -> int | None:
    """EPSG number in a name such as ``urn:ogc:def:crs:EPSG::5514``, or None."""
    text = name.strip()
    if _WGS84_NAMES.search(text):
        return 4326
    found = _EPSG.search(text)
    return int(found[1]) if found else None
