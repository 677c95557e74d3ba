from __future__ import annotations

import zipfile
from datetime import date, datetime, time
from io import BytesIO

import pytest

from region.messages import Problem
from region.tables import sheets
from region.tables.sheets import read_xls, read_xlsx, value_text
from tests.factories.workbooks import libraries, workbook


def archive(**files: bytes) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        for name, content in files.items():
            packed.writestr(name.replace("__", "/"), content)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "true"),
        (False, "false"),
        (558044.0, "558044"),
        (0.00001, "0.00001"),
        (49.67778, "49.67778"),
        (datetime.fromisoformat("2010-07-01"), "2010-07-01"),
        (datetime.fromisoformat("2010-07-01 08:30"), "2010-07-01 08:30"),
        (date(2010, 7, 1), "2010-07-01"),
        (time(15), "15:00"),
        ("Stod", "Stod"),
    ],
)
def test_value_text_as_a_person_would_type(value: object, text: str) -> None:
    assert value_text(value) == text


def test_read_xlsx_formula_without_a_result_keeps_its_text() -> None:
    assert read_xlsx(workbook([[1, "=A1+1", date(2010, 7, 1)]])) == [("Sheet", [["1", "=A1+1", "2010-07-01"]])]


def test_read_xlsx_other_archive() -> None:
    with pytest.raises(Problem, match="not an XLSX workbook"):
        read_xlsx(archive(**{"word__document.xml": b"<w/>"}))


def test_read_xlsx_broken_inside() -> None:
    with pytest.raises(Problem, match="damaged"):
        read_xlsx(archive(**{"xl__workbook.xml": b"<w/>"}))


def test_read_xlsx_that_unpacks_to_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "_MOST_UNPACKED", 3)
    with pytest.raises(Problem, match="too large when unpacked"):
        read_xlsx(archive(**{"xl__workbook.xml": b"<w/>"}))


def test_read_xlsx_with_too_many_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "_TALLEST", 2)
    with pytest.raises(Problem, match="more than 2 rows"):
        read_xlsx(workbook([[0], [1], [2]]))


def test_read_xlsx_with_a_broken_sheet() -> None:
    stream = BytesIO(workbook([[1]]))
    broken = BytesIO()
    with zipfile.ZipFile(stream) as whole, zipfile.ZipFile(broken, "w") as copy:
        for entry in whole.infolist():
            content = whole.read(entry)
            copy.writestr(entry, b"<worksheet><sheetData><row" if "sheet1" in entry.filename else content)
    with pytest.raises(Problem, match="damaged"):
        read_xlsx(broken.getvalue())


def test_read_xls_that_is_none() -> None:
    with pytest.raises(Problem, match="damaged or protected"):
        read_xls(b"\xd0\xcf\x11\xe0" + b"\x00" * 600)


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        ("TEXT", "Stod", "Stod"),
        ("NUMBER", 12.0, "12"),
        ("DATE", 40360.0, "2010-07-01"),
        ("DATE", 1e10, "10000000000"),
        ("BOOLEAN", 1, "true"),
        ("ERROR", 0x17, "#REF!"),
        ("ERROR", 0x99, "#VALUE!"),
    ],
)
def test_old_cell_as_text(kind: str, value: object, text: str) -> None:
    _openpyxl, xlrd = libraries()
    cell = xlrd.sheet.Cell(getattr(xlrd, f"XL_CELL_{kind}"), value)
    assert sheets._old_text(cell, 0, xlrd) == text
