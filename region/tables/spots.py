"""Points in one cell: "POINT (13.37 49.74)", "49.74, 13.37", GeoJSON, degrees with minutes and seconds. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from region.messages import Problem
from region.messages import gettext_noop as _
from region.tables.values import parse_number

# Our name of the column that holds such points, and those that it stands for.
SPOT, LON, LAT = "point", "lon", "lat"
SPOT_ALIASES = (
    "gps", "gps souřadnice", "souřadnice gps", "souřadnice", "współrzędne", "współrzędne gps", "wkt", "geom",
    "geometry", "geometrie", "geometria", "the geom", "coordinates", "geo point", "geo point 2d", "lat lon", "latlng",
    "lat lng",
)  # fmt: skip
_NUMBER = r"[-+−]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?"
_WKT = re.compile(
    rf"(?:SRID=\d+;)?\s*POINT\s*[ZM]*\s*\(\s*({_NUMBER})\s+({_NUMBER})(?:\s+{_NUMBER})*\s*\)", re.IGNORECASE
)
_JSON = re.compile(rf"\"coordinates\"\s*:\s*\[\s*({_NUMBER})\s*,\s*({_NUMBER})")
# 49°44'50.2"N, 49° 44.837' N, N 49°44'50,2″, 49.7473N.
_ANGLE = re.compile(
    r"(?P<before>[NSEW])?\s*(?P<sign>[-+−]?)(?P<degrees>\d{1,3}(?:[.,]\d+)?)\s*[°º*]?\s*"
    r"(?:(?P<minutes>\d{1,2}(?:[.,]\d+)?)\s*['′’´]\s*(?:(?P<seconds>\d{1,2}(?:[.,]\d+)?)\s*(?:[\"″”]|''|′′)\s*)?)?"
    r"(?P<after>[NSEW])?",
    re.IGNORECASE,
)
_SIGNS = re.compile(r"[°º'′’NSEW]", re.IGNORECASE)
_DOTTED = re.compile(rf"({_NUMBER})\s*[,;\s]\s*({_NUMBER})")
_COMMAED = re.compile(r"([-+−]?\d+,\d+)\s*[;,]?\s+([-+−]?\d+,\d+)|([-+−]?\d+(?:,\d+)?)\s*;\s*([-+−]?\d+(?:,\d+)?)")
_AROUND = re.compile(r"^[\s(\[]*(?:gps|loc|wgs ?84)?[:\s]*[(\[]?|[)\]\s]*$", re.IGNORECASE)


def parse_spot(text: str) -> tuple[str, str]:
    """The two numbers of a point, as texts: longitude (or X) and latitude (or Y).

    Of two plain numbers the first is taken for the latitude; what is right is found out with all points of the file.
    Raises `Problem` for what is no point.
    """
    known = _WKT.search(text) or _JSON.search(text)
    if known:
        return known[1], known[2]
    plain = _AROUND.sub("", text)
    angles = _angles(plain)
    if angles:
        return angles
    for pattern in (_DOTTED, _COMMAED):
        found = pattern.fullmatch(plain)
        if found:
            first, second = (part for part in found.groups() if part)
            return second.replace(",", "."), first.replace(",", ".")
    raise Problem(_("This is not a point: write it as 49.7475, 13.3776."))


def is_spot(text: str) -> bool:
    """Whether a cell holds a point."""
    try:
        parse_spot(text)
    except Problem:
        return False
    return True


def spread(cells: Mapping[str, str], places: Collection[str]) -> dict[str, str]:
    """Longitude and latitude of a row as plain numbers: out of one cell, or out of degrees with minutes and seconds.

    Raises `Problem` for a cell with a point that cannot be read; other cells stay as they are, to be told later.
    """
    if SPOT in places and not {LON, LAT} & {*places}:
        text = cells.get(SPOT, "")
        first, second = parse_spot(text) if text else ("", "")
        return {LON: first, LAT: second}
    return {name: _plain(cells[name]) for name in (LON, LAT) if _SIGNS.search(cells.get(name, ""))}


def _plain(text: str) -> str:
    try:
        return str(parse_angle(text))
    except Problem:
        return text


def parse_angle(text: str) -> float:
    """A coordinate: a number, or degrees with minutes and seconds and a letter. Raises `Problem` for anything else."""
    try:
        return float(parse_number(text))
    except Problem:
        found = _ANGLE.fullmatch(text.strip())
        if not found or not text.strip():
            raise
        return _degrees(found)


def _angles(text: str) -> tuple[str, str] | None:
    """Longitude and latitude of two angles with letters or minutes; None for plain numbers."""
    found = [one for one in _ANGLE.finditer(text) if one[0].strip()]
    left = text
    for one in found:
        left = left.replace(one[0].strip(), " ", 1)
    if len(found) != 2 or left.strip(" ,;/") or not all(one["minutes"] or _letter(one) for one in found):
        return None
    first, second = (str(_degrees(one)) for one in found)
    return (first, second) if _letter(found[0]) in ("E", "W") else (second, first)


def _letter(found: re.Match[str]) -> str:
    return (found["before"] or found["after"] or "").upper()


def _degrees(found: re.Match[str]) -> float:
    parts = [float((found[name] or "0").replace(",", ".")) for name in ("degrees", "minutes", "seconds")]
    is_negative = found["sign"] in ("-", "−") or _letter(found) in ("S", "W")
    return round((-1 if is_negative else 1) * (parts[0] + parts[1] / 60 + parts[2] / 3600), 7)
