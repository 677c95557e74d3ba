"""A first look at a table: what was recognised, to be shown and corrected before anything is read in earnest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from region.messages import Problem
from region.messages import gettext_noop as _
from region.tables.encodings import NAMES, recognise_chunks
from region.tables.headers import Column, Headers
from region.tables.reading import (
    SEPARATORS,
    NumberedRow,
    Options,
    Recognised,
    best_sheet,
    header_place,
    headers_of,
    recognise_separator,
    split_rows,
)
from region.tables.sheets import read_xls, read_xlsx

# Rows that are looked at; whether a table is long is told by these and no more.
LONG = 2_000
_SHOWN_ROWS = 20
_SAMPLES = 3
_SAMPLE_CHARACTERS = 200_000
_PIECE = 1 << 20
_XLSX, _XLS, _PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF"


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
    first_rows: tuple[NumberedRow, ...] = ()
    is_long: bool = False
    encoding: str = ""
    separator: str = ""

    @property
    def places(self) -> Mapping[str, int]:
        """Our names of columns with their places."""
        return {column.name: column.place for column in self.columns if column.name}


@dataclass(frozen=True, slots=True)
class _Beginning:
    """The first rows of a file and how they were read."""

    rows: list[NumberedRow]
    recognised: dict[str, str]
    is_long: bool
    sheets: tuple[str, ...] = ()
    codes: dict[str, str] = field(default_factory=dict)


def look_at(path: Path, columns: Sequence[Column], options: Options | None = None) -> Look:
    """Look at the beginning of a CSV, TXT, XLSX or XLS file. Missing and unknown columns are told, not refused.

    Raises `Problem` for what is no table, and for an encoding that cannot be decided.
    """
    chosen = options or Options()
    with path.open("rb") as file:
        start = file.read(4)
    if start in (_XLSX, _XLS):
        beginning = _workbook(path.read_bytes(), columns, chosen)
    else:
        beginning = _text(path, columns, chosen)
    filled = [(number, cells) for number, cells in beginning.rows if any(cell.strip() for cell in cells)]
    if not filled:
        raise Problem(_("The file is empty."))
    place = max(header_place(filled, columns, chosen), 0)
    headers = headers_of(filled[place][1], columns, chosen)
    return Look(
        recognised=Recognised(header_row=filled[place][0], **beginning.recognised),
        columns=_seen(filled[place][1], [cells for _number, cells in filled[place + 1 :]], headers),
        missing=tuple(column.name for column in headers.missing(columns)),
        doubled=headers.doubled,
        sheets=beginning.sheets,
        first_rows=tuple(filled[:_SHOWN_ROWS]),
        is_long=beginning.is_long,
        **beginning.codes,
    )


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


def _workbook(content: bytes, columns: Sequence[Column], options: Options) -> _Beginning:
    xlsx = content.startswith(_XLSX)
    most = LONG + _SHOWN_ROWS
    sheets = read_xlsx(content, most=most) if xlsx else read_xls(content, most=most)
    wanted = [sheet for sheet in sheets if sheet[0] == options.sheet] or sheets
    name, rows = best_sheet(wanted, columns, replace(options, header_row=0))
    recognised = {"format": "XLSX" if xlsx else "XLS", "sheet": name}
    titles = tuple(title for title, _rows in sheets)
    return _Beginning(list(enumerate(rows, start=1)), recognised, len(rows) > LONG, titles)


def _text(path: Path, columns: Sequence[Column], options: Options) -> _Beginning:
    with path.open("rb") as file:
        if file.read(4) == _PDF:
            raise Problem(_("This is a PDF file, not a table. Save the table as XLSX or CSV."))
        file.seek(0)
        encoding = options.encoding or recognise_chunks(iter(lambda: file.read(_PIECE), b""))
        file.seek(0)
        lines = sum(piece.count(b"\n") for piece in iter(lambda: file.read(_PIECE), b""))
    try:
        with path.open(encoding=encoding, newline="") as text:
            sample = text.read(_SAMPLE_CHARACTERS).removeprefix("\ufeff")
    except (UnicodeError, LookupError) as error:
        raise Problem(_("The file cannot be read in the encoding %(encoding)s."), encoding=encoding) from error
    if sample.lstrip()[:1] == "<":
        raise Problem(_("This is a web page or XML, not a table. Save the table as XLSX or CSV."))
    separator = options.separator or recognise_separator(sample, columns, options.ignored)
    recognised = {
        "format": "CSV",
        "encoding": NAMES.get(encoding, encoding),
        "separator": SEPARATORS[separator],
    }
    rows = list(islice(split_rows(sample, separator), _SHOWN_ROWS * 3))
    codes = {"encoding": encoding, "separator": separator}
    return _Beginning(rows, recognised, lines > LONG, codes=codes)
