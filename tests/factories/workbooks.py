"""Workbooks for tests of reading them."""

from __future__ import annotations

from io import BytesIO
from types import ModuleType
from typing import Any


def libraries() -> tuple[ModuleType, ModuleType]:
    """The two libraries that read workbooks (slow to import, so only where a test needs them)."""
    import openpyxl
    import xlrd

    return openpyxl, xlrd


def new_workbook() -> Any:
    """A workbook of openpyxl with one empty sheet called Sheet."""
    return libraries()[0].Workbook()


def packed(book: Any) -> bytes:
    """The bytes of its file."""
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def workbook(rows: list[list[Any]]) -> bytes:
    """An XLSX file with these rows on its only sheet."""
    book = new_workbook()
    for row in rows:
        book.active.append(row)
    return packed(book)
