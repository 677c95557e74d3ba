"""Reading a table: any of the encodings, separators and spreadsheets that offices send, into rows with line numbers."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from region.messages import Message, Problem
from region.messages import gettext_noop as _
from region.tables.encodings import NAMES, recognise_encoding
from region.tables.headers import (
    DEEPEST,
    Column,
    Headers,
    check_headers,
    find_header_row,
    given_headers,
    match_headers,
)
from region.tables.sheets import Sheet, read_xls, read_xlsx
from region.tables.values import cell_text, folded

MOST_BYTES = 30_000_000
SEPARATORS = {";": _("semicolon"), ",": _("comma"), "\t": _("tab")}
_SAMPLE_LINES = 60
_XLSX, _XLS, _PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF"

NumberedRow = tuple[int, list[str]]


@dataclass(frozen=True, slots=True)
class Recognised:
    """What was found out about a file, to be shown to the person who sent it."""

    format: str
    header_row: int
    encoding: str = ""
    separator: str = ""
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class CellFault:
    """A cell that cannot be read; the column is empty when the whole row is meant."""

    column: str
    value: str
    message: Message


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its line in the file (from 1), texts by our names of columns, and what cannot be read."""

    number: int
    cells: Mapping[str, str]
    faults: tuple[CellFault, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table as read; `headers` tells how each column is called in the file."""

    rows: tuple[Row, ...]
    headers: Headers
    recognised: Recognised

    def has(self, column: str) -> bool:
        """Whether the file has the column."""
        return column in self.headers.places


@dataclass(frozen=True, slots=True)
class Options:
    """What a person may say about a file instead of leaving it to recognition.

    `header_row` is the row of the headings (from 1; 0: found out), `places` our names of columns with their places in
    that row (from 0; None: found out by the headings).
    """

    encoding: str = ""
    sheet: str = ""
    ignore: Collection[str] = ()
    ignore_unknown: bool = False
    separator: str = ""
    header_row: int = 0
    places: Mapping[str, int] | None = None

    @property
    def ignored(self) -> frozenset[str]:
        """Headings to pass over, folded."""
        return frozenset(folded(name) for name in self.ignore)


def read_table(path: Path, columns: Sequence[Column], options: Options | None = None) -> Table:
    """Rows of a CSV, TXT, XLSX or XLS file under our names of columns.

    Raises `Problem` for a file that is missing, empty, too large or no table, for an encoding that cannot be decided,
    and for missing, doubled or unknown columns.
    """
    if not path.is_file():
        raise Problem(_("There is no file %(path)s."), path=path)
    if path.stat().st_size > MOST_BYTES:
        raise Problem(
            _("The file is larger than %(size)s MB; this is hardly the table that is meant."),
            size=MOST_BYTES // 1_000_000,
        )
    return parse_table(path.read_bytes(), columns, options)


def parse_table(content: bytes, columns: Sequence[Column], options: Options | None = None) -> Table:
    """The same for the bytes of a file."""
    chosen = options or Options()
    rows, recognised = _rows_of(content, columns, chosen)
    return _table(rows, columns, chosen, recognised)


def _rows_of(content: bytes, columns: Sequence[Column], options: Options) -> tuple[list[NumberedRow], dict[str, str]]:
    """All rows of a file, and how it was read."""
    if content.startswith((_XLSX, _XLS)):
        return _from_workbook(content, columns, options)
    return _from_text(content, columns, options)


def written_rows(path: Path, columns: Sequence[Column], options: Options | None = None) -> Iterator[NumberedRow]:
    """The header row and all rows below it, with all their cells as they are written."""
    chosen = options or Options()
    rows, _recognised = _rows_of(path.read_bytes(), columns, chosen)
    filled = [(number, cells) for number, cells in rows if any(cell.strip() for cell in cells)]
    yield from filled[max(header_place(filled, columns, chosen), 0) :]


def decoded(content: bytes, encoding: str = "") -> tuple[str, str]:
    """Text of the bytes and the name of its encoding (recognised, unless it is given)."""
    if content.startswith(_PDF):
        raise Problem(_("This is a PDF file, not a table. Save the table as XLSX or CSV."))
    name = encoding or recognise_encoding(content)
    try:
        text = content.decode(name).removeprefix("\ufeff")
    except (UnicodeError, LookupError) as error:
        raise Problem(_("The file cannot be read in the encoding %(encoding)s."), encoding=name) from error
    if "\x00" in text:
        raise Problem(_("This is not a text file."))
    if text.lstrip()[:1] == "<":
        raise Problem(_("This is a web page or XML, not a table. Save the table as XLSX or CSV."))
    if not text.strip():
        raise Problem(_("The file is empty."))
    return text, name


def split_rows(text: str, separator: str) -> Iterator[NumberedRow]:
    """Rows of the text with the line on which each begins; quoted fields may hold separators and line ends."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise Problem(
            _("The quotation marks do not match from line %(line)s on (separator: %(separator)s)."),
            line=line,
            separator=Message(SEPARATORS[separator]),
        ) from error


def recognise_separator(text: str, columns: Sequence[Column], ignored: Collection[str] = ()) -> str:
    """The separator with which the most of our columns are found; of equals, the one that cuts rows most evenly."""
    return max(SEPARATORS, key=lambda separator: _evidence(text, separator, columns, ignored))


