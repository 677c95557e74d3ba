"""Points of a table's rows: in whatever coordinate system they are written, and only those that lie in the region."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping

import numpy as np

from region.domain.places import Place, System, region_place, stray
from region.domain.registers import Remaining, Sheet
from region.geometry.systems import degrees
from region.messages import Problem
from region.tables.values import parse_degrees


class _Points(Mapping[int, dict[str, str]]):
    """Cells with the points of rows in longitude and latitude, by the numbers of rows: two numbers held for each."""

    def __init__(self, numbers: np.ndarray, degrees: np.ndarray) -> None:
        self._numbers, self._degrees = numbers, degrees

    def __getitem__(self, number: int) -> dict[str, str]:
        place = int(np.searchsorted(self._numbers, number))
        if place == len(self._numbers) or self._numbers[place] != number:
            raise KeyError(number)
        return {"lon": f"{self._degrees[place, 0]:.6f}", "lat": f"{self._degrees[place, 1]:.6f}"}

    def __iter__(self) -> Iterator[int]:
        return iter(self._numbers.tolist())

    def __len__(self) -> int:
        return len(self._numbers)


def placed(sheet: Sheet, rows: Remaining, system: System | None) -> Mapping[int, dict[str, str]]:
    """Turn down rows whose point does not lie in the region; gives the points that had to be calculated.

    The numbers stand in the columns `lat` and `lon`, in degrees or in a national system. Raises `Problem` when they fit
    nowhere.
    """
    if not (sheet.table.has("lat") and sheet.table.has("lon")):
        return {}
    numbers, figures = array("q"), array("d")
    for row in rows:
        if (point := _point(row.cells)) is not None:
            numbers.append(row.number)
            figures.extend(point)
    if not numbers:
        return {}
    place, pairs = region_place(), np.frombuffer(figures).reshape(-1, 2)
    reading = place.reading(pairs, system=system)
    sheet.report.note(reading.message())
    points, lines = degrees(pairs, reading), np.frombuffer(numbers, dtype=np.int64)
    outside = ~place.holds_each(points)
    _refuse_strays(sheet, rows, place, dict(zip(lines[outside].tolist(), points[outside].tolist(), strict=True)))
    return {} if reading.is_plain else _Points(lines, points)


def _refuse_strays(sheet: Sheet, rows: Remaining, place: Place, strays: Mapping[int, list[float]]) -> None:
    for row in rows if strays else ():
        if row.number in strays:
            sheet.reject(row, "lat", stray(place, *strays[row.number]), f"{row.cells['lat']}; {row.cells['lon']}")
    rows.refused.update(strays)


def _point(cells: Mapping[str, str]) -> tuple[float, float] | None:
    """The two numbers of a row as written; None when one is missing or is no number (rejected later)."""
    try:
        return parse_degrees(cells["lon"]), parse_degrees(cells["lat"])
    except Problem:
        return None
