"""What coverage is calculated from, and what was calculated."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from region.geometry.shapes import from_geojson
from region.models import SecurityDistrict, Town
from region.queries.profile import current_profile
from region.text import natural_key
from reports.enums.cameras import DeviceKind, LocationStatus, Stage
from reports.models import CoverageResult, Placement, Sensor
from reports.queries.cameras import shown_points
from reports.spatial.ranges import Reach
from reports.spatial.systems import at_home

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from typing import Any
    from uuid import UUID

    from shapely.geometry.base import BaseGeometry

    from reports.asked import Asked

# Changes when the way of calculating does, so that everything is calculated anew.
METHOD = "union-3035-1"


@dataclass(frozen=True, slots=True)
class Outline:
    """An area to measure: its town and district (both empty: the region) and its boundary as GeoJSON (WGS84)."""

    town_id: UUID | None
    district_id: UUID | None
    boundary: Mapping[str, Any]

    @property
    def key(self) -> str:
        """The area in one word."""
        return str(self.district_id or self.town_id or "region")

    @property
    def shape(self) -> BaseGeometry:
        """The boundary as a shape."""
        return from_geojson(self.boundary)


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything coverage is calculated from on a day; `left_out` devices have no range or no usable place."""

    reaches: tuple[Reach, ...]
    outlines: tuple[Outline, ...]
    epsg: int
    left_out: int

    @property
    def fingerprint(self) -> str:
        """The same for the same inputs, in whatever order the database gives them."""
        reaches = sorted(
            (one.lon, one.lat, one.metres, -1 if one.azimuth is None else one.azimuth, one.field or 0)
            for one in self.reaches
        )
        outlines = sorted((one.key, json.dumps(one.boundary, sort_keys=True)) for one in self.outlines)
        told = json.dumps([METHOD, self.epsg, self.left_out, reaches, outlines])
        return hashlib.sha256(told.encode()).hexdigest()


def coverage_inputs(*, on: date) -> Inputs:
    """Ranges of camera devices at published active points on a day, and the areas to measure: five queries."""
    points = shown_points(on=on).filter(stage_on=Stage.ACTIVE)
    placed: list[tuple[Any, ...]] = list(
        Placement.objects.on(on)
        .filter(point__in=points.values("pk"))
        .exclude(device__kind=DeviceKind.ACOUSTIC)
        .values_list("device_id", "point__lon", "point__lat", "point__location_status")
    )
    sensors = _sensors(on, {device for device, *_place in placed})
    reaches, left_out = [], 0
    for device, lon, lat, location in placed:
        usable = sensors.get(device, ()) if location != LocationStatus.NONE else ()
        reaches += [Reach(lon, lat, metres, azimuth, field) for metres, azimuth, field in usable]
        left_out += not usable
    epsg = current_profile().coordinate_system
    inside, outside = _split(reaches, epsg)
    return Inputs(inside, _outlines(), epsg, left_out + outside)


def coverage_of_region() -> CoverageResult | None:
    """The region's own row, or None before anything was calculated."""
    return CoverageResult.objects.filter(town__isnull=True, district__isnull=True, calculated_at__isnull=False).first()


def coverage_of_parts(asked: Asked) -> Sequence[CoverageResult]:
    """Rows of a town's districts (or of the one district asked for), or of all towns that some range reaches."""
    rows = CoverageResult.objects.filter(area_m2__isnull=False).select_related("town", "district")
    if asked.district:
        return list(rows.filter(district=asked.district))
    if asked.town:
        of_town = rows.filter(town=asked.town, district__isnull=False)
        return sorted(of_town, key=lambda row: natural_key(row.district.code if row.district else ""))
    towns = rows.filter(town__isnull=False, district__isnull=True, ranges__gt=0)
    return list(towns.order_by("town__name", "town__code"))


def _sensors(on: date, devices: set[UUID]) -> Mapping[UUID, list[tuple[float, float | None, float | None]]]:
    """Range, azimuth and field of the sensors of devices whose range is known."""
    found: dict[UUID, list[tuple[float, float | None, float | None]]] = defaultdict(list)
    rows = Sensor.objects.on(on).filter(range_m__isnull=False)
    for device, metres, azimuth, field in rows.values_list("device_id", "range_m", "azimuth", "field_of_view"):
        if metres is not None and device in devices:
            found[device].append((metres, azimuth, field))
    return found


def _split(reaches: Sequence[Reach], epsg: int) -> tuple[tuple[Reach, ...], int]:
    """Ranges where the national system is at home, and how many lie elsewhere (a mistake of their coordinates)."""
    home = at_home(epsg, np.array([one.lon for one in reaches]), np.array([one.lat for one in reaches]))
    inside = tuple(one for one, is_home in zip(reaches, home, strict=True) if is_home)
    return inside, len(reaches) - len(inside)


def _outlines() -> tuple[Outline, ...]:
    """The region, towns and districts whose boundaries are known."""
    profile = current_profile()
    region = [Outline(None, None, profile.boundary)] if profile.boundary else []
    towns = Town.objects.filter(boundary__isnull=False).values_list("pk", "boundary")
    districts = SecurityDistrict.objects.filter(boundary__isnull=False).values_list("town_id", "pk", "boundary")
    return (
        *region,
        *(Outline(town, None, boundary or {}) for town, boundary in towns),
        *(Outline(town, district, boundary or {}) for town, district, boundary in districts),
    )
