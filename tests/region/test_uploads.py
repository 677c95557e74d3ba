from __future__ import annotations

import io
import zipfile
import zlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from region import uploads
from region.messages import Problem
from region.uploads import MEGABYTE, TYPES, Limits, check_file, clean_name, without_macros

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n"
JPG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + bytes(60)
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(60)
WEBP = b"RIFF\x24\x00\x00\x00WEBPVP8 " + bytes(60)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
EVERYTHING = Limits(kinds=tuple(TYPES))


def packed(*names: str, **written: bytes) -> bytes:
    """A zip with the named parts (with a letter in each) and those given with their bytes."""
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**dict.fromkeys(names, b"x"), **written}.items():
            archive.writestr(name, content)
    return memory.getvalue()


def office(part: str, *more: str) -> bytes:
    return packed("[Content_Types].xml", part, *more)


def open_document(kind: bytes) -> bytes:
    return packed("content.xml", mimetype=b"application/vnd.oasis.opendocument." + kind)


DOCX, XLSX = office("word/document.xml"), office("xl/workbook.xml")
ODT, ODS = open_document(b"text"), open_document(b"spreadsheet")
GPKG = b"SQLite format 3\x00" + bytes(100)
CP1250 = "Příjmení;Obec\nŽižka;Přeštice\n".encode("cp1250")


def checked(content: bytes, name: str, limits: Limits = EVERYTHING, size: int | None = None) -> str:
    file = io.BytesIO(content)
    found = check_file(file, name=name, size=len(content) if size is None else size, limits=limits)
    assert file.tell() == 0
    return found


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("smlouva.pdf", PDF),
        ("SMLOUVA.PDF", PDF),
        ("foto.jpg", JPG),
        ("foto.jpeg", JPG),
        ("mapa.png", PNG),
        ("mapa.webp", WEBP),
        ("dopis.docx", DOCX),
        ("obce.xlsx", XLSX),
        ("dopis.odt", ODT),
        ("obce.ods", ODS),
        ("obce.xls", OLE),
        ("obce.csv", CP1250),
        ("obce.csv", "Obec;Kód\n".encode("utf-16")),
        ("obce.csv", "\ufeffObec;Kód\n".encode()),
        ("poznamka.txt", b"1 < 2"),
        ("okrsky.geojson", b'{"type": "FeatureCollection"}'),
        ("okrsky.json", b"[]"),
        ("okrsky.zip", packed("okrsky.shp", "okrsky.dbf")),
        ("okrsky.gpkg", GPKG),
    ],
)
def test_file_that_is_what_it_says_is_taken(name: str, content: bytes) -> None:
    extension = name.lower().rsplit(".", 1)[1].replace("jpeg", "jpg")
    assert checked(content, name) == TYPES[extension]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("smlouva.pdf", JPG),
        ("foto.jpg", PDF),
        ("foto.png", JPG),
        ("dopis.docx", XLSX),
        ("obce.xlsx", DOCX),
        ("obce.xlsx", ODS),
        ("obce.ods", ODT),
        ("obce.xlsx", OLE),
        ("obce.xlsx", packed("a.txt")),
        ("obce.xlsx", office("ppt/presentation.xml")),
        ("obce.zip", DOCX),
        ("obce.odt", packed("content.xml", mimetype=b"application/epub+zip")),
        ("obce.csv", PDF),
        ("obce.csv", b"\x00\x01\x02\x03"),
        ("obce.csv", b"\x7fELF" + bytes(60)),
        ("film.pdf", b"\x00\x00\x00\x18ftypmp42" + bytes(60)),
        ("clean.pdf", b"text"),
    ],
)
def test_file_that_is_something_else_is_refused(name: str, content: bytes) -> None:
    with pytest.raises(Problem, match="is not what its name says"):
        checked(content, name)


