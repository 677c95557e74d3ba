"""An invented register of events and its rows: always the same ones, inside the sketches of districts."""

from __future__ import annotations

import calendar
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from random import Random

import shapely
from shapely import Polygon

from portal.demo.outlines import district_outlines
from portal.demo.records import RegionContent, Text

_HEADER = ("datum", "čas", "důvod", "lon", "lat")
# Towed cars follow the street cleaning: from spring to autumn.
_SEASON = (0.6, 0.6, 1.1, 1.4, 1.2, 1.0, 0.8, 0.8, 1.1, 1.4, 1.1, 0.7)
_GROWTH = 0.06
_SEED = 2010


@dataclass(frozen=True, slots=True)
class Category:
    """What kind of event."""

    key: str
    name: Text


@dataclass(frozen=True, slots=True)
class Spelling:
    """How the register writes a reason, how often it does, and the category it means (empty: not yet sorted)."""

    text: str
    weight: int
    category: str | None = None


@dataclass(frozen=True, slots=True)
class Register:
    """An invented register; `each_month` events of an ordinary month between two days."""

    key: str
    name: Text
    definition: Text
    unit: Text
    issuer: str
    since: date
    until: date
    each_month: int
    category: tuple[Category, ...]
    spelling: tuple[Spelling, ...]


def example_events(content: RegionContent, register: Register) -> str:
    """Return the rows as CSV (date, time, reason, point in degrees), as an office would export them."""
    sheet = io.StringIO()
    writer = csv.writer(sheet, delimiter=";", lineterminator="\n")
    writer.writerow(_HEADER)
    writer.writerows(_rows(register, list(district_outlines(content).values())))
    return sheet.getvalue()


def _rows(register: Register, outlines: list[Polygon]) -> Iterator[tuple[str, str, str, float, float]]:
    chance = Random(_SEED)  # noqa: S311 - an example, no secret
    shares = [1 / (place + 2) for place in range(len(outlines))]
    for month in _months(register):
        grown = 1 + _GROWTH * (month.year - register.since.year)
        for _event in range(round(register.each_month * _SEASON[month.month - 1] * grown * chance.uniform(0.9, 1.1))):
            day = chance.randint(1, calendar.monthrange(month.year, month.month)[1])
            hour, minute = min(23, max(6, round(chance.gauss(11, 3)))), chance.randrange(60)
            reason = chance.choices(register.spelling, [spelling.weight for spelling in register.spelling])[0].text
            spot = _spot(chance.choices(outlines, shares)[0], chance)
            yield f"{day}.{month.month}.{month.year}", f"{hour}:{minute:02}", reason, *spot


def _months(register: Register) -> Iterator[date]:
    first, last = (day.year * 12 + day.month - 1 for day in (register.since, register.until))
    yield from (date(number // 12, number % 12 + 1, 1) for number in range(first, last + 1))


def _spot(outline: Polygon, chance: Random) -> tuple[float, float]:
    """A point inside an outline."""
    west, south, east, north = outline.bounds
    while True:
        lon, lat = round(chance.uniform(west, east), 6), round(chance.uniform(south, north), 6)
        if shapely.contains_xy(outline, lon, lat):
            return lon, lat
