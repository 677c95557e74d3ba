"""Reading a table: any of the encodings, separators and spreadsheets that offices send, into rows with line numbers."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import BytesIO, StringIO, TextIOWrapper
from itertools import chain, islice
from pathlib import Path
from typing import IO, Any, overload

from region.messages import Message, Problem
from region.messages import gettext_noop as _
from region.tables.encodings import NAMES, recognise_chunks
from region.tables.features import FORMAT, feature_rows, is_features
from region.tables.headers import (
    DEEPEST,
    Column,
    Headers,
    check_headers,
    find_header_row,
    given_headers,
    match_headers,
)
from region.tables.sheets import XLS, XLSX, Sheet, open_sheets
from region.tables.spool import NumberedRow, Spool
from region.tables.spots import LAT, LON, SPOT, spread
from region.tables.values import cell_text, folded

MOST_BYTES = 30_000_000
SEPARATORS = {";": _("semicolon"), ",": _("comma"), "\t": _("tab"), "|": _("vertical bar")}
_SAMPLE_LINES = 60
# Letters at the beginning of a text by which its separator is recognised.
SAMPLE_CHARACTERS = 200_000
_PIECE = 1 << 20
_PDF = b"%PDF"


@dataclass(frozen=True, slots=True)
class Recognised:
    """What was found out about a file, to be shown to the person who sent it."""

    format: str
    header_row: int
    encoding: str = ""
    separator: str = ""
    sheet: str = ""
    # Other sheets with something in them, which are not read.
    other_sheets: tuple[str, ...] = ()


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


class Rows(Sequence[Row]):
    """Rows below the header row; they lie in a file and are made anew by whoever goes through them."""

    def __init__(self, rows: Spool, headers: Headers, width: int) -> None:
        self._rows, self._headers, self._width = rows, headers, width

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Row]:
        return (_row(number, texts, self._headers, self._width) for number, texts in self._rows)

    @overload
    def __getitem__(self, place: int) -> Row: ...

    @overload
    def __getitem__(self, place: slice) -> list[Row]: ...

    def __getitem__(self, place: int | slice) -> Row | list[Row]:
        return list(self)[place]


@dataclass(frozen=True, slots=True)
class Table:
    """A table as read; `headers` tells how each column is called in the file."""

    rows: Sequence[Row]
    headers: Headers
    recognised: Recognised

    def has(self, column: str) -> bool:
        """Whether the file has the column; a point in one cell has longitude and latitude."""
        return column in self.headers.places or (column in (LON, LAT) and SPOT in self.headers.places)


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
    # Rows that the headings take, up to `header_row`; 0: found out. For importers that read headings of several rows.
    header_depth: int = 0

    @property
    def ignored(self) -> frozenset[str]:
        """Headings to pass over, folded."""
        return frozenset(folded(name) for name in self.ignore)


def read_table(path: Path, columns: Sequence[Column], options: Options | None = None) -> Table:
    """Rows of a CSV, TXT, XLSX, XLS or GeoJSON file under our names of columns.

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
    with path.open("rb") as file:
        return _table(file, columns, options or Options())


def parse_table(content: bytes, columns: Sequence[Column], options: Options | None = None) -> Table:
    """The same for the bytes of a file."""
    return _table(BytesIO(content), columns, options or Options())


@contextmanager
def _opened(
    file: IO[bytes], columns: Sequence[Column], options: Options
) -> Iterator[tuple[Iterator[NumberedRow], dict[str, Any]]]:
    """Rows of a file that are not empty, one after the other, and how it is read."""
    start = file.read(len(XLSX))
    file.seek(0)
    if start in (XLSX, XLS):
        with open_sheets(file) as (kind, sheets):
            wanted = [sheet for sheet in sheets if options.sheet in ("", sheet.title)]
            sheet = best_sheet(wanted, columns, options)
            others = tuple(one.title for one in sheets if one is not sheet and _is_filled(one))
            yield filled_rows(sheet.rows()), {"format": kind, "sheet": sheet.title, "other_sheets": others}
    elif is_features(file):
        yield feature_rows(file), {"format": FORMAT}
    else:
        with open_text(file, columns, options) as text:
            name = NAMES.get(text.encoding, text.encoding)
            recognised = {"format": "CSV", "encoding": name, "separator": SEPARATORS[text.separator]}
            yield filled_rows(split_rows(text.lines(), text.separator)), recognised


def written_rows(path: Path, columns: Sequence[Column], options: Options | None = None) -> Iterator[NumberedRow]:
    """The header row and all rows below it, with all their cells as they are written."""
    chosen = options or Options()
    with path.open("rb") as file, _opened(file, columns, chosen) as (rows, _recognised):
        first = list(islice(rows, DEEPEST))
        yield from first[max(header_place(first, columns, chosen), 0) :]
        yield from rows


