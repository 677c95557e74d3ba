from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone

from region.domain.batches import check_batch
from region.models import ImportBatch, RegionProfile, SentForm, Town, User
from region.office import Place, card_sources
from region.progress import Teller
from region.queries.batches import has_task
from region.scanning import Verdict
from region.tasks import work_later
from tests.conftest import QueryCounter
from tests.factories.batches import applied, at_once, checked, uploaded
from tests.factories.places import town
from tests.factories.roles import with_role
from tests.factories.workbooks import workbook

pytestmark = pytest.mark.django_db
HOME = "/en/office/imports/"
TOWNS = "kód;název;telefon\n1;Stod;377 1\n2;Planá;377 2\n3;;377 3\n"


@pytest.fixture(autouse=True)
def _region(county: RegionProfile) -> None:
    """Every test has a county."""


@pytest.fixture
def coordinator(db: None) -> User:
    """Who imports."""
    return with_role("coordinator")


@pytest.fixture
def office(client: Client, coordinator: User) -> Client:
    """The browser of a signed-in coordinator."""
    client.force_login(coordinator)
    return client


def send(client: Client, content: bytes, name: str = "table.csv", importer: str = "towns") -> Any:
    data = {"importer": importer, "file": SimpleUploadedFile(name, content), "form_key": str(uuid4())}
    return client.post(f"{HOME}new/", data)


def address(batch: ImportBatch, page: str = "") -> str:
    return f"{HOME}{batch.pk}/{page}"


def test_file_is_scanned_and_read_before_anything_is_locked(office: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    begun = []

    def seen(*_given: object, **_named: object) -> Verdict:
        begun.append(SentForm.objects.exists())
        return Verdict()

    monkeypatch.setattr("region.domain.documents.scan", seen)
    monkeypatch.setattr(settings, "CLAMD_SOCKET", "127.0.0.1:1")
    key = {"form_key": str(uuid4())}
    data = {"importer": "towns", "file": SimpleUploadedFile("table.csv", TOWNS.encode()), **key}
    first = office.post(f"{HOME}new/", data)
    again = office.post(f"{HOME}new/", {**data, "file": SimpleUploadedFile("table.csv", TOWNS.encode())})
    assert (begun, again["Location"]) == ([False, True], first["Location"])
    assert ImportBatch.objects.get().file.scan == "clean"


def file_status(client: Client, document_id: Any) -> int:
    answer = client.get(f"/en/files/{document_id}/")
    if answer.streaming:  # read to its end it closes itself, and leaves the test's connection open
        list(answer)
    return answer.status_code


def text_of(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_import_from_upload_to_undo(office: Client) -> None:
    assert "Import a file" in text_of(office.get(f"{HOME}new/"))
    answer = send(office, TOWNS.encode("cp1250"))
    batch = ImportBatch.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, address(batch, "columns/"))
    page = text_of(office.get(address(batch), follow=True))
    assert '<option value="cp1250" selected>cp1250</option>' in page
    assert '<option value=";" selected>semicolon</option>' in page
    columns = {"encoding": "cp1250", "separator": ";", "header_row": "1", "do": "check"}
    columns |= {"column-0": "code", "column-1": "name", "column-2": "phone"}
    answer = office.post(address(batch, "columns/"), columns, follow=True)
    assert answer.redirect_chain[-1][0] == address(batch, "check/")
    page = text_of(answer)
    assert "What would change" in page
    assert "phone of the town hall: 377 1" in page
    assert "This field cannot be blank." in page
    assert "table-rejected.csv" in page
    assert "left out" in text_of(office.get(address(batch, "confirm/")))
    answer = office.post(address(batch, "confirm/"))
    assert (answer.status_code, Town.objects.count()) == (422, 0)
    answer = office.post(address(batch, "confirm/"), {"skip_rejected": "on"}, follow=True)
    assert (answer.redirect_chain[-1][0], Town.objects.count()) == (address(batch), 2)
    assert "The registers hold this file since" in text_of(answer)
    assert "exactly as they were before" in text_of(office.get(address(batch, "undo/")))
    answer = office.post(address(batch, "undo/"), follow=True)
    assert "undid this import" in text_of(answer)
    assert Town.objects.count() == 0
    answer = office.post(address(batch, "undo/"), follow=True)
    assert "this import is already elsewhere" in text_of(answer)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("table.csv", b"", "The file is empty. Choose another one."),
        ("table.csv", b"<!doctype html><p>", "The file contains a web page or a script"),
        ("table.pdf", b"%PDF-1.4", "This kind of file is not taken here. Taken are: CSV, TXT, XLSX, XLS."),
        ("table.xlsx", b"PK\x03\x04nothing", "The file is damaged."),
        ("table.csv", b"\n\n\n", "The file is empty."),
    ],
)
def test_upload_says_at_the_field_what_is_wrong(office: Client, name: str, content: bytes, words: str) -> None:
    answer = send(office, content, name)
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert 'aria-invalid="true"' in text_of(answer)
    assert not ImportBatch.objects.exists()


