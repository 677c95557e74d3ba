from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from io import StringIO
from typing import Any
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied
from django.db import OperationalError

from region.domain.address_index import rebuild
from region.domain.batches import (
    apply_batch,
    check_batch,
    correct_batch,
    drop_batch,
    look_at_batch,
    reading_of,
    start_again,
    undo_batch,
)
from region.domain.documents import FileRefused, open_document
from region.importers import importer_of
from region.messages import Problem
from region.models import (
    Address,
    AddressWord,
    AuditEvent,
    ImportBatch,
    Officer,
    OfficerAssignment,
    PrivateDocument,
    RegionProfile,
    Street,
    StreetWord,
    Town,
    WordVariant,
)
from region.tables.reading import Options
from tests.factories.batches import applied, at_once, checked, state_of, uploaded, worked_on
from tests.factories.people import assignment, officer
from tests.factories.places import district, street, town
from tests.factories.roles import with_role

pytestmark = pytest.mark.django_db
TOWNS = "kód;název;telefon\n1;Stod;377 1\n2;Planá;377 2\n3;;377 3\n"
INDEX = (AddressWord, WordVariant)


@pytest.fixture(autouse=True)
def _region(county: RegionProfile) -> None:
    """Every test has a county."""


def counts(batch: ImportBatch) -> list[int]:
    return [batch.report[f"{name}_count"] for name in ("added", "changed", "unchanged", "rejected")]


def words() -> list[tuple[str, str]]:
    return sorted(StreetWord.objects.values_list("word", "street__name"))


def test_what_is_confirmed_is_what_was_shown_not_what_a_colleague_tried_meanwhile() -> None:
    shown = checked("towns", "kód;název\n1;Stod\n2;Planá\n")
    town(code="1", name="Stod")
    colleague = ImportBatch.objects.get(pk=shown.pk)
    check_batch(batch=colleague, by=shown.created_by, later=at_once)
    with pytest.raises(Problem, match="Somebody was faster"):
        apply_batch(batch=shown, skip_rejected=False, by=shown.created_by, later=at_once)
    assert Town.objects.values_list("code", flat=True).get() == "1"
    shown.refresh_from_db()
    assert apply_batch(batch=shown, skip_rejected=False, by=shown.created_by, later=at_once).status == "applied"


def test_batch_of_towns_from_upload_to_undo() -> None:
    town(code="1", name="Stod", phone="1", email="")
    before = state_of([Town])
    batch = checked("towns", TOWNS)
    assert (batch.status, counts(batch), state_of([Town])) == ("checked", [1, 1, 0, 1], before)
    assert batch.report["changed"][0]["after"] == {"phone": "377 1"}
    with pytest.raises(Problem, match="Rows were rejected"):
        apply_batch(batch=batch, skip_rejected=False, by=batch.created_by, later=at_once)
    batch = apply_batch(batch=batch, skip_rejected=True, by=batch.created_by, later=at_once)
    assert (batch.status, batch.report["rows"], Town.objects.get(code="1").phone) == ("applied", 2, "377 1")
    other = with_role("administrator")
    batch = undo_batch(batch=batch, by=other, later=at_once)
    assert (batch.status, batch.undone_by, state_of([Town])) == ("undone", other, before)
    actions = AuditEvent.objects.exclude(action__startswith="privatedocument").values_list("action", flat=True)
    assert sorted(actions) == [
        "import.applied",
        "import.undone",
        "import.uploaded",
        "town.imported",
        "town.imported",
        "town.undone",
        "town.undone",
    ]
    with pytest.raises(Problem, match="already elsewhere"):
        undo_batch(batch=batch, by=other, later=at_once)


