"""Reading XLSX workbooks row by row with openpyxl: whatever their size, only their texts and one row are held.

The library would take a row of any length and as many texts as there are. So the parts are looked through first, and
what no spreadsheet program writes is refused before a byte of it is taken for cells.
"""

from __future__ import annotations

import re
import struct
import warnings
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import zip_longest
from operator import methodcaller
from typing import IO, Any

from region.messages import Problem
from region.messages import gettext_noop as _
from region.tables.merged_cells import Merged
from region.tables.spool import NumberedRow
from region.tables.values import value_text

WIDEST = 600
TALLEST = 200_000
# A small archive can unpack to anything; real tables of this size take far less.
_MOST_UNPACKED = 400_000_000
# Texts are held in memory, and so are parts that are neither texts nor sheets.
_MOST_TEXTS, _MOST_TEXT_BYTES, _MOST_OTHER_BYTES = 1_000_000, 60_000_000, 20_000_000
_LONGEST_ROW = 1_000_000
_PIECE = 1 << 20
_BOOK = "xl/workbook.xml"
_SHEETS, _TEXTS = "xl/worksheets/", "xl/sharedstrings.xml"
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=\"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})\"")
_MARK = re.compile(rb"<(?:\w+:)?(row|f|si)[\s/>]")
# As long as a mark can be that begins in one piece and ends in the next.
_OVERLAP = 40
_LONGEST_MERGED = 200
# How the library opens the part with a sheet; it has no public name for that.
_SOURCE = "_get_source"

