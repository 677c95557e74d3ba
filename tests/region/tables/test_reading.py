from __future__ import annotations

import csv
import os
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from region.messages import Problem
from region.tables.headers import Column
from region.tables.reading import Options, Recognised, parse_table, read_table, recognise_separator
from region.tables.values import parse_number
from tests.factories.workbooks import new_workbook, packed, workbook

COLUMNS = (
    Column("code", ("kód",), required=True),
    Column("name", ("název",)),
    Column("inhabitants", ("obyv",), dated=True),
    Column("lat"),
)
SAMPLES = os.environ.get("SAFE_COUNTY_SAMPLES", "")
needs_samples = pytest.mark.skipif(not SAMPLES, reason="SAFE_COUNTY_SAMPLES names no folder with real files")
NAMES = ["Přeštice", "Žihle; u lesa", 'Hotel "Šumava"', "Kožlany, ves", "Tlučná"]
TEXT = "kód;název;obyv\n1;Přeštice;7 049\n\n2;Žihle;1 368\n"


def test_parse_table_keeps_line_numbers() -> None:
    table = parse_table(TEXT.encode("cp1250"), COLUMNS)
    assert [(row.number, dict(row.cells)) for row in table.rows] == [
        (2, {"code": "1", "name": "Přeštice", "inhabitants": "7 049"}),
        (4, {"code": "2", "name": "Žihle", "inhabitants": "1 368"}),
    ]
    assert table.recognised == Recognised("CSV", 1, encoding="cp1250", separator="semicolon")
    assert (table.has("name"), table.has("lat")) == (True, False)


def test_parse_table_counts_lines_inside_quoted_cells() -> None:
    table = parse_table(b'code,name\n1,"two\nlines"\n2,x\n', COLUMNS)
    assert [(row.number, row.cells["name"]) for row in table.rows] == [(2, "two\nlines"), (4, "x")]


@given(
    names=st.lists(st.sampled_from(NAMES), min_size=3, max_size=9),
    number=st.decimals(min_value=0, max_value=10**7, places=2),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1250", "iso8859-2"]),
    habits=st.tuples(st.sampled_from(";,\t"), st.sampled_from(",."), st.sampled_from(["\n", "\r\n"])),
)  # fmt: skip
def test_parse_table_reads_what_was_written(
    names: list[str], number: Decimal, encoding: str, habits: tuple[str, str, str]
) -> None:
    separator, mark, line_end = habits
    stream = StringIO()
    writer = csv.writer(stream, delimiter=separator, lineterminator=line_end)
    writer.writerow(["Kód", "Název", "lat"])
    written = f"{number:,.2f}".replace(",", "\u00a0").replace(".", mark)
    writer.writerows([place, name, written] for place, name in enumerate(names))
    table = parse_table(stream.getvalue().encode(encoding), COLUMNS)
    assert [row.cells["name"] for row in table.rows] == names
    assert {parse_number(row.cells["lat"]) for row in table.rows} == {number}


def test_parse_table_row_with_too_many_cells() -> None:
    table = parse_table(b"code,lat\n1,49,5\n2,49.5\n", COLUMNS)
    assert [[str(fault.message)[:31] for fault in row.faults] for row in table.rows] == [
        ["The row has more cells than the"],
        [],
    ]


def test_parse_table_short_row_has_empty_cells() -> None:
    table = parse_table(b"code,name,lat\n1,Stod\n", COLUMNS)
    assert dict(table.rows[0].cells) == {"code": "1", "name": "Stod", "lat": ""}


def test_parse_table_formula_is_a_fault_of_its_cell() -> None:
    table = parse_table(b"code,name\n1,=A1\n", COLUMNS)
    assert [(fault.column, fault.value) for fault in table.rows[0].faults] == [("name", "=A1")]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \n", "empty"),
        (b"%PDF-1.7", "PDF"),
        (b"<html><table>", "web page"),
        (b"code,name\n", "nothing below"),
        (b"a,b\n1,2\n", "No header row was found. Needed are: code. The file begins with: a, b"),
        (b"name\nStod\n", "Missing columns: code"),
        (b'code,name\n1,"never closed\n', "quotation marks do not match from line 2"),
        (b"PK\x03\x04broken", "damaged"),
        (b"\xd0\xcf\x11\xe0broken", "damaged"),
        (b"code\n1\n\x00\x00\x00\x00\n", "not a text"),
        ("code\x00\n1".encode("utf-16"), "not a text"),
    ],
)
def test_parse_table_of_no_table(content: bytes, words: str) -> None:
    with pytest.raises(Problem) as caught:
        parse_table(content, COLUMNS)
    assert words in str(caught.value)


