"""Tables of addresses as the Czech (RÚIAN) and Polish (PRG) registers write them, checked column by column."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from region.messages import Message, Problem, say
from region.messages import gettext_noop as _
from region.tables.chunks import SPARE
from region.tables.headers import Column, Headers

if TYPE_CHECKING:
    import pandas as pd

ADDRESS_COLUMNS = (
    Column("town", ("obec", "název obce", "město", "miejscowość", "miasto", "city", "place"), required=True),
    Column("town_code", ("kód obce", "town code", "teryt", "kod gminy")),
    Column("part", ("část obce", "název části obce", "część miejscowości", "part")),
    Column("street", ("ulice", "název ulice", "ulica", "nazwa ulicy")),
    Column("number", ("číslo", "numer", "numer porządkowy", "nr", "nr porządkowy", "house number", "housenumber")),
    Column("house_number", ("číslo domovní", "číslo popisné", "čp")),
    Column("orientation_number", ("číslo orientační",)),
    Column("orientation_letter", ("znak čísla orientačního",)),
    Column("building_type", ("typ so", "typ stavebního objektu")),
    Column("lat", ("latitude", "zeměpisná šířka", "šířka", "szerokość", "szerokość geograficzna")),
    Column("lon", ("lng", "longitude", "zeměpisná délka", "délka", "długość", "długość geograficzna")),
    Column("x", ("souřadnice x", "x souřadnice", "współrzędna x", "easting")),
    Column("y", ("souřadnice y", "y souřadnice", "współrzędna y", "northing")),
)  # fmt: skip
LENGTHS = {"town": 120, "street": 160, "number": 20}
COLUMN, REASON = "column", "reason"
_SPACES = "[ \u00a0\u2007\u2009\u202f]"
# Evidence numbers are not house numbers: the same figure may stand twice in a village.
_EVIDENCE = "č.ev."


def coordinate_columns(headers: Headers) -> tuple[str, str]:
    """The two columns with coordinates. Raises `Problem` when there are none, or no number of the house."""
    has = headers.places
    if "number" not in has and "house_number" not in has:
        raise Problem(
            _("Missing columns: %(missing)s. The file has: %(found)s."), missing="number", found=_found(headers)
        )
    for pair in (("lon", "lat"), ("x", "y")):
        if pair[0] in has and pair[1] in has:
            return pair
    raise Problem(
        _("Missing columns: %(missing)s. The file has: %(found)s."), missing="lat, lon", found=_found(headers)
    )


def prepared(frame: pd.DataFrame, pair: tuple[str, str]) -> pd.DataFrame:
    """Columns line, town, street, number, first, second (coordinates as numbers), column and reason of what is wrong.

    `reason` is a place in the list `REASONS`, -1 for a row in order.
    """
    found = frame[["line", "town"]].copy()
    for name in ("town_code", *pair):
        found[name] = frame.get(name, "")
    found["street"] = _streets(frame)
    found["number"] = _numbers(frame)
    found["first"], found["second"] = _figures(frame[pair[0]]), _figures(frame[pair[1]])
    found[COLUMN], found[REASON] = "", -1
    _mark(found, frame[SPARE], "", 0)
    for name in ("town", "number", *pair):
        _mark(found, found[name] == "", name, 1)
    for name, figure in zip(pair, ("first", "second"), strict=True):
        _mark(found, ~np.isfinite(found[figure]), name, 2)
    for name, longest in LENGTHS.items():
        _mark(found, found[name].str.len() > longest, name, 3)
    return found


REASONS: tuple[Message, ...] = (
    say(_("The row has more cells than the header; is there a decimal comma without quotation marks?")),
    say(_("This cell must not be empty.")),
    say(_("This is not a number.")),
    say(_("The text is too long.")),
)


def _mark(found: pd.DataFrame, wrong: pd.Series[bool], column: str, reason: int) -> None:
    """Note the first thing that is wrong with each row."""
    fresh = wrong & (found[REASON] < 0)
    found.loc[fresh, COLUMN] = column
    found.loc[fresh, REASON] = reason


def _streets(frame: pd.DataFrame) -> pd.Series[str]:
    """Name of the street; where a place has none, the part of the town, unless it is called like the town."""
    street = frame["street"] if "street" in frame else frame["town"].map(lambda _name: "")
    if "part" not in frame:
        return street
    part = frame["part"].where(frame["part"] != frame["town"], "")
    return street.where(street != "", part)


def _numbers(frame: pd.DataFrame) -> pd.Series[str]:
    """Number of the house: as it is written, or put together from the columns of the Czech register ("12/3a")."""
    if "number" in frame and "house_number" not in frame:
        return frame["number"]
    number = frame["house_number"]
    if "building_type" in frame:
        number = number.mask(frame["building_type"].str.lower().eq(_EVIDENCE), "ev. " + number)
    if "orientation_number" in frame:
        letter = frame.get("orientation_letter", "")
        number = number.mask(frame["orientation_number"] != "", number + "/" + frame["orientation_number"] + letter)
    return number


def _figures(texts: pd.Series[str]) -> pd.Series[float]:
    """Numbers with decimal comma or point; what is none becomes NaN."""
    import pandas as pd

    plain = texts.str.replace(_SPACES, "", regex=True).str.replace("−", "-").str.replace(",", ".")
    return pd.to_numeric(plain, errors="coerce").astype(float)


def _found(headers: Headers) -> str:
    return ", ".join((*headers.written.values(), *headers.unknown)) or "–"
