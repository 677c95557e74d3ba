"""Recognising the header row: which column of a file is which of ours, whatever language it was written in."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from region.messages import Problem
from region.messages import gettext_noop as _
from region.tables.values import folded

# Titles and notes may stand above the header row; further down it is not looked for.
DEEPEST = 20
# Where words of a program's name meet: "DateOfCall".
_JOINT = re.compile(r"(?<=[a-z])(?=[A-Z])")
_YEAR = re.compile(r"(?<![0-9])((?:18|19|20|21)[0-9]{2})(?: [0-9]{1,2} [0-9]{1,2})?$")


@dataclass(frozen=True, slots=True)
class Column:
    """A column that we read: our name, the names it goes by, whether a file must have it.

    A `dated` column may carry a year in its heading ("obyv_2020"), which then belongs to all its values.
    """

    name: str
    aliases: tuple[str, ...] = ()
    required: bool = False
    dated: bool = False
    # Another column that a file may have in its place.
    instead: str = ""

    def is_missing(self, places: Collection[str]) -> bool:
        """Whether a file with these columns lacks it."""
        return self.required and self.name not in places and not (self.instead and self.instead in places)


@dataclass(frozen=True, slots=True)
class Headers:
    """What a header row says: place of each known column, years in headings, headings that nobody knows."""

    places: Mapping[str, int] = field(default_factory=dict)
    written: Mapping[str, str] = field(default_factory=dict)
    years: Mapping[str, int] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    doubled: tuple[str, ...] = ()

    def missing(self, columns: Iterable[Column]) -> list[Column]:
        """Required columns that are not there."""
        return [column for column in columns if column.is_missing(self.places)]


def match_headers(cells: Sequence[str], columns: Sequence[Column], ignored: Collection[str] = ()) -> Headers:
    """Match the cells of a row with the columns. `ignored` headings (folded) are passed over, even known ones."""
    known = {folded(alias): column for column in columns for alias in (column.name, *column.aliases)}
    places: dict[str, int] = {}
    years: dict[str, int] = {}
    unknown, doubled = [], []
    for place, cell in enumerate(cells):
        heading = folded(cell)
        if not heading or heading in ignored:
            continue
        column, year = _named(heading, known)
        if column is None:
            column, year = _named(folded(_JOINT.sub(" ", cell)), known)
        if column is None:
            unknown.append(_one_line(cell))
        elif column.name in places:
            doubled.append(_one_line(cell))
        else:
            places[column.name] = place
            if year:
                years[column.name] = year
    written = {name: _one_line(cells[place]) for name, place in places.items()}
    return Headers(places, written, years, tuple(unknown), tuple(doubled))


def given_headers(cells: Sequence[str], columns: Sequence[Column], places: Mapping[str, int]) -> Headers:
    """Headers as a person said: our names with their places in the row. Everything else is passed over."""
    known = {column.name: column for column in columns}
    chosen = {name: place for name, place in places.items() if name in known and 0 <= place < len(cells)}
    written = {name: _one_line(cells[place]) for name, place in chosen.items()}
    years = {name: year for name in chosen if known[name].dated and (year := _year_in(written[name]))}
    used = set(chosen.values())
    unknown = tuple(_one_line(cell) for place, cell in enumerate(cells) if place not in used and cell.strip())
    return Headers(chosen, written, years, unknown)


def _year_in(heading: str) -> int:
    """The year at the end of a heading; 0 when there is none."""
    found = _YEAR.search(folded(heading))
    return int(found[1]) if found else 0


def find_header_row(rows: Sequence[Sequence[str]], columns: Sequence[Column], ignored: Collection[str] = ()) -> int:
    """Place of the row that names the most of our columns (the first of several such); -1 when no row names any."""
    found = [len(match_headers(row, columns, ignored).places) for row in rows[:DEEPEST]]
    best = max(found, default=0)
    return found.index(best) if best else -1


def check_headers(headers: Headers, columns: Sequence[Column], *, allow_unknown: bool) -> None:
    """Raise `Problem` for a missing, doubled or unknown column, naming what was found."""
    missing = headers.missing(columns)
    if missing:
        raise Problem(
            _("Missing columns: %(missing)s. The file has: %(found)s."),
            missing="; ".join(_with_aliases(column) for column in missing),
            found=", ".join((*headers.written.values(), *headers.unknown)) or "–",
        )
    if headers.doubled:
        raise Problem(_("These columns stand in the file twice: %(columns)s."), columns=", ".join(headers.doubled))
    if headers.unknown and not allow_unknown:
        raise Problem(
            _(
                "Unknown columns: %(unknown)s. Known are: %(known)s. "
                "Pass over a column with --ignore NAME, over all unknown ones with --ignore-unknown."
            ),
            unknown=", ".join(headers.unknown),
            known=", ".join(column.name for column in columns),
        )


def _named(heading: str, known: Mapping[str, Column]) -> tuple[Column | None, int]:
    """The column that a folded heading names, and the year it carries (0: none)."""
    if heading in known:
        return known[heading], 0
    found = _YEAR.search(heading)
    if found:
        column = known.get(heading[: found.start()].strip())
        if column and column.dated:
            return column, int(found[1])
    return None, 0


def _with_aliases(column: Column) -> str:
    """Our name of the column and two or three others by which it would be recognised."""
    return f"{column.name} ({', '.join(column.aliases[:3])})" if column.aliases else column.name


def _one_line(text: str) -> str:
    return " ".join(text.split())
