"""Which cells of a crosstab are wanted, named so that next year's file is read the same: by words, not by places."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from region.messages import Problem
from region.tables.crosstabs import Crosstab, Line
from region.tables.looking import SeenColumn
from region.tables.mapping import heading_keys
from region.tables.periods import parse_period, year_of
from region.tables.periods_in_words import part_of_year
from region.tables.values import folded

# Instead of one row or column: each row an area, each row a period, each column a year.
AREAS, PERIODS, YEARS = "*areas", "*periods", "*years"
_ANY_YEAR = re.compile(r"(?<!\d)(?:18|19|20|21)\d{2}(?!\d)")
_SUM_WORDS = re.compile(r"\b(celkem|uhrnem|souhrn|razem|ogolem|suma|total|in total)\b")


@dataclass(frozen=True, slots=True)
class Cell:
    """One wanted cell: its line and column, what stands there; the period that its row or column says."""

    line: Line
    place: int
    heading: str
    text: str
    period: tuple[date, date] | None = None

    @property
    def address(self) -> str:
        """Where a spreadsheet shows it: C221."""
        return f"{_letters(self.place)}{self.line.number}"


def row_keys(table: Crosstab) -> dict[str, Line]:
    """Lines by code and words; the second of two that are the same is the second."""
    seen: Counter[str] = Counter()
    found = {}
    for line in table.lines:
        key = f"{folded(line.code)}|{folded(line.label)}"
        seen[key] += 1
        found[key if seen[key] == 1 else f"{key} ({seen[key]})"] = line
    return found


def column_keys(table: Crosstab) -> dict[str, int]:
    """Places of columns of numbers by their headings; a year in a heading may be another one next time."""
    return heading_keys([SeenColumn(one.place, one.heading, ()) for one in table.measures])


def row_like(kept: str, keys: Mapping[str, Line]) -> str:
    """The row of this file that a kept one means: the same, else the one with its words, else with its code; or ""."""
    if kept in keys or kept in (AREAS, PERIODS):
        return kept
    code, _bar, label = kept.partition("|")
    for same in (
        [key for key in keys if _bare(key.partition("|")[2]) == _bare(label)],
        [key for key in keys if code and key.partition("|")[0] == code],
    ):
        if len(same) == 1:
            return same[0]
    return ""


def _bare(label: str) -> str:
    """Words of a row without those that only say that it is a sum."""
    return " ".join(_SUM_WORDS.sub(" ", label).split())


def cells_of(table: Crosstab, row: str, column: str) -> Iterator[Cell]:
    """The cells that a row and a column (by their keys) name. Rows that are sums stand for no area of their own."""
    rows, columns = row_keys(table), column_keys(table)
    headings = {one.place: one.heading for one in table.measures}
    lines: Sequence[Line] = [rows[row]] if row in rows else table.lines if row in (AREAS, PERIODS) else []
    places = [columns[column]] if column in columns else _of_years(headings, column)
    for line in lines:
        for place in places:
            period = _period(line, headings[place], row, column)
            if period is None and (row == PERIODS or is_years(column)):
                continue
            yield Cell(line, place, headings[place], line.cells.get(place, ""), period)


def _period(line: Line, heading: str, row: str, column: str) -> tuple[date, date] | None:
    """The period that the row's words and the column's heading say, together or alone; None when they say none."""
    words = line.label or line.code
    if row == PERIODS and is_years(column):
        # "leden" and "2021", "2021" and "III": a part of a year here, its year there.
        return _joined(words, heading) or _joined(heading, words)
    if row == PERIODS:
        try:
            return parse_period(words)
        except Problem:
            return None
    return _of_heading(heading) if is_years(column) else None


def _joined(part: str, whole: str) -> tuple[date, date] | None:
    year = year_of(whole)
    return part_of_year(f"{part} {year}") if year else None


def _of_heading(heading: str) -> tuple[date, date] | None:
    """The period of a column: what its heading says, else the year in it."""
    year = year_of(heading)
    return part_of_year(heading) or ((date(year, 1, 1), date(year, 12, 31)) if year else None)


def is_years(column: str) -> bool:
    """Whether not one column is meant but all that are years, perhaps of one of several things."""
    return column == YEARS or column.startswith(f"{YEARS}|")


def year_groups(table: Crosstab) -> dict[str, str]:
    """Where several things have a column for each year: keys for the years of each, and what it is called."""
    found: dict[str, list[str]] = {}
    for one in table.measures:
        if year_of(one.heading):
            found.setdefault(_bare_years(one.heading), []).append(one.heading)
    groups = {words: headings for words, headings in found.items() if len(headings) > 1}
    if len(groups) < 2:
        return {}
    return {f"{YEARS}|{words}": " ".join(_ANY_YEAR.sub(" ", many[0]).split()) for words, many in groups.items()}


def _of_years(headings: Mapping[int, str], column: str) -> list[int]:
    if not is_years(column):
        return []
    _years, bar, words = column.partition("|")
    return [place for place, heading in headings.items() if not bar or _bare_years(heading) == words]


def _bare_years(heading: str) -> str:
    return " ".join(_ANY_YEAR.sub(" ", folded(heading)).split())


def timeless(table: Crosstab, row: str, column: str) -> list[str]:
    """Rows and columns whose cells are wanted and that say no period: they are passed over."""
    if row != PERIODS and not is_years(column):
        return []
    used = list(cells_of(table, row, column))
    lines, places = {cell.line.number for cell in used}, {cell.place for cell in used}
    known = row_keys(table)
    wanted = [known[row]] if row in known else list(table.lines)
    rows = [line.label or line.code for line in wanted if line.number not in lines]
    headings = {one.place: one.heading for one in table.measures}
    many = _of_years(headings, column)
    return [*rows, *(headings[place] for place in many if place not in places)]


def _letters(place: int) -> str:
    """A spreadsheet's name of a column: 0 is A, 26 is AA."""
    found, rest = "", place + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        found = chr(ord("A") + letter) + found
    return found
