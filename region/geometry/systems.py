"""Recognising in which coordinate system numbers were written: by trying each against the place where they must lie.

Offices send Křovák with and without its minus signs, Polish 1992 and 2000 in both orders of axes, web Mercator, UTM,
and degrees with latitude first. What a file declares is tried first, but numbers are believed before labels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from region.geometry.shapes import Box, around, transformer
from region.messages import Message, Problem, say
from region.messages import gettext_noop as _

WGS84 = 4326
KROVAK = 5514
SYSTEM_NAMES = {
    WGS84: "WGS 84",
    KROVAK: "S-JTSK / Křovák",
    2180: "ETRS89 / PL-1992",
    2176: "ETRS89 / PL-2000/5",
    2177: "ETRS89 / PL-2000/6",
    2178: "ETRS89 / PL-2000/7",
    2179: "ETRS89 / PL-2000/8",
    3857: "Web Mercator",
    32633: "UTM 33N",
    32634: "UTM 34N",
    3035: "ETRS89-LAEA",
}
# Boxes of the two countries with a little air (degrees): where to look while nothing closer is known.
COUNTRY_BOXES: dict[str, Box] = {"CZ": (12.0, 48.5, 18.95, 51.1), "PL": (14.0, 48.95, 24.25, 54.95)}
# National systems make sense only at home; elsewhere they would be false rivals.
_HOMES = {KROVAK: "CZ", 2180: "PL", 2176: "PL", 2177: "PL", 2178: "PL", 2179: "PL"}
# So many of the numbers must fall into the expected box for a reading to count.
ENOUGH = 0.5
# A reading this close to the best one is a rival.
_RIVAL = 0.75
_DEGREES = 360.0


@dataclass(frozen=True, slots=True)
class Reading:
    """How to read pairs of numbers: in which system, whether the second stands first or minus signs are left out."""

    epsg: int = WGS84
    swapped: bool = False
    negated: bool = False

    @property
    def is_plain(self) -> bool:
        """Longitude and latitude as the site keeps them."""
        return self == Reading()

    def message(self) -> Message | None:
        """What to tell about it, or None for plain longitude and latitude."""
        if self.is_plain:
            return None
        if self.epsg == WGS84:
            return say(_("Latitude stands before longitude; the two were swapped."))
        system = f"{SYSTEM_NAMES.get(self.epsg, '')} (EPSG:{self.epsg})".strip()
        if self.negated:
            return say(_("Coordinates are in %(system)s without minus signs; recalculated to WGS 84."), system=system)
        if self.swapped:
            return say(_("Coordinates are in %(system)s with swapped axes; recalculated to WGS 84."), system=system)
        return say(_("Coordinates are in %(system)s; recalculated to WGS 84."), system=system)


def degrees(points: np.ndarray, reading: Reading) -> np.ndarray:
    """Longitudes and latitudes of pairs of numbers (n × 2 in and out); what cannot be calculated becomes infinite."""
    x, y = points[:, 0], points[:, 1]
    if reading.swapped:
        x, y = y, x
    if reading.negated:
        x, y = -x, -y
    if reading.epsg != WGS84:
        x, y = transformer(reading.epsg, WGS84).transform(x, y)
    return np.column_stack([x, y])


def read_geometry(geometry: BaseGeometry, reading: Reading) -> BaseGeometry:
    """The geometry in longitude and latitude."""
    if reading.is_plain:
        return geometry
    return shapely.transform(geometry, lambda points: degrees(points, reading))


def recognise(points: np.ndarray, *, expected: Box, declared: int | None = None) -> Reading:
    """How the pairs of numbers are to be read, so that they lie in the `expected` box (WGS84 degrees).

    The `declared` system (EPSG) is taken when at least half of the points then lie in the box. Otherwise every known
    system is tried. Raises `Problem` when none fits, or when several fit equally well.
    """
    found = points[np.isfinite(points).all(axis=1)]
    if not len(found):
        raise Problem(_("The file has no coordinates."))
    for reading in _declared_readings(declared):
        if _share(found, reading, expected) >= ENOUGH:
            return reading
    shares = {reading: _share(found, reading, expected) for reading in _undeclared_readings(found)}
    best = max(shares.values(), default=0.0)
    if best < ENOUGH:
        raise Problem(
            _("The coordinates fit no known system in this region: the first is %(place)s."), place=_written(found[0])
        )
    rivals = [reading for reading, share in shares.items() if share >= _RIVAL * best]
    if len(rivals) > 1:
        raise Problem(
            _("The coordinates could be in several systems (%(systems)s). Say which one with --crs."),
            systems=", ".join(_label(reading) for reading in rivals),
        )
    return rivals[0]


def explicit(points: np.ndarray, *, epsg: int, expected: Box, swapped: bool | None = None) -> Reading:
    """The reading in the system that somebody named; the order of axes is found by trying unless it is given too."""
    found = points[np.isfinite(points).all(axis=1)]
    asked = [reading for reading in _declared_readings(epsg) if swapped is None or reading.swapped == swapped]
    fitting = [reading for reading in asked if len(found) and _share(found, reading, expected) >= ENOUGH]
    if not fitting:
        raise Problem(_("In EPSG:%(epsg)s the coordinates do not lie in this region."), epsg=epsg)
    if len(fitting) > 1:
        raise Problem(_("In EPSG:%(epsg)s both orders of axes fit. Say which one with --axes."), epsg=epsg)
    return fitting[0]


def sample(values: Sequence[tuple[float, float]] | np.ndarray, most: int = 5000) -> np.ndarray:
    """At most `most` of the pairs, spread evenly: enough to recognise the system of millions."""
    points = np.asarray(values, dtype=float).reshape(-1, 2)
    return points[:: max(1, len(points) // most)]


def near(box: Box, margin: float = 0.15) -> Box:
    """The box within which numbers of the region may fall: outlines differ between sources by some kilometres."""
    return around(box, margin)


def _share(points: np.ndarray, reading: Reading, box: Box) -> float:
    """Which part of the points (0–1) lies in the box when read so."""
    places = degrees(points, reading)
    home = _HOMES.get(reading.epsg)
    fits = _in_box(places, box) & _in_box(places, COUNTRY_BOXES[home]) if home else _in_box(places, box)
    return float(np.mean(fits))


def _in_box(places: np.ndarray, box: Box) -> np.ndarray:
    """Which of the points lie in the box."""
    west, south, east, north = box
    lon, lat = places[:, 0], places[:, 1]
    return np.asarray((west <= lon) & (lon <= east) & (south <= lat) & (lat <= north))


def _declared_readings(declared: int | None) -> list[Reading]:
    """The declared system as it stands, with swapped axes, and for Křovák without its minus signs."""
    if declared is None:
        return []
    plain = Reading(declared)
    signs = [plain, replace(plain, negated=True)] if declared == KROVAK else [plain]
    return [replace(reading, swapped=swapped) for swapped in (False, True) for reading in signs]


def _undeclared_readings(points: np.ndarray) -> list[Reading]:
    """Every reading that numbers of this size allow: degrees are small, metres are large."""
    if np.median(np.abs(points)) <= _DEGREES:
        return _declared_readings(WGS84)
    return [reading for epsg in SYSTEM_NAMES if epsg != WGS84 for reading in _declared_readings(epsg)]


def _label(reading: Reading) -> str:
    """The reading in a few signs, for lists."""
    return f"EPSG:{reading.epsg}" + (" ⇄" if reading.swapped else "") + (" −" if reading.negated else "")


def _written(pair: np.ndarray) -> str:
    """Two numbers as a person would write them."""
    return f"{pair[0]:.6g}; {pair[1]:.6g}"
