"""Rows of a list as CSV and XLSX: all that match, read in parts, so that size costs time and not memory.

CSV is one form for machines in every language: UTF-8 with a byte order mark, commas, a decimal point, days as
2025-12-31 and moments as 2025-12-31T14:05:00+01:00. XLSX is for people: numbers, days and moments are typed, and a
spreadsheet shows them in its own language. Nothing that somebody typed can become a formula in either.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, tzinfo
from decimal import Decimal
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any

from django.utils import timezone, translation

from region.listing.columns import Column, Kind

if TYPE_CHECKING:
    from django.db.models import QuerySet

ROWS_AT_ONCE = 500
BYTE_ORDER_MARK = "\ufeff"
# What makes a spreadsheet take a text for a formula; the wide signs are read as the plain ones by some.
_SIGNS = "=+\\-@＝＋－＠"
# A Czech or Polish spreadsheet parts a line at semicolons and reads the quotes around a field as letters of it, so what
# follows a semicolon, a tab or a line break within a text may begin a cell as well.
_BEGINNING = re.compile(rf'^(?=[\t\r\n])|(?:^|(?<=[;\t\r\n]))(?=[ \u00a0"]*[{_SIGNS}])')
# Control characters that XML cannot hold; a file with one does not open.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
LONGEST_CELL = 32_767
FORMATS = {Kind.MONEY: "#,##0.00", Kind.DATE: "yyyy-mm-dd", Kind.DATETIME: "yyyy-mm-dd hh:mm"}
WIDTHS = {Kind.TEXT: 32, Kind.STATUS: 20}


def file_columns(columns: Iterable[Column]) -> list[Column]:
    """Columns that go into files."""
    return [column for column in columns if column.in_files]


def csv_parts(columns: list[Column], rows: QuerySet[Any] | list[Any]) -> Iterator[str]:
    """The file in parts of ``ROWS_AT_ONCE`` rows, in the language and time zone active at the call."""
    language, zone = translation.get_language(), timezone.get_current_timezone()
    head = csv_lines([[safe_text(str(column.label)) for column in columns]])
    return _csv_parts(columns, rows, f"{BYTE_ORDER_MARK}{head}", language, zone)


def _csv_parts(
    columns: list[Column], rows: QuerySet[Any] | list[Any], head: str, language: str | None, zone: tzinfo
) -> Iterator[str]:
    yield head
    waiting: list[Any] = []
    for record in _one_by_one(rows):
        waiting.append(record)
        if len(waiting) == ROWS_AT_ONCE:
            yield _csv_chunk(columns, waiting, language, zone)
            waiting = []
    if waiting:
        yield _csv_chunk(columns, waiting, language, zone)


def _one_by_one(rows: QuerySet[Any] | list[Any]) -> Iterable[Any]:
    """Rows as they come from the database, or those that somebody gathered."""
    return rows if isinstance(rows, list) else rows.iterator(chunk_size=ROWS_AT_ONCE)


def _csv_chunk(columns: list[Column], records: list[Any], language: str | None, zone: tzinfo) -> str:
    # The response is sent after the middleware has let go of the reader's language and time.
    with translation.override(language), timezone.override(zone):
        return csv_lines([[csv_value(column.read(record)) for column in columns] for record in records])


def csv_lines(rows: list[list[str]]) -> str:
    """Rows as lines of CSV."""
    lines = StringIO()
    csv.writer(lines, lineterminator="\r\n").writerows(rows)
    return lines.getvalue()


def csv_value(value: Any) -> str:
    """A value as machines read it, the same in every language."""
    if value is None:
        return ""
    if isinstance(value, (int, float, Decimal)):
        return format(value, "f") if isinstance(value, Decimal) else str(value)
    if isinstance(value, datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    return safe_text(str(value))


def safe_text(text: str) -> str:
    """Text that no spreadsheet takes for a formula: an apostrophe before each dangerous beginning."""
    return _BEGINNING.sub("'", text)


def xlsx_file(columns: list[Column], rows: QuerySet[Any] | list[Any], *, title: str) -> BytesIO:
    """A workbook with one sheet; only the packed file is held in memory, its rows are written one by one."""
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", title)[:31].strip(" '") or "List")
    sheet.freeze_panes = "A2"
    for number, column in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = WIDTHS.get(column.kind, 16)
    sheet.append([_xlsx_cell(sheet, str(column.label), Kind.TEXT) for column in columns])
    for record in _one_by_one(rows):
        sheet.append([_xlsx_cell(sheet, column.read(record), column.kind) for column in columns])
    made = BytesIO()
    book.save(made)
    made.seek(0)
    return made


def _xlsx_cell(sheet: Any, value: Any, kind: Kind) -> Any:
    """A typed cell: a text stays a text, whatever it begins with."""
    from openpyxl.cell import WriteOnlyCell

    plain = xlsx_value(value)
    made = WriteOnlyCell(sheet, value=plain)
    if isinstance(plain, str):
        made.data_type = "s"
    elif kind in FORMATS and plain is not None:
        made.number_format = FORMATS[kind]
    return made


def xlsx_value(value: Any) -> Any:
    """A value with a type that a workbook knows; moments without a zone, as the region's clock shows them."""
    if value is None or isinstance(value, (int, float, Decimal)):
        return value
    if isinstance(value, datetime):
        return timezone.localtime(value).replace(tzinfo=None) if timezone.is_aware(value) else value
    if isinstance(value, date):
        return value
    return _CONTROL.sub("", str(value))[:LONGEST_CELL]
