"""Files that nobody should send and somebody will: each is refused or reported in words, and writes nothing."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from region.domain.batches import apply_batch
from region.domain.documents import FileRefused
from region.messages import Problem
from region.models import ImportBatch, RegionProfile, Town
from tests.factories.batches import at_once, checked, uploaded
from tests.factories.roles import with_role
from tests.factories.workbooks import workbook

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _region(county: RegionProfile) -> None:
    """Every test has a county."""


def exchanged(part: str, content: bytes) -> bytes:
    """A workbook with one part exchanged, packed as well as can be."""
    whole, changed = BytesIO(workbook([["kód", "název"], [1, "Stod"]])), BytesIO()
    with zipfile.ZipFile(whole) as archive, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as copy:
        for entry in archive.infolist():
            copy.writestr(entry.filename, content if entry.filename == part else archive.read(entry))
    return changed.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [("t.csv", "kód;název\n".encode("cp1250")), ("t.csv", "kód\n".encode()), ("t.xlsx", workbook([["kód", "název"]]))],
)
def test_header_and_nothing_below(name: str, content: bytes) -> None:
    batch = checked("towns", content, name=name)
    assert (batch.status, batch.error) == ("failed", "The table has a header row and nothing below it.")


def test_one_column_that_says_too_little() -> None:
    batch = checked("towns", "kód\n1\n2\n")
    assert [(row["row"], row["column"], row["reason"]) for row in batch.report["rejected"]] == [
        (2, "name", "This field cannot be blank."),
        (3, "name", "This field cannot be blank."),
    ]
    with pytest.raises(Problem, match="Rows were rejected"):
        apply_batch(batch=batch, skip_rejected=False, by=batch.created_by, later=at_once)


def test_one_column_that_is_none_of_ours() -> None:
    batch = checked("towns", "poznámka\nx\n")
    assert (batch.status, batch.error[:38]) == ("failed", "No header row was found. Needed are: c")


def test_decimal_commas_of_an_office() -> None:
    content = "kód;název;lat;lon\n1;Žihle;50,0466;13,3735\n2;Plzeň – Křimice;49,75;13,31\n".encode("cp1250")
    batch = checked("towns", content)
    apply_batch(batch=batch, skip_rejected=False, by=batch.created_by, later=at_once)
    assert list(Town.objects.order_by("code").values_list("name", "lat", "lon")) == [
        ("Žihle", 50.0466, 13.3735),
        ("Plzeň – Křimice", 49.75, 13.31),
    ]


def test_decimal_commas_where_commas_separate() -> None:
    batch = checked("towns", "kód,název,lat,lon\n1,Stod,49,5,13,3\n2,Planá,49.8,12.7\n")
    assert (batch.report["added_count"], batch.report["rejected"][0]["reason"][:33]) == (
        1,
        "The row has more cells than the h",
    )


def test_formulas_are_never_taken_for_values() -> None:
    rows: list[list[Any]] = [["kód", "název"], [1, '=HYPERLINK("http://example.org")'], [2, "Planá"], ["=A2+2", "Stod"]]
    batch = checked("towns", workbook(rows), name="t.xlsx")
    assert [(row["row"], row["column"]) for row in batch.report["rejected"]] == [(2, "název"), (4, "kód")]
    batch = checked("towns", 'kód;název\n1;=cmd|" /C calc"!A0\n2;Planá\n')
    assert [(row["row"], row["column"]) for row in batch.report["rejected"]] == [(2, "název")]


def test_workbook_that_unpacks_to_a_hundred_times_its_size() -> None:
    bomb = exchanged("xl/worksheets/sheet1.xml", b"<worksheet><sheetData>" + b" " * 120_000_000)
    with pytest.raises(FileRefused):
        uploaded("towns", bomb, name="t.xlsx")
    assert not ImportBatch.objects.exists()


def test_workbook_whose_entities_multiply() -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha"}">' for n in range(10))
    sheet = f'<?xml version="1.0"?><!DOCTYPE x [{entities}]><worksheet><sheetData><row><c t="str"><v>&e9;</v></c></row>'
    with pytest.raises(Problem, match="damaged"):
        uploaded("towns", exchanged("xl/worksheets/sheet1.xml", sheet.encode()), name="t.xlsx")
    assert not ImportBatch.objects.exists()


def test_workbook_of_one_endless_row() -> None:
    row = b"<worksheet><sheetData><row>" + b"<c><v>1</v></c>" * 400_000 + b"</row></sheetData></worksheet>"
    with pytest.raises(Problem, match="damaged"):
        uploaded("towns", exchanged("xl/worksheets/sheet1.xml", row), name="t.xlsx")
    assert not ImportBatch.objects.exists()


def test_upload_of_fifty_megabytes(client: Any) -> None:
    client.force_login(with_role("coordinator"))
    file = SimpleUploadedFile("t.csv", b"1;Stod;377\n" * 4_600_000)
    answer = client.post("/en/office/imports/new/", {"importer": "towns", "file": file, "form_key": "x"})
    assert (answer.status_code, b"at most 30 MB are taken" in answer.content) == (422, True)
    assert not ImportBatch.objects.exists()