def test_upload_without_anything_says_so(office: Client) -> None:
    answer = office.post(f"{HOME}new/", {"form_key": str(uuid4())})
    assert answer.status_code == 422
    assert "Choose what the file holds." in text_of(answer)
    assert "Choose a file." in text_of(answer)


def test_upload_sent_twice_makes_one_import(office: Client) -> None:
    data = {"importer": "towns", "form_key": str(uuid4())}
    answers = [office.post(f"{HOME}new/", {**data, "file": SimpleUploadedFile("t.csv", b"a;b\n1;2\n")}) for _ in "12"]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert ImportBatch.objects.count() == 1


def test_addresses_are_taken_from_text_files_only(office: Client) -> None:
    answer = send(office, workbook([["obec", "číslo"]]), "a.xlsx", "addresses")
    assert "Taken are: CSV, TXT." in text_of(answer)


def test_columns_are_corrected_by_choice(office: Client, coordinator: User) -> None:
    batch = uploaded("towns", "x;y;z\n1;Stod;377\n", by=coordinator)
    page = text_of(office.get(address(batch, "columns/")))
    assert "A column that the file must have was not found" in page
    assert "register code. Choose below" in page
    basics = {"encoding": "utf-8", "separator": ";", "header_row": "1"}
    answer = office.post(address(batch, "columns/"), {**basics, "column-1": "name", "do": "check"})
    assert answer.status_code == 422
    assert "No column was chosen for “register code”." in text_of(answer)
    answer = office.post(address(batch, "columns/"), {**basics, "column-1": "name", "column-0": "name", "do": "check"})
    assert "“name” was chosen twice." in text_of(answer)
    answer = office.post(
        address(batch, "columns/"), {**basics, "column-0": "code", "column-1": "name", "do": "read"}, follow=True
    )
    assert "The file was read again." in text_of(answer)
    assert '<option value="code" selected>register code</option>' in text_of(answer)
    answer = office.post(address(batch, "columns/"), {**basics, "column-0": "code", "column-1": "name", "do": "check"})
    batch.refresh_from_db()
    assert (batch.status, batch.report["added_count"]) == ("checked", 1)


def test_another_separator_or_header_row_is_read_anew(office: Client, coordinator: User) -> None:
    batch = uploaded("towns", "Seznam;obcí\nkód,název\n1,Stod\n", by=coordinator)
    data = {"encoding": "utf-8", "separator": ";", "header_row": "2", "column-0": "code", "do": "check"}
    page = text_of(office.post(address(batch, "columns/"), data, follow=True))
    assert "kód,název" in page
    batch.refresh_from_db()
    assert (batch.status, batch.options["reading"]["separator"]) == ("uploaded", ";")


def test_an_encoding_that_does_not_fit_is_refused_and_not_kept(office: Client, coordinator: User) -> None:
    batch = uploaded("towns", TOWNS, by=coordinator)
    data = {"encoding": "utf-16", "separator": ";", "header_row": "1", "do": "read"}
    page = text_of(office.post(address(batch, "columns/"), data, follow=True))
    assert "The file cannot be read in the encoding utf-16." in page
    assert '<option value="utf-8" selected>UTF-8</option>' in page