def test_rejected_rows_can_be_corrected_and_uploaded_again() -> None:
    batch = checked("towns", "kód;název;web;telefon\n1;Stod;=1+1;+420 377\n2;;;'@x\n3;Planá;;1\n4;Tachov\n")
    assert batch.rejected_file is not None
    assert batch.rejected_file.name == "table-rejected.csv"
    with open_document(document=batch.rejected_file) as stored:
        text = stored.read().decode("utf-8-sig")
    rows = list(csv.reader(StringIO(text), delimiter=";"))
    assert rows == [
        ["kód", "název", "web", "telefon", "row of the file", "what is wrong"],
        [
            "1", "Stod", "'=1+1", "+420 377", "2",
            "web: This is a formula without a result. Open the file in a spreadsheet program and save it again.",
        ],
        ["2", "", "", "'@x", "3", "název: This field cannot be blank."],
    ]  # fmt: skip
    mended = text.replace("'=1+1", "example.org").replace("2;;", "2;Kladruby;").replace("'@x", "")
    again = checked("towns", mended, name=batch.rejected_file.name)
    assert counts(again) == [2, 0, 0, 0]
    apply_batch(batch=again, skip_rejected=False, by=again.created_by, later=at_once)
    assert Town.objects.get(code="1").phone == "+420 377"


@pytest.mark.parametrize("last_day", ["2025-12-31", ""])
def test_undo_of_people_restores_the_exact_state(last_day: str) -> None:
    place = district(town=town(code="558044"), code="1").town
    stays = officer(code="P1", name="Jan Novák", phone="1")
    assignment(officer=stays, town=place, since=date(2020, 1, 1))
    assignment(officer=officer(code="P3"), town=place, since=date(2021, 1, 1))
    tables = (Officer, OfficerAssignment)
    before = state_of(tables)
    text = (
        "kód;jméno;funkce;obec;okrsek;od;telefon;hodiny\n"
        "P1;Jan Novák;policista;558044;;2020-01-01;974 1;po 8-10\n"
        "P2;Eva Malá;strážník;558044;1;2024-02-01;974 2;\n"
    )
    batch = uploaded("people", text)
    correct_batch(batch=batch, reading=reading_of(batch), values={"end_missing": last_day}, by=batch.created_by)
    check_batch(batch=batch, by=batch.created_by, later=at_once)
    batch = apply_batch(batch=batch_of(batch), skip_rejected=False, by=batch.created_by, later=at_once)
    assert (batch.status, counts(batch)) == ("applied", [2, 2, 1, 0] if last_day else [2, 1, 1, 0])
    assert state_of(tables) != before
    assert undo_batch(batch=batch, by=batch.created_by, later=at_once).status == "undone"
    assert state_of(tables) == before


def batch_of(batch: ImportBatch) -> ImportBatch:
    batch.refresh_from_db()
    return batch


def test_undo_of_addresses_restores_the_exact_state_and_the_index() -> None:
    street(place="Stod", name="Dlouhá", houses={"1": (13.1, 49.6), "2": (13.2, 49.6)})
    street(place="Stod", name="Zaniklá", houses={"1": (13.3, 49.6)})
    street(place="Planá", name="Jiná", houses={"1": (13.3, 49.6)})
    rebuild()
    tables = (Street, Address)
    before, index, found = state_of(tables), [sorted(model.objects.values_list("pk")) for model in INDEX[:1]], words()
    batch = uploaded("addresses", "obec;ulice;číslo;lat;lon\nStod;Dlouhá;1;49,61;13,1\nStod;Nová;7;49,6;13,1\n")
    correct_batch(batch=batch, reading=reading_of(batch), values={"remove_missing": "on"}, by=batch.created_by)
    check_batch(batch=batch, by=batch.created_by, later=at_once)
    batch = apply_batch(batch=batch_of(batch), skip_rejected=False, by=batch.created_by, later=at_once)
    assert (batch.status, counts(batch), batch.report["rows"]) == ("applied", [1, 1, 0, 0], 7)
    assert sorted(Street.objects.values_list("name", flat=True)) == ["Dlouhá", "Jiná", "Nová"]
    assert undo_batch(batch=batch, by=batch.created_by, later=at_once).status == "undone"
    assert state_of(tables) == before
    assert ([sorted(model.objects.values_list("pk")) for model in INDEX[:1]], words()) == (index, found)


