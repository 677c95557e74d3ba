"""Spreadsheets (XLSX, XLS) as rows of texts, written as a person would type them."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import IO, Any

from region.messages import Problem
from region.messages import gettext_noop as _
from region.tables.merged_cells import Merged
from region.tables.spool import NumberedRow
from region.tables.values import value_text
from region.tables.xlsx import open_workbook

# What the library for old workbooks raises for bytes that make no sense to it.
_SENSELESS = (
    ArithmeticError, AssertionError, AttributeError, LookupError, MemoryError, TypeError, ValueError, struct.error,
)  # fmt: skip
XLSX, XLS = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet that can be seen: its title, and its rows with their numbers, read anew at each call."""

    title: str
    rows: Callable[[], Iterator[NumberedRow]]
    # Its merged cells, looked up only when somebody asks.
    merged: Callable[[], list[Merged]]


@contextmanager
def open_sheets(file: IO[bytes]) -> Iterator[tuple[str, list[Sheet]]]:
    """The format of a workbook ("XLSX" or "XLS") and its visible sheets. Raises `Problem` for a damaged one."""
    start = file.read(4)
    file.seek(0)
    if start == XLSX:
        with open_workbook(file) as book:
            yield (
                "XLSX",
                [Sheet(title, partial(book.rows, title), partial(book.merged, title)) for title in book.sheets],
            )
    else:
        yield "XLS", _old_sheets(file.read())


def _old_sheets(content: bytes) -> list[Sheet]:
    import xlrd

    try:
        book = xlrd.open_workbook(file_contents=content, logfile=_Silent())
    except (xlrd.XLRDError, xlrd.compdoc.CompDocError, *_SENSELESS) as error:
        raise Problem(_("The workbook is damaged or protected by a password.")) from error
    return [
        Sheet(sheet.name, _old_rows(book, sheet, xlrd), partial(_old_merged, content, sheet.name))
        for sheet in book.sheets()
        if sheet.visibility == 0
    ]


def _old_merged(content: bytes, name: str) -> list[Merged]:
    """Merged cells of an XLS sheet; the library tells them only together with all formats."""
    import xlrd

    try:
        book = xlrd.open_workbook(file_contents=content, logfile=_Silent(), formatting_info=True, on_demand=True)
        found = book.sheet_by_name(name).merged_cells
    except (xlrd.XLRDError, xlrd.compdoc.CompDocError, *_SENSELESS):
        # The rows were read, so the table is whole: only its formats are odd.
        return []
    return [Merged(top + 1, bottom, left, right - 1) for top, bottom, left, right in found]


def _old_rows(book: Any, sheet: Any, xlrd: Any) -> Callable[[], Iterator[NumberedRow]]:
    def rows() -> Iterator[NumberedRow]:
        for number, row in enumerate(sheet.get_rows(), start=1):
            yield number, [_old_text(cell, book.datemode, xlrd) for cell in row]

    return rows


class _Silent:
    """Where xlrd's own remarks go."""

    def write(self, text: str) -> None:
        """Drop the text."""


def _old_text(cell: Any, date_mode: int, xlrd: Any) -> str:
    """Text of a cell of an XLS sheet."""
    readers: dict[int, Callable[[Any], object]] = {
        xlrd.XL_CELL_DATE: lambda value: xlrd.xldate_as_datetime(value, date_mode),
        xlrd.XL_CELL_BOOLEAN: bool,
        xlrd.XL_CELL_ERROR: lambda value: xlrd.error_text_from_code.get(value, "#VALUE!"),
    }
    try:
        return value_text(readers.get(cell.ctype, _same)(cell.value))
    except (xlrd.xldate.XLDateError, OverflowError):
        return value_text(cell.value)


def _same(value: object) -> object:
    return value