def test_sheet_and_what_holds_for_the_whole_file(office: Client, coordinator: User) -> None:
    batch = uploaded(
        "towns", workbook([["kód", "název", "obyvatel"], [1, "Stod", 3578]]), name="t.xlsx", by=coordinator
    )
    data = {"header_row": "1", "column-0": "code", "column-1": "name", "column-2": "inhabitants", "do": "check"}
    answer = office.post(address(batch, "columns/"), {**data, "year": "twenty"})
    assert (answer.status_code, "Enter a whole number." in text_of(answer)) == (422, True)
    office.post(address(batch, "columns/"), {**data, "year": "2025", "source": "ČSÚ"})
    batch.refresh_from_db()
    assert (batch.status, batch.report["rejected_count"], batch.options["values"]["source"]) == ("checked", 0, "ČSÚ")


def test_confirming_another_dry_run_than_the_one_shown_leads_back_to_it(office: Client, coordinator: User) -> None:
    batch = checked("towns", "kód;název\n1;Stod\n", by=coordinator)
    shown = str(office.get(address(batch, "confirm/")).context["shown"])
    town(code="1", name="Stod")
    check_batch(batch=batch, by=coordinator, later=at_once)
    answer = office.post(address(batch, "confirm/"), {"shown": shown}, follow=True)
    assert answer.redirect_chain[-1][0] == address(batch, "check/")
    assert "Another dry run was made meanwhile." in text_of(answer)
    batch.refresh_from_db()
    assert batch.status == "checked"


def test_a_file_that_cannot_be_read_any_more_can_only_be_given_up(office: Client, coordinator: User) -> None:
    batch = uploaded("towns", TOWNS, by=coordinator)
    batch.options = {"reading": {"encoding": "utf-16"}}
    batch.save()
    answer = office.get(address(batch, "columns/"))
    assert answer.status_code == 422
    assert "The file cannot be read" in text_of(answer)
    assert "Nothing was written." in text_of(office.get(address(batch, "drop/")))
    assert "Given up" in text_of(office.post(address(batch, "drop/"), follow=True))
    assert office.get(address(batch, "drop/"))["Location"] == address(batch)


def tell(batch: ImportBatch, done: int, total: int) -> None:
    """Progress as a worker tells it: beside the transaction, where a test on PostgreSQL has no committed row."""
    if connection.vendor == "sqlite":
        Teller(batch.pk)(done, total)
    ImportBatch.objects.filter(pk=batch.pk).update(done=done, rows=total)


def test_progress_of_a_long_import(office: Client, coordinator: User) -> None:
    rows = "".join(f"{number};Obec {number}\n" for number in range(2_001))
    batch = uploaded("towns", f"kód;název\n{rows}", by=coordinator)
    data = {"encoding": "utf-8", "separator": ";", "header_row": "1", "column-0": "code", "column-1": "name"}
    ImportBatch.objects.filter(pk=batch.pk).update(status="checking")
    page = text_of(office.get(address(batch), follow=True))
    assert "Trying the file out" in page
    assert "See how far it is" in page
    assert "The work begins as soon as a worker is free." in page
    assert "Nobody works on this import any more." in page
    tell(batch, 500, 2001)
    fragment = office.get(address(batch, "progress/"), headers={"HX-Request": "true"})
    assert "500 of 2,001" in text_of(fragment)
    assert "<html" not in text_of(fragment)
    answer = office.post(address(batch, "progress/"))
    batch.refresh_from_db()
    assert (answer["Location"], batch.status) == (address(batch), "checked")
    done = office.get(address(batch, "progress/"), headers={"HX-Request": "true"})
    assert (done.status_code, done["HX-Redirect"]) == (200, address(batch))
    assert office.get(address(batch, "progress/"))["Location"] == address(batch)
    assert data["header_row"] == "1"