@pytest.mark.parametrize(
    "name", ["page.html", "picture.svg", "data.xml", "macro.docm", "macro.xlsm", "run.exe", "bare", ""]
)
def test_kinds_that_are_not_taken_are_named(name: str) -> None:
    with pytest.raises(Problem, match="Taken are: PDF, JPG"):
        checked(PDF, name, Limits(kinds=("pdf", "jpg")))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", b"<html><body>x"),
        ("a.csv", b"name\n<ScRiPt>alert(1)</script>"),
        ("a.txt", b'  <?xml version="1.0"?><svg/>'),
        ("a.txt", b"<svg xmlns=''/>"),
        ("a.pdf", PDF + b"<script>alert(1)</script>"),
        ("a.pdf", b"%PDF-1.4\n<html>" + bytes(50)),
        ("a.jpg", JPG + b"<?php echo 1;"),
        ("a.jpg", JPG + bytes(20_000) + b"< iframe src=x>"),
        ("a.txt", "<script>alert(1)</script>".encode("utf-16")),
        ("a.csv", ("a;b\n" * 4000 + "<script>").encode("utf-16-be").join([b"\xfe\xff", b""])),
    ],
)
def test_pages_and_scripts_are_refused_wherever_they_hide(name: str, content: bytes) -> None:
    with pytest.raises(Problem, match="contains a web page or a script"):
        checked(content, name)


@pytest.mark.parametrize(("name", "content"), [("a.pdf", PDF), ("a.jpg", JPG), ("a.csv", CP1250)])
def test_archive_behind_another_format_is_refused(name: str, content: bytes) -> None:
    with pytest.raises(Problem, match="hides an archive"):
        checked(content + packed("evil.class"), name)


def test_archive_that_unpacks_too_well_is_refused() -> None:
    bomb = packed("[Content_Types].xml", **{"xl/workbook.xml": bytes(101 * MEGABYTE)})
    with pytest.raises(Problem, match="unpack to something too large"):
        checked(bomb, "bomb.xlsx")


@pytest.mark.parametrize(("limit", "value"), [("_MOST_UNPACKED", 10), ("_MOST_PARTS", 1)])
def test_archive_with_too_much_in_it_is_refused(limit: str, value: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, limit, value)
    with pytest.raises(Problem, match="unpack to something too large"):
        checked(packed(*(f"part{number}" for number in range(11))), "many.zip")


def test_workbook_of_an_ordinary_kind_is_no_bomb() -> None:
    well_packed = packed("[Content_Types].xml", **{"xl/workbook.xml": bytes(60 * MEGABYTE)})
    assert checked(well_packed, "big.xlsx") == TYPES["xlsx"]


@pytest.mark.parametrize("part", ["word/vbaProject.bin", "xl/VBAPROJECT.BIN"])
def test_macros_are_refused(part: str) -> None:
    with pytest.raises(Problem, match="contains macros"):
        checked(office("word/document.xml", part), "dopis.docx")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (
            "dopis.docx",
            packed("word/document.xml", **{"[Content_Types].xml": b"<Override ContentType='a.vbaProject'/>"}),
        ),
        ("obce.xlsx", packed("xl/workbook.xml", **{"[Content_Types].xml": b"sheet.macroEnabled.main+xml"})),
        ("obce.ods", packed("Basic/Standard/Module1.xml", mimetype=b"application/vnd.oasis.opendocument.spreadsheet")),
        ("obce.ods", packed("Scripts/python/a.py", mimetype=b"application/vnd.oasis.opendocument.spreadsheet")),
        ("obce.xls", OLE + bytes(MEGABYTE - len(OLE) - 5) + "_VBA_PROJECT_CUR".encode("utf-16-le")),
    ],
    ids=["by type", "by kind", "basic", "script", "old"],
)
def test_macros_under_another_name_are_refused(name: str, content: bytes) -> None:
    with pytest.raises(Problem, match="contains macros"):
        checked(content, name)


