"""Spreadsheets (XLSX, XLS) as rows of texts, written as a person would type them."""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from itertools import islice, zip_longest
from typing import TYPE_CHECKING, Any

from region.messages import Problem
from region.messages import gettext_noop as _

if TYPE_CHECKING:
    from collections.abc import Callable

Cells = list[str]
Sheet = tuple[str, list[Cells]]

# A small archive can unpack to anything; real tables of this size take far less.
_MOST_UNPACKED = 400_000_000
_PIECE, _OVERLAP = 1 << 20, 40
_FORMULA = re.compile(rb"<(?:\w+:)?f[ />]")
_WIDEST = 200
_TALLEST = 200_000


def read_xlsx(content: bytes, name: str = "", most: int = 0) -> list[Sheet]:
    """Visible sheets of an XLSX workbook, or the one called `name`; only their first `most` rows, if given.

    A formula that was never calculated comes out as its own text ("=A1+1").
    """
    has_formulas = _check_archive(content)
    results = _workbook(content, data_only=True)
    # Opening the workbook twice costs as much again, and most tables hold no formula.
    formulas = _workbook(content, data_only=False) if has_formulas else None
    try:
        return [
            (sheet.title, _sheet_rows(sheet, formulas[sheet.title] if formulas else None, most))
            for sheet in results.worksheets
            if sheet.sheet_state == "visible" and name in ("", sheet.title)
        ]
    except Problem:
        raise
    except (ValueError, KeyError, TypeError, AttributeError, SyntaxError) as error:
        raise Problem(_("The workbook is damaged.")) from error
    finally:
        results.close()
        if formulas:
            formulas.close()


def read_xls(content: bytes, name: str = "", most: int = 0) -> list[Sheet]:
    """Sheets of an old XLS workbook, as `read_xlsx` gives them."""
    import xlrd

    try:
        book = xlrd.open_workbook(file_contents=content, logfile=_Silent())
    except (xlrd.XLRDError, xlrd.compdoc.CompDocError, AssertionError, IndexError, ValueError, KeyError) as error:
        raise Problem(_("The workbook is damaged or protected by a password.")) from error
    return [
        (
            sheet.name,
            [[_old_text(cell, book.datemode, xlrd) for cell in row] for row in islice(sheet.get_rows(), most or None)],
        )
        for sheet in book.sheets()
        if sheet.visibility == 0 and name in ("", sheet.name)
    ]


def value_text(value: object) -> str:
    """A cell's value as text: whole numbers without a decimal point, days as 2010-07-01, hours as 15:00."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else format(Decimal(repr(value)), "f")
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    return value.isoformat(timespec="minutes") if isinstance(value, time) else str(value)


class _Silent:
    """Where xlrd's own remarks go."""

    def write(self, text: str) -> None:
        """Drop the text."""


def _check_archive(content: bytes) -> bool:
    """Refuse what is no workbook or unpacks to too much; whether a sheet holds a formula."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
            names = set(archive.namelist())
    except zipfile.BadZipFile as error:
        raise Problem(_("The workbook is damaged.")) from error
    if "xl/workbook.xml" not in names:
        raise Problem(_("This is not an XLSX workbook. Save the table as XLSX or CSV."))
    if unpacked > _MOST_UNPACKED:
        raise Problem(_("The workbook is too large when unpacked."))
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return any(_has_formula(archive, name) for name in names if name.startswith("xl/worksheets/"))


def _has_formula(archive: zipfile.ZipFile, name: str) -> bool:
    """Whether the sheet has an element `f`; looked for in pieces that overlap by its length."""
    tail = b""
    with archive.open(name) as file:
        for piece in iter(lambda: file.read(_PIECE), b""):
            if _FORMULA.search(tail + piece):
                return True
            tail = piece[-_OVERLAP:]
    return False


def _workbook(content: bytes, *, data_only: bool) -> Any:
    import openpyxl

    with warnings.catch_warnings():
        # Remarks about styles and drop-down lists that we do not read.
        warnings.simplefilter("ignore")
        try:
            return openpyxl.load_workbook(BytesIO(content), read_only=True, data_only=data_only)
        except (ValueError, KeyError, TypeError, AttributeError, SyntaxError) as error:
            raise Problem(_("The workbook is damaged.")) from error


def _sheet_rows(results: Any, formulas: Any, most: int) -> list[Cells]:
    """Texts of a sheet; cells whose formula has no stored result keep the formula."""
    if formulas is None:
        return [[value_text(value) for value in row] for row in islice(_cells(results), most or None)]
    pairs = islice(zip_longest(_cells(results), _cells(formulas), fillvalue=()), most or None)
    return [[_result_text(value, formula) for value, formula in zip_longest(row, written)] for row, written in pairs]


def _cells(sheet: Any) -> Iterator[tuple[object, ...]]:
    # What the file says about its own size is often wrong.
    sheet.reset_dimensions()
    for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
        if number > _TALLEST:
            raise Problem(_("The sheet has more than %(rows)s rows."), rows=_TALLEST)
        yield row[:_WIDEST]


def _result_text(value: object, formula: object) -> str:
    if value is None and formula is not None:
        return str(formula) if str(formula).startswith("=") else "=?"
    return value_text(value)


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