@pytest.mark.parametrize("status", ["applying", "undoing"])
def test_progress_says_what_is_done(office: Client, coordinator: User, status: str) -> None:
    batch = uploaded("towns", TOWNS, by=coordinator)
    ImportBatch.objects.filter(pk=batch.pk).update(status=status)
    words = {"applying": "Writing into the registers", "undoing": "Undoing the import"}[status]
    assert words in text_of(office.get(address(batch, "progress/")))


def test_pages_of_other_steps_lead_to_where_the_import_stands(office: Client, coordinator: User) -> None:
    batch = uploaded("towns", TOWNS, by=coordinator)
    for page in ("check/", "confirm/", "undo/"):
        assert office.get(address(batch, page))["Location"] == address(batch)
    done = applied("towns", TOWNS, by=coordinator)
    for page in ("columns/", "check/", "confirm/", "drop/"):
        assert office.get(address(done, page))["Location"] == address(done)


def test_undo_that_is_refused_names_what_stands_in_the_way(office: Client, coordinator: User) -> None:
    batch = applied("towns", TOWNS, by=coordinator)
    Town.objects.filter(code="1").update(phone="999")
    page = text_of(office.post(address(batch, "undo/"), follow=True))
    assert "These stand in the way of undoing" in page
    assert "town 1 Stod: phone of the town hall" in page


def test_who_only_looks_sees_and_changes_nothing(client: Client) -> None:
    batch = checked("towns", TOWNS)
    client.force_login(with_role("auditor"))
    assert client.get(HOME).status_code == 200
    page = text_of(client.get(address(batch, "check/")))
    assert "Continue to the confirmation" not in page
    assert client.get(f"{HOME}new/").status_code == 403
    for path in ("columns/", "confirm/", "progress/", "undo/", "drop/"):
        data = {"skip_rejected": "on", "encoding": "utf-8", "separator": ";", "header_row": "1", "column-0": "code"}
        assert client.post(address(batch, path), data).status_code == 403
    batch.refresh_from_db()
    assert batch.status == "checked"
    assert file_status(client, batch.rejected_file_id) == 200


def test_who_may_not_look_is_refused(client: Client) -> None:
    batch = applied("towns", TOWNS)
    assert client.get(HOME).status_code == 302
    client.force_login(with_role("editor"))
    assert client.get(HOME).status_code == 403
    assert client.get(address(batch)).status_code == 403
    assert file_status(client, batch.file_id) == 404


def test_what_undoing_needs_is_for_nobody(office: Client, coordinator: User) -> None:
    batch = applied("towns", TOWNS, by=coordinator)
    assert file_status(office, batch.journal_id) == 404
    assert file_status(office, batch.file_id) == 200
    assert office.get(f"{HOME}{uuid4()}/").status_code == 404


def test_list_of_imports_needs_the_same_queries_for_more_rows(
    office: Client, coordinator: User, count_queries: QueryCounter
) -> None:
    made = []
    office.get(HOME)
    for number in (1, 2):
        for _ in range(number):
            town()
            checked("towns", TOWNS, by=coordinator)
        with count_queries() as queries:
            page = text_of(office.get(HOME))
        made.append(len(queries))
    assert made[0] == made[1]
    assert "table.csv" in page
    assert "to confirm" in page or "checked" in page
    assert "Import a file" in page
    assert "table.csv" in text_of(office.get(f"{HOME}?importer=towns&status=checked"))


def test_card_reminds_of_an_import_that_waits(coordinator: User) -> None:
    batch = checked("towns", TOWNS, by=coordinator)
    now = timezone.now()
    cards = [card for source in card_sources(Place.OFFICE) for card in source(coordinator, now)]
    assert [card.url for card in cards if card.detail == "table.csv"] == [f"/en/office/imports/{batch.pk}/check/"]
    others = [card for source in card_sources(Place.OFFICE) for card in source(with_role("auditor"), now)]
    assert not [card for card in others if "/imports/" in card.url]


def test_task_of_an_import(coordinator: User, settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    batch = uploaded("towns", TOWNS, by=coordinator)
    assert not has_task(batch)
    work_later(batch.pk)
    assert has_task(batch)
