"""What lies near a place: schools around a camera point, and the share of schools that have one near."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import STRtree

from region.messages import Problem
from region.messages import gettext_noop as _
from reports.spatial.systems import Numbers, in_metres

LonLat: TypeAlias = tuple[float, float]
Positions: TypeAlias = NDArray[np.intp]
# Distances are told to a millimetre: what is exactly R metres away counts as inside, whatever the last bits say.
_DIGITS = 3


@dataclass(frozen=True, slots=True)
class Near:
    """A place found near another: its position in the given list, and how far it is in metres."""

    index: int
    metres: float


def places_within(*, around: LonLat, places: Sequence[LonLat], metres: float, epsg: int) -> tuple[Near, ...]:
    """Places at most `metres` from a point, the nearest first; exactly `metres` counts as inside.

    Distances are straight lines in the national system `epsg`, which must be meant for the places (else `Problem`).
    """
    _require_distance(metres)
    if not places:
        return ()
    _of_points, of_places, distances = _pairs([around], places, metres, epsg)
    found = (Near(int(place), float(distance)) for place, distance in zip(of_places, distances, strict=True))
    return tuple(sorted(found, key=lambda one: (one.metres, one.index)))


def nearest(
    *, places: Sequence[LonLat], points: Sequence[LonLat], metres: float, epsg: int
) -> tuple[float | None, ...]:
    """For each place how many metres away the nearest point is; None when none is within `metres`."""
    _require_distance(metres)
    found = np.full(len(places), np.inf)
    if points and places:
        _of_points, of_places, distances = _pairs(points, places, metres, epsg)
        np.minimum.at(found, of_places, distances)
    return tuple(float(one) if np.isfinite(one) else None for one in found)


def _pairs(
    points: Sequence[LonLat], places: Sequence[LonLat], metres: float, epsg: int
) -> tuple[Positions, Positions, Numbers]:
    """Positions of points and of places that are near each other, and their distances."""
    here, there = _located(points, epsg), _located(places, epsg)
    # A little wider than asked: the millimetre is decided below.
    of_points, of_places = STRtree(there).query(here, predicate="dwithin", distance=metres + 10**-_DIGITS)
    distances = np.round(shapely.distance(here[of_points], there[of_places]), _DIGITS)
    inside = distances <= metres
    return of_points[inside], of_places[inside], distances[inside]


def _located(places: Sequence[LonLat], epsg: int) -> Numbers:
    """Points in metres."""
    degrees = np.asarray(places, dtype=float).reshape(-1, 2)
    x, y = in_metres(degrees[:, 0], degrees[:, 1], epsg)
    return np.asarray(shapely.points(x, y))


def _require_distance(metres: float) -> None:
    if not (np.isfinite(metres) and metres >= 0):
        raise Problem(_("A distance cannot be less than 0 m."))