def _evidence(text: str, separator: str, columns: Sequence[Column], ignored: Collection[str]) -> tuple[int, float, int]:
    """Number of our columns found, share of rows of the usual width, that width."""
    rows = _first_rows(text, separator)
    if not rows:
        return 0, 0.0, 0
    place = find_header_row(rows, columns, ignored)
    known = len(match_headers(rows[place], columns, ignored).places) if place >= 0 else 0
    width, count = Counter(map(len, rows)).most_common(1)[0]
    return known, count / len(rows) if width > 1 else 0.0, width


def _first_rows(text: str, separator: str) -> list[list[str]]:
    """The first rows that are not empty, as far as the separator lets them be read."""
    rows: list[list[str]] = []
    with suppress(Problem):
        for _line, cells in split_rows(text, separator):
            if any(cells):
                rows.append(cells)
            if len(rows) == _SAMPLE_LINES:
                break
    return rows


def _from_text(content: bytes, columns: Sequence[Column], options: Options) -> tuple[list[NumberedRow], dict[str, str]]:
    text, encoding = decoded(content, options.encoding)
    separator = options.separator or recognise_separator(text, columns, options.ignored)
    rows = list(split_rows(text, separator))
    recognised = {"format": "CSV", "encoding": NAMES.get(encoding, encoding), "separator": SEPARATORS[separator]}
    return rows, recognised


def _from_workbook(
    content: bytes, columns: Sequence[Column], options: Options
) -> tuple[list[NumberedRow], dict[str, str]]:
    """The sheet that is named, else the first in which the most of our columns are found."""
    xlsx = content.startswith(_XLSX)
    sheets = read_xlsx(content, options.sheet) if xlsx else read_xls(content, options.sheet)
    name, rows = best_sheet(sheets, columns, options)
    recognised = {"format": "XLSX" if xlsx else "XLS", "sheet": name}
    return list(enumerate(rows, start=1)), recognised


def best_sheet(sheets: Sequence[Sheet], columns: Sequence[Column], options: Options) -> Sheet:
    """The first sheet in which the most of our columns are found. Raises `Problem` when all are empty."""
    if not any(any(row) for _name, rows in sheets for row in rows):
        raise Problem(_("The workbook has no such sheet or is empty."))

    def known(sheet: Sheet) -> int:
        place = find_header_row(_filled(sheet[1]), columns, options.ignored)
        return len(match_headers(_filled(sheet[1])[place], columns, options.ignored).places) if place >= 0 else 0

    return max(sheets, key=known)


def _filled(rows: list[list[str]]) -> list[list[str]]:
    """The first rows that are not empty."""
    found = []
    for row in rows:
        if any(row):
            found.append(row)
        if len(found) == DEEPEST:
            break
    return found


def _table(rows: list[NumberedRow], columns: Sequence[Column], options: Options, recognised: dict[str, str]) -> Table:
    """The rows below the header row, under our names."""
    filled = [(number, cells) for number, cells in rows if any(cell.strip() for cell in cells)]
    place = header_place(filled, columns, options)
    if place < 0:
        raise Problem(
            _("No header row was found. Needed are: %(needed)s. The file begins with: %(found)s."),
            needed=", ".join(column.name for column in columns if column.required),
            found=_beginning(filled),
        )
    header_row, cells = filled[place]
    headers = headers_of(cells, columns, options)
    check_headers(headers, columns, allow_unknown=options.ignore_unknown)
    body = tuple(_row(number, row, headers, len(cells)) for number, row in filled[place + 1 :])
    if not body:
        raise Problem(_("The table has a header row and nothing below it."))
    return Table(body, headers, Recognised(header_row=header_row, **recognised))


def header_place(rows: Sequence[NumberedRow], columns: Sequence[Column], options: Options) -> int:
    """Place of the header row among these rows: the one that was named, else the likeliest; -1 for none."""
    if options.header_row:
        return next((place for place, (number, _cells) in enumerate(rows) if number == options.header_row), -1)
    return find_header_row([cells for _number, cells in rows], columns, options.ignored)


def headers_of(cells: Sequence[str], columns: Sequence[Column], options: Options) -> Headers:
    """What a header row says, as a person corrected it or as its headings tell."""
    if options.places is not None:
        return given_headers(cells, columns, options.places)
    return match_headers(cells, columns, options.ignored)


def _row(number: int, texts: Sequence[str], headers: Headers, width: int) -> Row:
    """One row; cells beyond the header's width are a fault of the row (an unquoted decimal comma, mostly)."""
    faults = []
    if any(text.strip() for text in texts[width:]):
        message = Message(
            _("The row has more cells than the header; is there a decimal comma without quotation marks?")
        )
        faults.append(CellFault("", "", message))
    cells = {}
    for name, place in headers.places.items():
        text = texts[place] if place < len(texts) else ""
        try:
            cells[name] = cell_text(text)
        except Problem as problem:
            cells[name] = ""
            faults.append(CellFault(name, text, problem.message))
    return Row(number, cells, tuple(faults))


def _beginning(rows: list[NumberedRow]) -> str:
    """The first row, shortened, for a message."""
    return ", ".join(" ".join(cell.split()) for cell in rows[0][1] if cell.strip())[:200] if rows else "–"