@dataclass(frozen=True, slots=True)
class Text:
    """A text file that is being read: its encoding and separator, and its beginning."""

    stream: TextIOWrapper
    encoding: str
    separator: str
    sample: str

    def lines(self) -> Iterator[str]:
        """Its lines, from the first."""
        self.stream.seek(0)
        try:
            for number, line in enumerate(self.stream):
                if "\x00" in line:
                    raise Problem(_("This is not a text file."))
                yield line if number else line.removeprefix("\ufeff")
        except UnicodeError as error:
            raise _unreadable(self.encoding) from error


@contextmanager
def open_text(file: IO[bytes], columns: Sequence[Column], options: Options) -> Iterator[Text]:
    """A text file with what is recognised of it, unless it is given. Raises `Problem` for what is no table."""
    if file.read(len(_PDF)) == _PDF:
        raise Problem(_("This is a PDF file, not a table. Save the table as XLSX or CSV."))
    file.seek(0)
    encoding = options.encoding or recognise_chunks(iter(lambda: file.read(_PIECE), b""))
    file.seek(0)
    try:
        stream = TextIOWrapper(file, encoding=encoding, newline="")
    except LookupError as error:
        raise _unreadable(encoding) from error
    try:
        sample = _sample(stream, encoding)
        separator = options.separator or recognise_separator(sample, columns, options.ignored)
        yield Text(stream, encoding, separator, sample)
    finally:
        # The file stays its opener's.
        stream.detach()


def _sample(stream: TextIOWrapper, encoding: str) -> str:
    """The beginning of a text that may be a table."""
    try:
        sample = stream.read(SAMPLE_CHARACTERS).removeprefix("\ufeff")
    except UnicodeError as error:
        raise _unreadable(encoding) from error
    if sample.lstrip()[:1] == "<":
        raise Problem(_("This is a web page or XML, not a table. Save the table as XLSX or CSV."))
    if not sample.strip():
        raise Problem(_("The file is empty."))
    return sample


def _unreadable(encoding: str) -> Problem:
    return Problem(_("The file cannot be read in the encoding %(encoding)s."), encoding=encoding)


def split_rows(lines: Iterable[str], separator: str) -> Iterator[NumberedRow]:
    """Rows of these lines with the line on which each begins; quoted fields may hold separators and line ends."""
    reader = csv.reader(lines, delimiter=separator, strict=True)
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
        for _line, cells in split_rows(StringIO(text, newline=""), separator):
            if any(cells):
                rows.append(cells)
            if len(rows) == _SAMPLE_LINES:
                break
    return rows


def best_sheet(sheets: Sequence[Sheet], columns: Sequence[Column], options: Options) -> Sheet:
    """The first sheet in which the most of our columns are found. Raises `Problem` when all are empty."""
    beginnings = [[cells for _number, cells in islice(filled_rows(sheet.rows()), DEEPEST)] for sheet in sheets]
    if not any(beginnings):
        raise Problem(_("The workbook has no such sheet or is empty."))

    def known(beginning: list[list[str]]) -> int:
        place = find_header_row(beginning, columns, options.ignored)
        return len(match_headers(beginning[place], columns, options.ignored).places) if place >= 0 else 0

    counts = [known(beginning) for beginning in beginnings]
    return sheets[counts.index(max(counts))]


def _is_filled(sheet: Sheet) -> bool:
    """Whether a sheet holds more than a title."""
    return len(list(islice(filled_rows(sheet.rows()), 2))) > 1


def filled_rows(rows: Iterable[NumberedRow]) -> Iterator[NumberedRow]:
    """Rows with something in them."""
    return ((number, cells) for number, cells in rows if any(cell.strip() for cell in cells))


def _table(file: IO[bytes], columns: Sequence[Column], options: Options) -> Table:
    """The rows below the header row, under our names."""
    with _opened(file, columns, options) as (rows, recognised):
        first = list(islice(rows, DEEPEST))
        place = header_place(first, columns, options)
        if place < 0:
            raise Problem(
                _("No header row was found. Needed are: %(needed)s. The file begins with: %(found)s."),
                needed=", ".join(column.name for column in columns if column.required),
                found=_beginning(first),
            )
        header_row, cells = first[place]
        headers = headers_of(cells, columns, options)
        check_headers(headers, columns, allow_unknown=options.ignore_unknown)
        body = Rows(Spool(chain(first[place + 1 :], rows)), headers, len(cells))
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
    try:
        cells |= spread(cells, headers.places)
    except Problem as problem:
        faults.append(CellFault(SPOT, cells[SPOT], problem.message))
    return Row(number, cells, tuple(faults))


def _beginning(rows: list[NumberedRow]) -> str:
    """The first row, shortened, for a message."""
    return ", ".join(" ".join(cell.split()) for cell in rows[0][1] if cell.strip())[:200] if rows else "–"
