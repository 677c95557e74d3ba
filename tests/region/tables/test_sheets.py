from __future__ import annotations

import tracemalloc
import zipfile
from datetime import date, datetime, time
from io import BytesIO

import pytest

from region.messages import Problem
from region.tables import sheets, xlsx
from region.tables.sheets import open_sheets
from region.tables.values import value_text
from tests.factories.workbooks import libraries, workbook


def archive(**files: bytes) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        for name, content in files.items():
            packed.writestr(name.replace("__", "/"), content)
    return stream.getvalue()


def read(content: bytes) -> list[tuple[str, list[tuple[int, list[str]]]]]:
    """Sheets of a workbook with their rows."""
    with open_sheets(BytesIO(content)) as (_kind, found):
        return [(sheet.title, list(sheet.rows())) for sheet in found]


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
    assert read(workbook([[1, "=A1+1", date(2010, 7, 1)]])) == [("Sheet", [(1, ["1", "=A1+1", "2010-07-01"])])]


def test_read_xlsx_other_archive() -> None:
    with pytest.raises(Problem, match="not an XLSX workbook"):
        read(archive(**{"word__document.xml": b"<w/>"}))


def test_read_xlsx_broken_inside() -> None:
    with pytest.raises(Problem, match="damaged"):
        read(archive(**{"xl__workbook.xml": b"<w/>"}))


def test_read_xlsx_that_unpacks_to_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "_MOST_UNPACKED", 3)
    with pytest.raises(Problem, match="too large when unpacked"):
        read(archive(**{"xl__workbook.xml": b"<w/>"}))


def test_read_xlsx_with_too_many_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "TALLEST", 2)
    with pytest.raises(Problem, match="more than 2 rows"):
        read(workbook([[0], [1], [2]]))


def test_read_xlsx_with_a_broken_sheet() -> None:
    stream = BytesIO(workbook([[1]]))
    broken = BytesIO()
    with zipfile.ZipFile(stream) as whole, zipfile.ZipFile(broken, "w") as copy:
        for entry in whole.infolist():
            content = whole.read(entry)
            copy.writestr(entry, b"<worksheet><sheetData><row" if "sheet1" in entry.filename else content)
    with pytest.raises(Problem, match="damaged"):
        read(broken.getvalue())


def test_read_xls_that_is_none() -> None:
    with pytest.raises(Problem, match="damaged or protected"):
        read(b"\xd0\xcf\x11\xe0" + b"\x00" * 600)


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


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def packed_sheet(rows: str, *, texts: str = "", styles: str = "", book: str = "") -> bytes:
    """A workbook with one sheet, whose parts are given as they stand in the file (``x:`` is a prefix of the format)."""
    kinds = {
        "/xl/workbook.xml": "sheet.main",
        "/xl/worksheets/sheet1.xml": "worksheet",
        "/xl/sharedStrings.xml": "sharedStrings",
        "/xl/styles.xml": "styles",
    }
    overrides = "".join(
        f'<Override PartName="{name}" ContentType="{KIND}.{kind}+xml"/>' for name, kind in kinds.items()
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">{overrides}</Types>',
        "xl/workbook.xml": (
            f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}">{book}'
            '<sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="{PACKAGE}/relationships">'
            f'<Relationship Id="r1" Type="{LINKS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
        ),
        "xl/worksheets/sheet1.xml": (
            f'<worksheet xmlns="{MAIN}" xmlns:x="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
        ),
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{texts}</sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>',
    }
    return archive(**{name.replace("/", "__"): text.encode() for name, text in parts.items()})