def test_macros_of_an_old_workbook_are_taken_out_where_that_is_wanted() -> None:
    folder = "_VBA_PROJECT".encode("utf-16-le")
    content = OLE + bytes(2000) + folder + "_CUR".encode("utf-16-le") + bytes(50) + folder + bytes(2000)
    limits = Limits(("xls",), drops_macros=True)
    assert check_file(io.BytesIO(content), name="t.xls", size=len(content), limits=limits) == TYPES["xls"]
    kept = without_macros(content)
    assert (len(kept), folder in kept) == (len(content), False)
    assert check_file(io.BytesIO(kept), name="t.xls", size=len(kept), limits=Limits(("xls",))) == TYPES["xls"]


def test_list_of_no_macros_is_none() -> None:
    mimetype = b"application/vnd.oasis.opendocument.spreadsheet"
    assert checked(packed("Basic/script-lc.xml", "Basic/Standard/script-lb.xml", mimetype=mimetype), "obce.ods")


def test_locked_archive_is_refused() -> None:
    content = bytearray(packed("okrsky.shp"))
    content[content.rindex(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(Problem, match="locked by a password"):
        checked(bytes(content), "okrsky.zip")


# A part whose packed bytes make no sense.
SENSELESS = ODT.replace(zlib.compress(b"application/vnd.oasis.opendocument.text", 6)[2:-4], b"\xff" * 41)


@pytest.mark.parametrize(
    "content", [DOCX[:60], b"PK\x03\x04" + bytes(100), SENSELESS], ids=["cut off", "only a mark", "senseless"]
)
def test_damaged_archive_is_refused(content: bytes) -> None:
    with pytest.raises(Problem, match="damaged"):
        checked(content, "dopis.docx")


def test_empty_and_too_large_files_are_refused_before_anything_is_read() -> None:
    with pytest.raises(Problem, match="empty"):
        checked(b"", "a.pdf")
    with pytest.raises(Problem, match="has 51 MB; at most 20 MB are taken"):
        checked(b"", "a.pdf", size=50 * MEGABYTE + 1)


@pytest.mark.parametrize(
    ("given_name", "cleaned"),
    [
        ("smlouva.pdf", "smlouva.pdf"),
        ("C:\\Users\\Jana\\Smlouva o dílo.PDF", "Smlouva o dílo.pdf"),
        ("../../etc/passwd", "passwd"),
        ("..", "file"),
        ("", "file"),
        (".htaccess", "htaccess"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie- x.pdf"),
        ("fdp\u202efdp.exe", "fdpfdp.exe"),
        ("a\u061cb\u00adc\ud800\u2066.pdf", "abc.pdf"),
        ('a"b;c.pdf', "a-b-c.pdf"),
        ("a  b .pdf", "a b.pdf"),
        ("e\u0301.pdf", "\u00e9.pdf"),
        ("x" * 200 + ".docx", "x" * 115 + ".docx"),
        ("x" * 200, "x" * 120),
    ],
)
def test_name_is_cleaned(given_name: str, cleaned: str) -> None:
    assert clean_name(given_name) == cleaned


@given(st.text(max_size=300))
def test_any_name_becomes_a_harmless_one(name: str) -> None:
    cleaned = clean_name(name)
    assert 0 < len(cleaned) <= 120
    assert not set(cleaned) & set('\\/:*?"<>|;\r\n\x00')
    assert cleaned not in {".", ".."}


@given(st.binary(max_size=300), st.sampled_from(["a.pdf", "a.xlsx", "a.csv", "a.zip", "a.jpg"]))
def test_any_bytes_are_taken_or_refused_in_words(content: bytes, name: str) -> None:
    try:
        kind: Any = checked(content, name)
    except Problem as problem:
        kind = str(problem)
    assert kind


def test_limits_speak_to_browsers_and_people() -> None:
    limits = Limits(kinds=("pdf", "jpg"))
    assert (limits.accept, limits.words) == (".pdf,.jpg,.jpeg", "PDF, JPG")
    assert Limits(kinds=("csv",)).accept == ".csv"
