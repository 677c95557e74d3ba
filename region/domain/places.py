"""Where numbers of this region may fall: what recognising coordinate systems and strays is measured against."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from django.db.models import Count, Max, Min
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from region.geometry.shapes import Box, around, from_geojson, inside
from region.geometry.systems import COUNTRY_BOXES, Reading, explicit, near, recognise
from region.messages import Message, Problem, say
from region.messages import gettext_noop as _
from region.models import Town
from region.models.geometry import Bounded
from region.queries.profile import current_profile

# Outlines differ between sources: by some hundred metres when exact, by kilometres when sketched (degrees).
_TOLERANCE, _SKETCH_TOLERANCE = 0.02, 0.1
# Fewer towns with a point say nothing about how far the region reaches.
_TELLING_TOWNS = 3
_AROUND_TOWNS = 0.3


@dataclass(frozen=True, slots=True)
class Place:
    """An area: boxes in which its numbers are looked for, the closest first; `outline` where a boundary is stored."""

    boxes: tuple[Box, ...]
    outline: BaseGeometry | None = None

    def holds(self, lon: float, lat: float) -> bool:
        """Whether a point may belong here, differences between sources allowed for."""
        if self.outline is not None:
            return bool(self.outline.covers(Point(lon, lat)))
        return inside(lon, lat, self.boxes[-1])

    def holds_each(self, points: np.ndarray) -> np.ndarray:
        """The same for many points at once (n × 2 degrees in, n truths out)."""
        if self.outline is not None:
            return np.asarray(shapely.intersects_xy(self.outline, points[:, 0], points[:, 1]))
        west, south, east, north = self.boxes[-1]
        lon, lat = points[:, 0], points[:, 1]
        return np.asarray((west <= lon) & (lon <= east) & (south <= lat) & (lat <= north))

    def reading(self, points: np.ndarray, *, declared: int | None = None, system: System | None = None) -> Reading:
        """How the pairs of numbers are to be read so that they lie here; `system` is what a person said about them.

        Raises `Problem` when they fit nowhere, or when several systems fit.
        """
        failure = Problem("")
        for box in self.boxes:
            try:
                if system and system.epsg:
                    return explicit(points, epsg=system.epsg, expected=box, swapped=system.swapped)
                return recognise(points, expected=box, declared=declared)
            except Problem as problem:
                failure = problem
        raise failure


@dataclass(frozen=True, slots=True)
class System:
    """Coordinate system and order of axes as a person named them; None where it is to be found out."""

    epsg: int | None = None
    swapped: bool | None = None


def stray(place: Place, lon: float, lat: float) -> Message:
    """What to say of a point that does not lie where it must; exchanged numbers are recognised."""
    if place.holds(lat, lon):
        return say(_("Latitude and longitude are exchanged: %(lon)s, %(lat)s."), lon=f"{lon:.5f}", lat=f"{lat:.5f}")
    return say(_("Lies outside: %(lon)s, %(lat)s (longitude, latitude)."), lon=f"{lon:.5f}", lat=f"{lat:.5f}")


def region_place() -> Place:
    """The region: its boundary, else the surroundings of its towns within its country, else its country."""
    stored = bounded_place(current_profile())
    if stored:
        return stored
    known = Town.objects.aggregate(
        west=Min("lon"), south=Min("lat"), east=Max("lon"), north=Max("lat"), points=Count("lon")
    )
    if known["points"] >= _TELLING_TOWNS:
        towns = around((known["west"], known["south"], known["east"], known["north"]), _AROUND_TOWNS)
        return Place((towns, country_box()))
    return country_place()


def country_place() -> Place:
    """The region's country: for the region's own boundary and while nothing closer is known."""
    return Place((country_box(),))


def country_box() -> Box:
    """Box of the region's country."""
    return COUNTRY_BOXES[current_profile().country]


def bounded_place(record: Bounded) -> Place | None:
    """The area of a record with a boundary, widened by what sources differ; None without a boundary."""
    if not record.boundary:
        return None
    tolerance = _SKETCH_TOLERANCE if record.boundary_is_schematic else _TOLERANCE
    outline = from_geojson(record.boundary).buffer(tolerance)
    shapely.prepare(outline)
    west, south, east, north = outline.bounds
    return Place((near((west, south, east, north)),), outline)