@pytest.mark.parametrize(
    ("rows", "texts"),
    [
        ('<row><c t="s"><v>0</v></c></row>', ["Dlouhá ulice"]),
        ('<row><c t="inlineStr"><is><r><t>Sto</t></r><r><t>d</t></r><rPh sb="0" eb="1"><t>x</t></rPh></is></c></row>',
         ["Stod"]),
        ('<row><c t="str"><f>A1</f><v></v></c><c t="n"/><c t="str"><f>B1</f><v>xA</v></c></row>', ["", "", "xA"]),
        ('<row><c><f t="shared" si="0"/></c><c t="b"><v>1</v></c><c t="e"><v>#REF!</v></c></row>',
         ["=?", "true", "#REF!"]),
        ('<row><c s="1"><v>40360</v></c><c s="0"><v>1.5E1</v></c><c s="1"><v>1e12</v></c></row>',
         ["2010-07-01", "15", "#VALUE!"]),
        ('<row><c t="d"><v>2010-07-01T00:00:00</v></c></row>', ["2010-07-01"]),
        ('<x:row r="1"><x:c r="C1"><x:v>7</x:v></x:c></x:row>', ["", "", "7"]),
        ('<row><c r="A1"><v>1</v></c><c r="ZZ1"><v>2</v></c></row>', ["1"]),
    ],
)  # fmt: skip
def test_read_xlsx_cells_as_programs_write_them(rows: str, texts: list[str]) -> None:
    known = '<si><r><t>Dlouhá </t></r><r><t>ulice</t></r><rPh sb="0" eb="1"><t>Dlóhá</t></rPh></si>'
    styles = '<numFmts><numFmt numFmtId="164" formatCode="d\\. m\\. yyyy"/></numFmts>'
    styles += (
        '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs>'
    )
    assert read(packed_sheet(rows, texts=known, styles=styles)) == [("A", [(1, texts)])]


def test_read_xlsx_days_counted_from_1904() -> None:
    content = packed_sheet(
        '<row r="3"><c s="0"><v>38898</v></c></row><row/>',
        styles='<cellXfs><xf numFmtId="14"/></cellXfs>',
        book='<workbookPr date1904="1"/>',
    )
    assert read(content) == [("A", [(1, []), (2, []), (3, ["2010-07-01"]), (4, [])])]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ('<row><c t="s"><v>9</v></c></row>', "damaged"),
        ('<row><c><v>many</v></c></row>', "damaged"),
        ('<row><c r="7"><v>1</v></c></row>', "damaged"),
        ('<row r="200001"/>', "more than 200000 rows"),
        (f'<row><c t="inlineStr"><is><t>{"x" * 1_000_001}</t></is></c></row>', "damaged"),
        ("<row>" + "<c/>" * 250_001 + "</row>", "damaged"),
        ("<row/>" + "<!-- -->" * 125_001, "damaged"),
    ],
)  # fmt: skip
def test_read_xlsx_that_no_program_writes(rows: str, words: str) -> None:
    with pytest.raises(Problem, match=words):
        read(packed_sheet(rows))


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"])
def test_read_xlsx_refuses_declared_document_types(part: str) -> None:
    whole, forged = BytesIO(packed_sheet("<row/>")), BytesIO()
    with zipfile.ZipFile(whole) as archive_, zipfile.ZipFile(forged, "w") as copy:
        for entry in archive_.infolist():
            kind = (
                b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>' if entry.filename == part else b""
            )
            copy.writestr(entry.filename, kind + archive_.read(entry))
    with pytest.raises(Problem, match="damaged"):
        read(forged.getvalue())


@pytest.mark.parametrize(("limit", "value"), [("_MOST_TEXTS", 2), ("_MOST_TEXT_BYTES", 20)])
def test_read_xlsx_with_too_many_texts(limit: str, value: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, limit, value)
    with pytest.raises(Problem, match="too large when unpacked"):
        read(packed_sheet("<row/>", texts="<si/>" * 3))


def test_read_xlsx_finds_formulas_and_rows_wherever_pieces_end(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = "<x:row><x:c><x:f>A1</x:f></x:c></x:row>"
    for size in range(50, 90):
        monkeypatch.setattr(xlsx, "_PIECE", size)
        monkeypatch.setattr(xlsx, "_LONGEST_ROW", 300)
        assert read(packed_sheet(rows)) == [("A", [(1, ["=A1"])])]
        with pytest.raises(Problem, match="damaged"):
            read(packed_sheet(rows + "<x:c/>" * 50))


def test_read_xlsx_holds_one_row() -> None:
    content = packed_sheet("<row><c><v>1</v></c></row>" * 20_000)
    tracemalloc.start()
    try:
        with open_sheets(BytesIO(content)) as (_kind, found):
            assert sum(1 for _row in found[0].rows()) == 20_000
        assert tracemalloc.get_traced_memory()[1] < 4_000_000
    finally:
        tracemalloc.stop()