@pytest.mark.parametrize("encoding", ["ascii", "no-such"])
def test_parse_table_in_a_wrong_named_encoding(encoding: str) -> None:
    with pytest.raises(Problem, match="cannot be read in the encoding"):
        parse_table(TEXT.encode(), COLUMNS, Options(encoding=encoding))


def test_recognise_separator_by_evenness_when_no_column_is_known() -> None:
    assert recognise_separator("a;b,c\n1;2\n3;4\n", COLUMNS) == ";"


def test_parse_table_of_one_column() -> None:
    assert [row.cells["code"] for row in parse_table(b"code\n1\n2\n", COLUMNS).rows] == ["1", "2"]


def test_parse_table_of_a_workbook() -> None:
    content = workbook(
        [
            ["Towns"],
            [],
            ["Kód", "Název", "obyv 2020"],
            [558044, "Merklín", 1176.0],
            [None, None, None],
            [2, "=1+1", "#REF!"],
        ]
    )
    table = parse_table(content, COLUMNS)
    assert (table.rows[0].number, dict(table.rows[0].cells)) == (
        4,
        {"code": "558044", "name": "Merklín", "inhabitants": "1176"},
    )
    assert [fault.column for fault in table.rows[1].faults] == ["name", "inhabitants"]
    assert (table.recognised.format, table.recognised.sheet, table.recognised.header_row) == ("XLSX", "Sheet", 3)
    assert dict(table.headers.years) == {"inhabitants": 2020}


def test_parse_table_takes_the_sheet_with_our_columns() -> None:
    book = new_workbook()
    book.active.append(["notes"])
    second = book.create_sheet("towns")
    second.append(["code", "name"])
    second.append([1, "Stod"])
    hidden = book.create_sheet("old")
    hidden.sheet_state = "hidden"
    hidden.append(["code", "name", "lat"])
    stream = BytesIO(packed(book))
    assert parse_table(stream.getvalue(), COLUMNS).recognised.sheet == "towns"
    assert parse_table(stream.getvalue(), COLUMNS, Options(sheet="towns")).rows[0].cells["name"] == "Stod"
    with pytest.raises(Problem, match="no such sheet"):
        parse_table(stream.getvalue(), COLUMNS, Options(sheet="old"))


def test_read_table_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="There is no file"):
        read_table(tmp_path / "none.csv", COLUMNS)


def test_read_table_that_is_too_large(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    with pytest.raises(Problem, match="larger than 30 MB"):
        read_table(path, COLUMNS)


@needs_samples
def test_read_table_unicode_text_of_a_spreadsheet() -> None:
    columns = (*COLUMNS, Column("okres"), Column("lon"))
    table = read_table(Path(SAMPLES) / "messy" / "derived_obce_utf16_tab_nbsp.txt", columns)
    assert len(table.rows) == 200
    assert table.recognised == Recognised("CSV", 1, encoding="UTF-16 with BOM", separator="tab")
    assert "\u00a0" in "".join(row.cells["inhabitants"] for row in table.rows)
    assert all(parse_number(row.cells["inhabitants"]) > 0 for row in table.rows)


@needs_samples
def test_read_table_old_workbook_without_our_columns() -> None:
    with pytest.raises(Problem, match=r"No header row was found\. Needed are: code\. The file begins with: Tab\. 34"):
        read_table(Path(SAMPLES) / "messy" / "csu_sldb2011_zvcr034.xls", COLUMNS)


@needs_samples
def test_read_table_old_workbook() -> None:
    columns = (Column("code", ("ČR, kraj, okres",), required=True), Column("inhabitants", ("obyvatelstvo celkem",)))
    table = read_table(Path(SAMPLES) / "messy" / "csu_sldb2011_zvcr034.xls", columns, Options(ignore_unknown=True))
    cells = {row.cells["code"]: row.cells["inhabitants"] for row in table.rows}
    assert (table.recognised.format, cells["Benešov"]) == ("XLS", "95459")