# What the library raises for a spoilt or forged workbook: nearly anything.
_DAMAGE = (
    ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, MemoryError, OSError, RuntimeError,
    SyntaxError, TypeError, ValueError, struct.error, zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Workbook:
    """An open workbook; use `open_workbook`. Without ``formulas`` no cell holds one."""

    results: Any
    formulas: Any

    @property
    def sheets(self) -> list[str]:
        """Titles of the sheets that can be seen."""
        return [sheet.title for sheet in self.results.worksheets if sheet.sheet_state == "visible"]

    def rows(self, title: str) -> Iterator[NumberedRow]:
        """Rows of a sheet as texts, with their numbers (from 1); a formula that was never calculated keeps its own."""
        with _damage_told():
            for number, row in enumerate(self._texts(title), start=1):
                if number > TALLEST:
                    raise Problem(_("The sheet has more than %(rows)s rows."), rows=TALLEST)
                while row and not row[-1]:
                    row.pop()
                if len(row) > WIDEST:
                    raise Problem(_("The sheet has more than %(columns)s columns."), columns=WIDEST)
                yield number, row

    def merged(self, title: str) -> list[Merged]:
        """Merged cells of a sheet; they stand behind its rows, where the library does not look."""
        with _damage_told(), methodcaller(_SOURCE)(self.results[title]) as part:
            return [_rectangle(found) for found in _found(part, _MERGED)]

    def _texts(self, title: str) -> Iterator[list[str]]:
        if self.formulas is None:
            for row in _cells(self.results[title], values_only=True):
                yield [value_text(value) for value in row[: WIDEST + 1]]
            return
        results = _cells(self.results[title], values_only=False)
        formulas = _cells(self.formulas[title], values_only=True)
        for row, written in zip(results, formulas, strict=True):
            yield [
                _result_text(cell, formula) for cell, formula in zip_longest(row[: WIDEST + 1], written[: WIDEST + 1])
            ]


@contextmanager
def open_workbook(file: IO[bytes]) -> Iterator[Workbook]:
    """A workbook with its visible sheets. Raises `Problem` for what is none, and for what unpacks to too much."""
    with _damage_told():
        # Opening the workbook twice costs as much again, and most tables hold no formula.
        kinds = (True, False) if _looked_through(file) else (True,)
        books = [_opened(file, data_only=data_only) for data_only in kinds]
    try:
        yield Workbook(books[0], books[1] if books[1:] else None)
    finally:
        for book in books:
            book.close()


@contextmanager
def _damage_told() -> Iterator[None]:
    try:
        yield
    except Problem:
        raise
    except _DAMAGE as error:
        raise Problem(_("The workbook is damaged.")) from error


def _opened(file: IO[bytes], *, data_only: bool) -> Any:
    import openpyxl

    # Remarks about styles and drop-down lists that we do not read, and days that no calendar has.
    warnings.filterwarnings("ignore", module=r"openpyxl\.")
    file.seek(0)
    return openpyxl.load_workbook(file, read_only=True, data_only=data_only, keep_links=False)


def _looked_through(file: IO[bytes]) -> bool:
    """Refuse what is no workbook, or has a part that no spreadsheet program writes; whether a sheet holds a formula."""
    has_formulas = False
    with zipfile.ZipFile(file) as archive:
        parts = {entry.filename.lower(): entry for entry in archive.infolist()}
        if _BOOK not in parts:
            raise Problem(_("This is not an XLSX workbook. Save the table as XLSX or CSV."))
        _check_sizes({name: entry.file_size for name, entry in parts.items()})
        for name, entry in parts.items():
            if name != _TEXTS and not name.startswith(_SHEETS):
                continue
            counts, longest_row = _look(archive, entry)
            if counts[b"si"] > _MOST_TEXTS:
                raise Problem(_("The workbook is too large when unpacked."))
            if name != _TEXTS and longest_row > _LONGEST_ROW:
                raise Problem(_("The workbook is damaged."))
            has_formulas |= counts[b"f"] > 0
    return has_formulas


def _check_sizes(sizes: Mapping[str, int]) -> None:
    """Refuse parts (by name, in bytes unpacked) that are too large to be held; sheets are not held."""
    held = {name: size for name, size in sizes.items() if name.endswith((".xml", ".rels"))}
    most = {name: _MOST_TEXT_BYTES if name == _TEXTS else _MOST_OTHER_BYTES for name in held}
    is_too_large = any(size > most[name] for name, size in held.items() if not name.startswith(_SHEETS))
    if is_too_large or sum(sizes.values()) > _MOST_UNPACKED:
        raise Problem(_("The workbook is too large when unpacked."))


def _look(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> tuple[Counter[bytes], int]:
    """How many rows, formulas and texts begin in a part; and the longest stretch, in bytes, in which no row does."""
    counts: Counter[bytes] = Counter()
    longest = begun = 0
    for place, name in _marks(archive, entry):
        counts[name] += 1
        if name in (b"row", b""):
            longest = max(longest, place - begun)
            begun = place
    return counts, longest


def _marks(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[tuple[int, bytes]]:
    """Where (in bytes) rows, formulas and texts begin in a part, and its end under no name; it is not read as XML."""
    start, tail = 0, b""
    with archive.open(entry) as part:
        for piece in iter(lambda: part.read(_PIECE), b""):
            text = tail + piece
            # A mark within the last bytes is left to the next look, which sees it whole.
            limit = max(len(text) - _OVERLAP, 0)
            yield from ((start + mark.start(), mark[1]) for mark in _MARK.finditer(text) if mark.start() < limit)
            tail = text[limit:]
            start += limit
    yield from ((start + mark.start(), mark[1]) for mark in _MARK.finditer(tail))
    yield start + len(tail), b""


def _found(part: IO[bytes], pattern: re.Pattern[bytes]) -> Iterator[re.Match[bytes]]:
    """Matches of a pattern in a part that is not held whole."""
    tail = b""
    for piece in iter(lambda: part.read(_PIECE), b""):
        text = tail + piece
        last = 0
        for found in pattern.finditer(text):
            last = found.end()
            yield found
        tail = text[max(last, len(text) - _LONGEST_MERGED) :]


def _rectangle(found: re.Match[bytes]) -> Merged:
    left, top, right, bottom = (part.decode() for part in found.groups())
    return Merged(int(top), int(bottom), _place(left), _place(right))


def _place(letters: str) -> int:
    """Place of a column by its letters: A is 0."""
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1


def _cells(sheet: Any, *, values_only: bool) -> Iterator[tuple[Any, ...]]:
    # What the file says about its own size is often wrong.
    sheet.reset_dimensions()
    rows: Iterator[tuple[Any, ...]] = sheet.iter_rows(values_only=values_only)
    return rows


def _result_text(cell: Any, formula: object) -> str:
    """Text of a result. Of a formula that has none, its own text; but a result may be a text, and empty."""
    value = getattr(cell, "value", None)
    if value is None and formula is not None and getattr(cell, "data_type", "") != "str":
        # Cells that share a formula do not all say it.
        return str(formula) if re.match("=.", str(formula)) else "=?"
    return value_text(value)
