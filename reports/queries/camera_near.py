"""What stands near a camera point: the nearest school, kindergarten, stop … of public registers, with its distance."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians
from typing import TYPE_CHECKING

import numpy as np

from region.queries.profile import current_profile
from reports.enums.cameras import LocationStatus
from reports.enums.places import PlaceKind
from reports.models import NearbyPlace
from reports.queries.camera_places import RADII
from reports.spatial.nearness import places_within
from reports.spatial.systems import at_home

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from reports.queries.cameras import PointFacts
    from reports.spatial.nearness import LonLat

# Metres; farther away nothing is told.
FARTHEST = RADII[-1]
# A degree of latitude has 110.57 km at the equator and more everywhere else: a box made with less is never too small.
_METRES_OF_DEGREE = 110_000
_MOST_LATITUDE = 89


@dataclass(frozen=True, slots=True)
class NearLine:
    """The nearest place of one kind: what it is, its name, metres in a straight line, the register that has it."""

    kind: str
    name: str
    metres: int
    source: str


def near_point(point: PointFacts) -> tuple[NearLine, ...]:
    """The nearest place of each kind within `FARTHEST` metres of a point that is known exactly, the nearest first.

    One query, and none for a place that is only approximate: its distances would be made up.
    """
    if point.lon is None or point.lat is None or point.location_status != LocationStatus.EXACT:
        return ()
    spot, epsg = (point.lon, point.lat), current_profile().coordinate_system
    rows = list(_around(spot))
    lons, lats = np.array([spot, *((row.lon, row.lat) for row in rows)]).T
    is_home, *are_home = at_home(epsg, lons, lats).tolist()
    found = [row for row, is_row_home in zip(rows, are_home, strict=True) if is_home and is_row_home]
    near = places_within(around=spot, places=[(row.lon, row.lat) for row in found], metres=FARTHEST, epsg=epsg)
    first: dict[str, NearLine] = {}
    for one in near:
        row = found[one.index]
        line = NearLine(str(PlaceKind(row.kind).label), row.name, round(one.metres), row.source)
        first.setdefault(row.kind, line)
    return tuple(first.values())


def _around(spot: LonLat) -> QuerySet[NearbyPlace]:
    """Places in a box that holds all that can be near enough."""
    lon, lat = spot
    high = FARTHEST / _METRES_OF_DEGREE
    wide = high / cos(radians(min(abs(lat) + high, _MOST_LATITUDE)))
    box = {"lon__range": (lon - wide, lon + wide), "lat__range": (lat - high, lat + high)}
    return NearbyPlace.objects.filter(**box).order_by("kind", "code")
