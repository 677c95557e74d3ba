"""What sensors can reach at most: sectors where direction and angle are known, circles where they are not.

Nothing here knows of walls, trees or light, so every range is a geometric upper bound.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from typing import TypeAlias

import numpy as np
import shapely
from numpy.typing import NDArray

from region.messages import Problem
from region.messages import gettext_noop as _
from reports.spatial.systems import Grid, Numbers, on_grid

# An arc is drawn in straight steps of at most so many degrees. Its corners stand a hair outside the arc (0.06 % of the
# range), so that the polygon has exactly the area of the sector: finer steps cost time and gain nothing.
ARC_STEP = 5.0
FULL_TURN = 360.0
# Degrees: a gap this narrow is drawn as none, or rounding would make the outline cross itself.
LEAST_GAP = 0.01

Shapes: TypeAlias = NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class Reach:
    """Where a sensor stands (WGS84 degrees), how far it reaches (metres on the ground) and, if known, where it looks.

    `azimuth` is the bearing of the middle of its view, degrees clockwise from true north; `field` is the whole angle
    of its view in degrees.
    """

    lon: float
    lat: float
    metres: float
    azimuth: float | None = None
    field: float | None = None

    def __post_init__(self) -> None:
        if not (isfinite(self.metres) and self.metres > 0):
            raise Problem(_("A range must be longer than 0 m."))
        if self.field is not None and not 0 < self.field <= FULL_TURN:
            raise Problem(_("A field of view lies between 0 and 360 degrees."))
        if self.azimuth is not None and not isfinite(self.azimuth):
            raise Problem(_("Some coordinates are not numbers."))

    @property
    def is_range_only(self) -> bool:
        """Whether only its range is known: then it is drawn as a circle, and the caller says so."""
        return self.azimuth is None or self.field is None


def ranges(reaches: Sequence[Reach], *, epsg: int) -> Shapes:
    """One polygon for each sensor, in metres of the national system `epsg` (`Problem` when it is not at home there).

    Bearings are turned from true north to the grid's own, and ranges are metres on the ground: measured in EPSG:3035
    a sector of 90° and 60 m has 2,827.433 m² within 0.1 %, in Plzeň and in Kraków alike.
    """
    if not reaches:
        return np.empty(0, dtype=object)
    grid = on_grid(_numbers(reaches, "lon"), _numbers(reaches, "lat"), epsg)
    whole = np.array([reach.is_range_only or (reach.field or 0) > FULL_TURN - LEAST_GAP for reach in reaches])
    fields = np.array([FULL_TURN if full else reach.field for reach, full in zip(reaches, whole, strict=True)])
    azimuths = np.array([0.0 if full else reach.azimuth for reach, full in zip(reaches, whole, strict=True)])
    return _polygons(grid, np.radians(azimuths), fields, whole, _numbers(reaches, "metres"))


def _polygons(grid: Grid, azimuths: Numbers, fields: Numbers, whole: NDArray[np.bool_], metres: Numbers) -> Shapes:
    """All polygons at once: corners of every arc, and the place of the sensor itself unless it sees all around."""
    steps = np.ceil(fields / ARC_STEP).astype(int)
    # A circle leaves out the last corner of its arc (it is the first), a sector adds the sensor's own place.
    corners = np.where(whole, steps, steps + 2)
    owner = np.repeat(np.arange(len(corners)), corners)
    place = np.arange(len(owner)) - np.repeat(np.cumsum(corners) - corners, corners)
    wide = np.radians(fields)
    step = wide / steps
    bearing = (grid.turn + azimuths - wide / 2)[owner] + place * step[owner]
    length = (metres * grid.scale * np.sqrt(step / np.sin(step)))[owner]
    length[~whole[owner] & (place == corners[owner] - 1)] = 0
    x = grid.x[owner] + length * np.sin(bearing)
    y = grid.y[owner] + length * np.cos(bearing)
    return np.asarray(shapely.polygons(shapely.linearrings(x, y, indices=owner)), dtype=object)


def _numbers(reaches: Sequence[Reach], name: str) -> Numbers:
    """One attribute of all sensors."""
    return np.array([getattr(reach, name) for reach in reaches], dtype=float)