def test_undo_is_refused_when_a_row_was_changed_since() -> None:
    batch = applied("towns", TOWNS)
    Town.objects.filter(code="1").update(phone="999")
    Town.objects.filter(code="2").delete()
    state = state_of([Town])
    batch = undo_batch(batch=batch, by=batch.created_by, later=at_once)
    assert (batch.status, sorted(batch.report["conflicts"])) == (
        "applied",
        ["town 1 Stod: phone of the town hall", "town 2 Planá: removed"],
    )
    assert batch.error == "Rows that this import wrote have been changed since, so it cannot be undone as a whole."
    assert state_of([Town]) == state


def test_undo_is_refused_when_something_new_needs_a_row() -> None:
    batch = applied("towns", TOWNS)
    assignment(town=Town.objects.get(code="1"))
    batch = undo_batch(batch=batch, by=batch.created_by, later=at_once)
    assert (batch.status, len(batch.report["conflicts"]), Town.objects.filter(code="1").count()) == ("applied", 1, 1)


def test_undo_is_refused_when_a_removed_row_stands_again() -> None:
    street(place="Stod", name="Zaniklá", houses={"1": (13.3, 49.6)})
    rebuild()
    batch = uploaded("addresses", "obec;ulice;číslo;lat;lon\nStod;Nová;7;49,6;13,1\n")
    correct_batch(batch=batch, reading=reading_of(batch), values={"remove_missing": "on"}, by=batch.created_by)
    check_batch(batch=batch, by=batch.created_by, later=at_once)
    batch = apply_batch(batch=batch_of(batch), skip_rejected=False, by=batch.created_by, later=at_once)
    street(place="Stod", name="Zaniklá")
    batch = undo_batch(batch=batch, by=batch.created_by, later=at_once)
    assert (batch.status, batch.error[:42]) == ("applied", "Undoing would make something stand twice, ")
    assert Street.objects.filter(name="Nová").count() == 1


def test_apply_is_refused_when_the_registers_changed_since_the_dry_run() -> None:
    batch = checked("towns", TOWNS)
    town(code="1", name="Stod", phone="377 1")
    batch = apply_batch(batch=batch, skip_rejected=True, by=batch.created_by, later=at_once)
    assert (batch.status, counts(batch), Town.objects.count()) == ("checked", [1, 0, 1, 1], 1)
    assert batch.error.startswith("The registers have changed since the dry run")
    batch = apply_batch(batch=batch, skip_rejected=True, by=batch.created_by, later=at_once)
    assert (batch.status, Town.objects.count(), batch.error) == ("applied", 2, "")


def test_corrected_columns_are_kept_and_read_again() -> None:
    batch = uploaded("towns", "Seznam obcí\nx;y;z\n1;Stod;377\n")
    look = look_at_batch(batch)
    assert look.missing == ("code",)
    reading = Options(header_row=2, places={"code": 0, "name": 1, "phone": 2})
    batch = correct_batch(batch=batch, reading=reading, values={}, by=batch.created_by)
    assert [(column.heading, column.name) for column in look_at_batch(batch).columns] == [
        ("x", "code"),
        ("y", "name"),
        ("z", "phone"),
    ]
    batch = check_batch(batch=batch, by=batch.created_by, later=at_once)
    assert (batch.status, counts(batch)) == ("checked", [1, 0, 0, 0])


def test_what_cannot_be_read_is_said_and_can_be_corrected() -> None:
    batch = checked("towns", "x;y\n1;Stod\n")
    assert (batch.status, batch.error[:26]) == ("failed", "No header row was found. N")
    batch = correct_batch(
        batch=batch,
        reading=Options(header_row=1, places={"code": 0, "name": 1}),
        values={"year": "x"},
        by=batch.created_by,
    )
    batch = check_batch(batch=batch, by=batch.created_by, later=at_once)
    assert (batch.status, batch.error[:45]) == ("failed", "What was said for the whole file cannot be re")


