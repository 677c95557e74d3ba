"""Putting right what drawing programs get wrong: self-touching rings, overlaps, stray lines."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry import MultiPolygon
from shapely.geometry.base import BaseGeometry

from region.geometry.shapes import Area, polygons, rounded
from region.messages import Message, Problem, say
from region.messages import gettext_noop as _

# A repair that changes the area by more is no repair: somebody must look at the place.
LARGEST_CHANGE = 0.01
_GRID = 1e-6
_PLACE = re.compile(r"\[(-?[\d.]+(?:e[+-]?\d+)?) (-?[\d.]+(?:e[+-]?\d+)?)\]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mended:
    """A valid shape, and what had to be done to it (nothing: no notes)."""

    area: Area
    notes: tuple[Message, ...] = ()


def mend(geometry: BaseGeometry | None) -> Mended:
    """A valid, flat polygon or multipolygon of six decimal places (WGS84 degrees in, WGS84 degrees out).

    Raises `Problem` for a missing geometry, for points and lines, for numbers that are no coordinates, and for a
    polygon whose repair would change its area by 1 % or more; the last names the place of the fault.
    """
    flat = _flat(geometry)
    parts = polygons(flat)
    if not parts:
        raise Problem(_("This is not an area (a point or a line): %(kind)s."), kind=flat.geom_type)
    notes = (
        []
        if flat.geom_type in ("Polygon", "MultiPolygon")
        else [say(_("Points and lines beside the area were left out."))]
    )
    area: Area = parts[0] if len(parts) == 1 else MultiPolygon(parts)
    if not area.is_valid:
        lon, lat = fault_place(area)
        area = _repaired(area)
        notes.append(say(_("Repaired: the outline crossed or touched itself at %(lon)s, %(lat)s."), lon=lon, lat=lat))
    return Mended(_stored(area), tuple(notes))


def fault_place(area: BaseGeometry) -> tuple[float, float]:
    """Longitude and latitude of the first fault of an invalid shape; of its first corner when none is named."""
    found = _PLACE.search(shapely.is_valid_reason(area))
    x, y = (float(found[1]), float(found[2])) if found else shapely.get_coordinates(area)[0]
    return round(float(x), 6), round(float(y), 6)


def _flat(geometry: BaseGeometry | None) -> BaseGeometry:
    """The geometry without heights; refuses a missing one and numbers that are none."""
    if geometry is None or geometry.is_empty:
        raise Problem(_("The feature has no geometry."))
    flat = shapely.force_2d(geometry)
    if not np.isfinite(shapely.get_coordinates(flat)).all():
        raise Problem(_("Some coordinates are not numbers."))
    return flat


def _repaired(area: Area) -> Area:
    """The valid shape nearest in area; refuses a change of 1 % or more."""
    # A bow tie counts one wing less the other, parts that overlap count twice: that is how such faults show.
    drawn = sum(part.area for part in polygons(area))
    candidates = [_only_area(shapely.make_valid(area)), _only_area(_by_structure(area))]
    best = min(candidates, key=lambda candidate: abs(candidate.area - drawn))
    if not best.area or abs(best.area - drawn) >= LARGEST_CHANGE * drawn:
        lon, lat = fault_place(area)
        raise Problem(
            _("The outline crosses itself at %(lon)s, %(lat)s; repairing it would change the area by %(percent)s %%."),
            lon=lon,
            lat=lat,
            percent=_percent(best.area, drawn),
        )
    return best


def _by_structure(area: Area) -> BaseGeometry:
    """The other way of repairing: parts are joined, holes cut out."""
    return shapely.make_valid(area, method="structure", keep_collapsed=False)


def _only_area(geometry: BaseGeometry) -> Area:
    """Polygons of a repaired shape, lines and points dropped."""
    parts = polygons(geometry)
    return parts[0] if len(parts) == 1 else MultiPolygon(parts)


def _percent(area: float, drawn: float) -> str:
    """Change of area in words of numbers; a vanishing base makes it everything."""
    return f"{abs(area - drawn) / drawn * 100:.0f}" if drawn else "100"


def _stored(area: Area) -> Area:
    """Six decimal places and still valid: where rounding pinches a sliver, corners snap to the grid together."""
    plain = rounded(area)
    if not plain.is_valid or plain.is_empty:
        plain = shapely.set_precision(area, _GRID)
    if plain.is_empty:
        raise Problem(_("The outline is smaller than the smallest that can be kept (about 10 cm)."))
    return _only_area(plain)
