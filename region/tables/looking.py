"""A first look at a table: what was recognised, to be shown and corrected before anything is read in earnest."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from io import StringIO
from itertools import islice
from pathlib import Path
from typing import IO, Any

from region.messages import Problem
from region.messages import gettext_noop as _
from region.tables.encodings import NAMES
from region.tables.features import FORMAT, feature_rows, is_features
from region.tables.headers import Column, Headers
from region.tables.reading import (
    SEPARATORS,
    Options,
    Recognised,
    best_sheet,
    filled_rows,
    header_place,
    headers_of,
    open_text,
    split_rows,
)
from region.tables.sheets import XLS, XLSX, open_sheets
from region.tables.spool import NumberedRow
from region.tables.spots import LAT, LON, SPOT, is_spot

# Columns that say where something is.
_PLACED = (SPOT, LON, LAT, "x", "y")
# Rows that are looked at; whether a table is long is told by these and no more.
LONG = 2_000
_SHOWN_ROWS = 20
_SAMPLES = 3
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class SeenColumn:
    """A column of the file: its place (from 0), heading, some of its values, and which of ours it is ("": none)."""

    place: int
    heading: str
    samples: tuple[str, ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """What was recognised. `first_rows` are those among which the header row may be chosen."""

    recognised: Recognised
    columns: tuple[SeenColumn, ...]
    missing: tuple[str, ...] = ()
    doubled: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()
    # What sheets say of themselves, by their names.
    sheet_words: Mapping[str, str] = field(default_factory=dict)
    first_rows: tuple[NumberedRow, ...] = ()
    is_long: bool = False
    encoding: str = ""
    separator: str = ""
    # Rows that the headings take, where there may be several; 0: always one.
    header_depth: int = 0

    @property
    def places(self) -> Mapping[str, int]:
        """Our names of columns with their places."""
        return {column.name: column.place for column in self.columns if column.name}


@dataclass(frozen=True, slots=True)
class _Beginning:
    """The first rows of a file and how they were read."""

    rows: list[NumberedRow]
    recognised: dict[str, Any]
    is_long: bool
    sheets: tuple[str, ...] = ()
    codes: dict[str, str] = field(default_factory=dict)


def look_at(path: Path, columns: Sequence[Column], options: Options | None = None) -> Look:
    """Look at the beginning of a CSV, TXT, XLSX, XLS or GeoJSON file.

    Missing and unknown columns are told, not refused. Raises `Problem` for what is no table, and for an encoding that
    cannot be decided.
    """
    chosen = options or Options()
    with path.open("rb") as file:
        is_workbook = file.read(4) in (XLSX, XLS)
        file.seek(0)
        read = _workbook if is_workbook else _features if is_features(file) else _text
        beginning = read(file, columns, chosen)
    filled = list(filled_rows(beginning.rows))
    if not filled:
        raise Problem(_("The file is empty."))
    place = max(header_place(filled, columns, chosen), 0)
    headers = headers_of(filled[place][1], columns, chosen)
    seen = _seen(filled[place][1], [cells for _number, cells in filled[place + 1 :]], headers)
    if chosen.places is None and any(column.name == SPOT for column in columns):
        seen = guessed(seen, SPOT, is_spot, unless=_PLACED)
    return Look(
        recognised=Recognised(header_row=filled[place][0], **beginning.recognised),
        columns=seen,
        missing=tuple(column.name for column in columns if column.is_missing({one.name for one in seen})),
        doubled=headers.doubled,
        sheets=beginning.sheets,
        first_rows=tuple(filled[:_SHOWN_ROWS]),
        is_long=beginning.is_long,
        encoding=beginning.codes.get("encoding", ""),
        separator=beginning.codes.get("separator", ""),
    )


def guessed(
    seen: tuple[SeenColumn, ...], name: str, holds: Callable[[str], bool], *, unless: Collection[str]
) -> tuple[SeenColumn, ...]:
    """The columns with `name` given to the first that no heading told, and whose samples all hold such a value.

    Nothing is guessed when a column has one of the names `unless`.
    """
    if {column.name for column in seen} & {*unless}:
        return seen
    found = next((one for one in seen if not one.name and one.samples and all(map(holds, one.samples))), None)
    return tuple(replace(one, name=name) if one is found else one for one in seen)


def _seen(cells: Sequence[str], below: Sequence[Sequence[str]], headers: Headers) -> tuple[SeenColumn, ...]:
    names = {place: name for name, place in headers.places.items()}
    found = []
    for place, cell in enumerate(cells):
        values = (row[place].strip() for row in below if place < len(row))
        samples = tuple(dict.fromkeys(islice(filter(None, values), 50)))[:_SAMPLES]
        heading = " ".join(cell.split())
        if heading or samples:
            found.append(SeenColumn(place, heading, samples, names.get(place, "")))
    return tuple(found)


def _workbook(file: IO[bytes], columns: Sequence[Column], options: Options) -> _Beginning:
    with open_sheets(file) as (kind, sheets):
        wanted = [sheet for sheet in sheets if sheet.title == options.sheet] or sheets
        chosen = best_sheet(wanted, columns, replace(options, header_row=0))
        rows = list(islice(chosen.rows(), LONG + _SHOWN_ROWS))
        recognised = {"format": kind, "sheet": chosen.title}
        return _Beginning(rows, recognised, len(rows) > LONG, tuple(sheet.title for sheet in sheets))


def _features(file: IO[bytes], _columns: Sequence[Column], _options: Options) -> _Beginning:
    rows = list(islice(feature_rows(file), LONG + _SHOWN_ROWS))
    return _Beginning(rows, {"format": FORMAT}, len(rows) > LONG)


def _text(file: IO[bytes], columns: Sequence[Column], options: Options) -> _Beginning:
    with open_text(file, columns, options) as text:
        rows = list(islice(split_rows(StringIO(text.sample, newline=""), text.separator), _SHOWN_ROWS * 3))
    file.seek(0)
    lines = sum(piece.count(b"\n") for piece in iter(lambda: file.read(_PIECE), b""))
    recognised = {
        "format": "CSV",
        "encoding": NAMES.get(text.encoding, text.encoding),
        "separator": SEPARATORS[text.separator],
    }
    codes = {"encoding": text.encoding, "separator": text.separator}
    return _Beginning(rows, recognised, lines > LONG, codes=codes)
