"""Files of events through the import screen and by command."""

from __future__ import annotations

import csv
import os
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from region.domain.batches import undo_batch
from region.enums import BatchStatus
from region.models import User
from region.views.import_report import report_context
from reports.forms.events import EventValuesForm
from reports.models import EventLoad, EventMonth, EventRegister, EventSummary, InterventionEvent
from tests.factories.batches import at_once, counts, rejections, state_of, tried, written
from tests.factories.event_registers import register
from tests.factories.places import town
from tests.factories.roles import with_role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("county")]
SAMPLES = os.environ.get("SAFE_COUNTY_SAMPLES", "")
needs_samples = pytest.mark.skipif(not SAMPLES, reason="SAFE_COUNTY_SAMPLES names no folder with real files")
NOTE = "řidič Nerozluštil, 602 123 456"
TEXT = f"Datum a čas;Důvod;Poznámka\n1.7.2013 9:25;Vrak;{NOTE}\n31.2.2013;Vrak;\n2.7.2013 10:00;Odtah;\n"
TABLES = (InterventionEvent, EventMonth, EventSummary)


@pytest.fixture
def registrar() -> User:
    return with_role("camera_registrar")


@pytest.fixture
def tows() -> EventRegister:
    return register(key="tows")


def values(**told: Any) -> dict[str, Any]:
    known = {"register": "tows", "mode": "append", "doubled": "first", "skipped": "reject", "district": "point"}
    return {**known, **told}


def test_events_on_screen_are_tried_written_and_undone(registrar: User, tows: EventRegister) -> None:
    before = state_of(TABLES)
    batch = tried("events", TEXT.encode("cp1250"), values(), by=registrar)
    assert (batch.status, counts(batch)) == (BatchStatus.CHECKED, [2, 0, 0, 1])
    assert rejections(batch) == [(3, "Datum a čas", "There is no such day.")]
    assert state_of(TABLES) == before
    batch = written(batch)
    assert (batch.status, batch.error) == (BatchStatus.APPLIED, "")
    assert InterventionEvent.objects.count() == 2
    assert EventLoad.objects.get().by == registrar
    batch = undo_batch(batch=batch, by=registrar, later=at_once)
    assert (batch.status, batch.error) == (BatchStatus.UNDONE, "")
    assert state_of(TABLES) == before


def test_events_on_screen_keep_no_free_text(registrar: User, tows: EventRegister) -> None:
    written(tried("events", TEXT, values(), by=registrar))
    stored = repr(state_of((*TABLES, EventLoad)))
    assert InterventionEvent.objects.count() == 2
    assert all(word not in stored for word in ("Nerozluštil", "602 123 456", "602123456"))


def test_events_on_screen_that_changed_nothing_have_nothing_to_undo(registrar: User, tows: EventRegister) -> None:
    fine = TEXT.replace("31.2.2013;Vrak;\n", "")
    written(tried("events", fine, values(), by=registrar))
    again = written(tried("events", fine, values(), by=registrar))
    assert counts(again) == [0, 0, 2, 0]
    undone = undo_batch(batch=again, by=registrar, later=at_once)
    assert (undone.status, undone.error) == (
        BatchStatus.APPLIED,
        "This import changed nothing, so there is nothing to undo.",
    )
    assert InterventionEvent.objects.count() == 2


def test_events_on_screen_say_which_months_are_there(registrar: User, tows: EventRegister) -> None:
    written(tried("events", TEXT, values(), by=registrar))
    failed = tried("events", TEXT + "9.7.2013;Vrak;\n", values(), by=registrar)
    assert failed.status == BatchStatus.FAILED
    assert failed.error.startswith("These months are there already, with other rows: 2013-07.")


@needs_samples
def test_events_on_screen_from_a_real_register(registrar: User, tows: EventRegister) -> None:
    home = town(name="Teplice")
    EventRegister.objects.update(town=home)
    content = (Path(SAMPLES) / "interventions" / "teplice_odtahy.csv").read_bytes()
    batch = written(tried("events", content, values(), by=registrar))
    assert counts(batch) == [1052, 0, 0, 0]
    assert InterventionEvent.objects.filter(town=home).count() == 1052


def test_result_of_events_leads_to_their_spellings(client: Client, registrar: User, tows: EventRegister) -> None:
    batch = written(tried("events", TEXT, values(), by=registrar))
    client.force_login(registrar)
    address = f"/en/office/imports/{batch.pk}/"
    assert "/en/office/events/spellings/" in client.get(address).content.decode().partition("<main")[2]
    undo_batch(batch=batch, by=registrar, later=at_once)
    assert "/en/office/events/spellings/" not in client.get(address).content.decode().partition("<main")[2]


@pytest.mark.usefixtures("tows")
def test_months_are_told_in_words(registrar: User) -> None:
    batch = tried("events", TEXT, values(), by=registrar)
    assert [cells[1].text for cells in report_context(batch)["added_rows"]] == ["events: 2"]


def test_events_without_a_register_say_where_one_is_made() -> None:
    form = EventValuesForm(values(register=""))
    assert form.errors["register"] == ["Choose a register. A new one is made in the editors' screens, under Events."]


def run(path: Path, *options: str) -> str:
    told = StringIO()
    call_command("import_events", str(path), "--register", "tows", *options, stdout=told)
    return told.getvalue()


def test_import_events_by_command(tmp_path: Path, tows: EventRegister) -> None:
    path, rejected = tmp_path / "events.csv", tmp_path / "rejected.csv"
    path.write_text(TEXT, encoding="utf-8-sig")
    with pytest.raises(CommandError, match=r"This was a dry run\. Rows were rejected"):
        run(path)
    with pytest.raises(CommandError, match="Nothing was written"):
        run(path, "--apply")
    assert not InterventionEvent.objects.exists()
    told = run(path, "--apply", "--skip-rejected", "--rejected", str(rejected))
    assert "+ 2013-07: rows: 2" in told
    assert "Added 2, changed 0, unchanged 0, rejected 1." in told
    with rejected.open(encoding="utf-8-sig") as file:
        assert list(csv.reader(file, delimiter=";"))[1:] == [["3", "Datum a čas", "31.2.2013", "There is no such day."]]
    path.write_text("datum\n5.7.2013\n", encoding="utf-8")
    assert "Added 0, changed 1, unchanged 0, rejected 0." in run(path, "--apply", "--replace")


def test_import_events_takes_the_order_in_dates_with_slashes(tmp_path: Path, tows: EventRegister) -> None:
    path = tmp_path / "events.csv"
    path.write_text("datum\n3/4/2024\n", encoding="utf-8")
    assert "+ 2024-03: rows: 1" in run(path, "--apply", "--slashes", "month")


def test_import_events_names_the_registers_that_there_are(tmp_path: Path, tows: EventRegister) -> None:
    with pytest.raises(CommandError, match=r"There is no register odd\. There are: tows\."):
        call_command("import_events", str(tmp_path / "a.csv"), "--register", "odd")


def test_rebuild_event_counts_by_command(tmp_path: Path, tows: EventRegister) -> None:
    path = tmp_path / "events.csv"
    path.write_text("datum\n5.7.2013\n", encoding="utf-8")
    run(path, "--apply")
    EventSummary.objects.update(rows=77)
    told = StringIO()
    call_command("rebuild_event_counts", "tows", stdout=told)
    assert (told.getvalue(), EventSummary.objects.get().rows) == ("tows: 1\n", 1)
    call_command("rebuild_event_counts", stdout=told)
    with pytest.raises(CommandError, match="There is no register odd"):
        call_command("rebuild_event_counts", "odd")
