from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from region.domain.imports import ImportReport
from region.domain.users import system_user
from region.messages import Problem
from region.models import AuditEvent
from reports.domain.events_sorting import sort_spellings
from reports.domain.events_summaries import ask_recount, rebuild_summaries, recount, refresh_summaries
from reports.domain.events_undoing import KEPT, forget_exchanged, undo_load
from reports.enums.events import LoadMode, LoadState
from reports.models import (
    Correction,
    EventLabel,
    EventLoad,
    EventMonth,
    EventRegister,
    EventSummary,
    InterventionEvent,
)
from tests.factories.event_registers import HEADER, category, loaded, register, two_districts, written
from tests.factories.roles import with_role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("county")]
JULY = "1.7.2013 9:25;Vrak;13,45;49,75\n31. 7. 2013 23:59;vrak ;13,55;49,75\n"
AUGUST = "2013-08-01 00:00;Odtah;;\n"


def state(into: EventRegister) -> tuple[object, ...]:
    """Everything that readers could see of a register."""
    events = InterventionEvent.objects.filter(month__register=into, month__is_current=True)
    names = ("moment", "label__spelling", "town", "district", "lon", "lat", "key")
    summaries = EventSummary.objects.filter(register=into).values_list("month", "town", "district", "category", "rows")
    months = EventMonth.objects.filter(register=into, is_current=True).values_list("month", "rows", "fingerprint")
    return sorted(map(repr, events.values_list(*names))), sorted(map(repr, summaries)), sorted(map(repr, months))


def undone(report: ImportReport) -> int:
    return undo_load(load_id=UUID(report.kept), by=system_user())


def test_undo_load_leaves_nothing_of_new_months(tmp_path: Path) -> None:
    two_districts()
    into = register()
    loaded(written(tmp_path, HEADER + JULY), into)
    before = state(into)
    report = loaded(written(tmp_path, HEADER + AUGUST, name="august.csv"), into)
    assert undone(report) == 1
    assert state(into) == before
    assert InterventionEvent.objects.count() == 2
    load = EventLoad.objects.get(pk=report.kept)
    assert (load.state, load.undone_at is not None) == (LoadState.UNDONE, True)
    event = AuditEvent.objects.get(action="events.undone")
    assert (event.target_id, event.after["rows"]) == (str(into.pk), 1)


def test_undo_load_brings_back_what_was_exchanged(tmp_path: Path) -> None:
    into = register()
    loaded(written(tmp_path, HEADER + JULY + AUGUST), into)
    before = state(into)
    report = loaded(written(tmp_path, HEADER + "5.7.2013;jiný;;\n"), into, mode=LoadMode.REPLACE)
    assert state(into) != before
    assert undone(report) == 1
    assert state(into) == before


def test_undo_load_twice_is_refused(tmp_path: Path) -> None:
    report = loaded(written(tmp_path, HEADER + JULY), register())
    undone(report)
    with pytest.raises(Problem, match="undone already"):
        undone(report)


def test_undo_load_is_refused_after_a_later_exchange(tmp_path: Path) -> None:
    into = register()
    first = loaded(written(tmp_path, HEADER + JULY), into)
    loaded(written(tmp_path, HEADER + "5.7.2013;jiný;;\n"), into, mode=LoadMode.REPLACE)
    with pytest.raises(Problem, match=r"exchanged some of these months \(2013-07\)"):
        undone(first)
    assert InterventionEvent.objects.count() == 3


def test_undo_load_of_published_months_is_a_correction(tmp_path: Path) -> None:
    into = register(is_published=True)
    first = loaded(written(tmp_path, HEADER + JULY), into)
    second = loaded(written(tmp_path, HEADER + "5.7.2013;a;;\n"), into, mode=LoadMode.REPLACE, reason="Doubled rows.")
    undone(second)
    undone(first)
    told = [(one.before["value"], one.after["value"], one.reason) for one in Correction.objects.order_by("at")]
    assert told == [
        ("2", "1", "Doubled rows."),
        ("1", "2", "The import was undone."),
        ("2", None, "The import was undone."),
    ]


def test_undo_load_needs_the_right(tmp_path: Path) -> None:
    report = loaded(written(tmp_path, HEADER + JULY), register())
    with pytest.raises(PermissionDenied):
        undo_load(load_id=UUID(report.kept), by=with_role("coordinator"))


def test_forget_exchanged_deletes_what_nobody_may_undo_any_more(tmp_path: Path) -> None:
    into = register()
    loaded(written(tmp_path, HEADER + JULY), into)
    loaded(written(tmp_path, HEADER + "5.7.2013;jiný;;\n"), into, mode=LoadMode.REPLACE)
    before, now = state(into), timezone.now()
    assert forget_exchanged(now=now + KEPT - timedelta(days=1)) == 0
    assert InterventionEvent.objects.count() == 3
    assert forget_exchanged(now=now + KEPT + timedelta(days=1)) == 1
    assert InterventionEvent.objects.count() == 1
    assert state(into) == before


def test_refresh_summaries_counts_only_the_months_named(tmp_path: Path) -> None:
    into = register()
    loaded(written(tmp_path, HEADER + JULY + AUGUST), into)
    EventSummary.objects.update(rows=77)
    refresh_summaries(register=into, months=[date(2013, 7, 1)])
    assert list(EventSummary.objects.order_by("month").values_list("month", "year", "rows")) == [
        (date(2013, 7, 1), 2013, 2),
        (date(2013, 8, 1), 2013, 77),
    ]


def test_rebuild_summaries_takes_away_what_has_no_month(tmp_path: Path) -> None:
    into = register()
    loaded(written(tmp_path, HEADER + JULY), into)
    EventSummary.objects.create(register=into, month=date(2000, 1, 1), year=2000, rows=5)
    told: list[tuple[int, int]] = []
    assert rebuild_summaries(register=into, progress=lambda done, total: told.append((done, total))) == 1
    assert list(EventSummary.objects.values_list("rows", flat=True)) == [2]
    assert told == [(1, 1)]


def test_sort_spellings_asks_for_a_recount_once(tmp_path: Path) -> None:
    into, kind, by = register(), category("wreck"), with_role("analyst")
    loaded(written(tmp_path, HEADER + JULY + AUGUST), into)
    asked: list[UUID] = []
    keys = list(EventLabel.objects.values_list("pk", flat=True))
    assert sort_spellings(register=into, keys=keys, category=kind, by=by, later=asked.append) == 2
    assert sort_spellings(register=into, keys=keys, category=kind, by=by, later=asked.append) == 0
    assert asked == [into.pk]
    recount(register_id=into.pk)
    assert set(EventSummary.objects.values_list("category__key", flat=True)) == {"wreck"}
    assert sort_spellings(register=into, keys=keys[:1], category=None, by=by, later=asked.append) == 1
    with pytest.raises(PermissionDenied):
        sort_spellings(register=into, keys=keys, category=kind, by=with_role("auditor"), later=asked.append)


def test_recount_does_nothing_unless_it_was_asked(tmp_path: Path) -> None:
    into = register()
    loaded(written(tmp_path, HEADER + JULY), into)
    EventSummary.objects.update(rows=77)
    recount(register_id=into.pk)
    assert EventSummary.objects.get().rows == 77
    ask_recount(register=into)
    recount(register_id=into.pk)
    assert EventSummary.objects.get().rows == 2
    into.refresh_from_db()
    assert (into.recount_asked_at, into.recount_done) == (None, 1)