def test_a_long_batch_waits_for_its_worker_and_bears_being_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[UUID] = []
    batch = uploaded("towns", "kód;název\n" + "".join(f"{number};Obec {number}\n" for number in range(2_001)))
    by = batch.created_by
    batch = check_batch(batch=batch, by=by, later=told.append)
    assert (batch.status, told) == ("checking", [batch.pk])
    batch = worked_on(batch)
    assert (batch.status, counts(batch)) == ("checked", [2001, 0, 0, 0])
    batch = apply_batch(batch=batch, skip_rejected=False, by=by, later=told.append)

    def dies(*_arguments: Any) -> None:
        raise OperationalError("gone")

    with monkeypatch.context() as patch:
        patch.setattr("region.domain.batch_work._finish", dies)
        with pytest.raises(OperationalError):
            worked_on(batch)
    assert (ImportBatch.objects.get().status, Town.objects.count()) == ("applying", 0)
    start_again(batch=batch, by=by, later=told.append)
    worked_on(batch)
    assert (worked_on(batch).status, Town.objects.count(), len(told)) == ("applied", 2001, 3)
    assert AuditEvent.objects.filter(action="import.applied").count() == 1


def test_an_unforeseen_fault_is_told_and_nothing_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    def dies(*_arguments: Any) -> None:
        raise ZeroDivisionError

    batch = checked("towns", TOWNS)
    monkeypatch.setattr("region.domain.batch_work.write_journal", dies)
    batch = apply_batch(batch=batch, skip_rejected=True, by=batch.created_by, later=at_once)
    assert (batch.status, batch.error) == (
        "failed",
        "Something went wrong that nobody foresaw. Nothing was written.",
    )
    assert not Town.objects.exists()


def test_drop_removes_the_files_of_an_unfinished_batch() -> None:
    batch = drop_batch(batch=checked("towns", TOWNS), by=with_role("coordinator"))
    kept = PrivateDocument.objects.filter(removed_at=None)
    assert (batch.status, PrivateDocument.objects.count(), kept.count()) == ("dropped", 2, 0)
    with pytest.raises(Problem, match="already elsewhere"):
        drop_batch(batch=batch, by=batch.created_by)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("table.csv", b"", "The file is empty"),
        ("table.csv", b"<!doctype html><html>", "web page"),
        ("table.pdf", b"%PDF-1.4", "This kind of file is not taken here"),
        ("table.xlsx", b"code;name", "not what its name says"),
        ("table.csv", b"x" * 30_000_001, "at most 30 MB"),
    ],
)
def test_upload_refuses_what_is_no_table(name: str, content: bytes, words: str) -> None:
    with pytest.raises(FileRefused, match=words):
        uploaded("towns", content, name=name)
    assert not ImportBatch.objects.exists()


def test_only_people_with_the_right_import() -> None:
    batch = checked("towns", TOWNS)
    auditor = with_role("auditor")
    steps: list[Callable[[], object]] = [
        lambda: uploaded("towns", TOWNS, by=auditor),
        lambda: correct_batch(batch=batch, reading=Options(), values={}, by=auditor),
        lambda: check_batch(batch=batch, by=auditor, later=at_once),
        lambda: apply_batch(batch=batch, skip_rejected=True, by=auditor, later=at_once),
        lambda: undo_batch(batch=batch, by=auditor, later=at_once),
        lambda: drop_batch(batch=batch, by=auditor),
        lambda: start_again(batch=batch, by=auditor, later=at_once),
    ]
    for step in steps:
        with pytest.raises(PermissionDenied):
            step()


def test_importer_of_a_key_that_nobody_registered() -> None:
    with pytest.raises(Problem, match="can no longer be imported"):
        importer_of("nothing")
    with pytest.raises(Problem, match="can no longer be imported"):
        uploaded("nothing", TOWNS)
