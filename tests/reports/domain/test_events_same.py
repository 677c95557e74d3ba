"""When a file says the same as before and when it does not: each fact of a row counts, their order does not."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from region.domain.users import system_user
from region.messages import Problem
from reports.domain import events_summaries
from reports.domain.events_reading import EventTable
from reports.domain.events_summaries import ask_recount, recount
from reports.domain.events_undoing import undo_load
from reports.enums.events import LoadMode
from reports.models import Correction, EventRegister, EventSummary, InterventionEvent
from tests.factories.event_registers import SKIP, loaded, register, two_districts, written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("county")]
HEADER = "key;datum;druh;lon;lat\n"
FIRST, SECOND = "1;1.7.2013 9:25;Vrak;13,45;49,75\n", "2;2.7.2013 10:00;Odtah;13,55;49,75\n"


def again(folder: Path, before: str, after: str) -> tuple[int, int]:
    """Rows of changed and of unchanged months when the one file follows the other."""
    two_districts()
    into = register()
    loaded(written(folder, HEADER + before), into)
    report = loaded(written(folder, HEADER + after, name="again.csv"), into, mode=LoadMode.REPLACE)
    return report.changed_count, report.unchanged_count


@pytest.mark.parametrize(
    "other",
    [
        "7;1.7.2013 9:25;Vrak;13,45;49,75\n",
        "1;1.7.2013 9:26;Vrak;13,45;49,75\n",
        "1;1.7.2013 9:25;Odtah;13,45;49,75\n",
        "1;1.7.2013 9:25;Vrak;13,46;49,75\n",
        "1;1.7.2013 9:25;Vrak;13,45;49,76\n",
        "1;1.7.2013 9:25;Vrak;;\n",
        ";1.7.2013 9:25;Vrak;13,45;49,75\n",
    ],
)
def test_one_other_fact_of_one_row_is_a_change(tmp_path: Path, other: str) -> None:
    assert again(tmp_path, FIRST + SECOND, other + SECOND) == (2, 0)


def test_the_order_of_rows_is_no_change(tmp_path: Path) -> None:
    assert again(tmp_path, FIRST + SECOND, SECOND + FIRST) == (0, 2)


@pytest.mark.parametrize("rows_at_once", [1, 1_000])
def test_one_row_twice_is_not_another_row_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows_at_once: int
) -> None:
    monkeypatch.setattr(EventTable.pieces, "__defaults__", (rows_at_once,))
    assert again(tmp_path, FIRST * 2, SECOND * 2) == (2, 0)


def test_a_file_of_more_days_than_it_is_said_to_cover_is_refused(tmp_path: Path) -> None:
    path, into = written(tmp_path, HEADER + FIRST + SECOND), register()
    for since, until in ((date(2013, 7, 2), date(2013, 7, 31)), (date(2013, 7, 1), date(2013, 7, 1))):
        with pytest.raises(Problem, match="more than the days"):
            loaded(path, into, since=since, until=until)
    assert not InterventionEvent.objects.exists()
    assert loaded(path, into, since=date(2013, 7, 1), until=date(2013, 7, 2)).added_count == 2


def test_undoing_a_part_of_a_month_corrects_nothing(tmp_path: Path) -> None:
    into = register(is_published=True)
    report = loaded(written(tmp_path, HEADER + FIRST), into, since=date(2013, 7, 1), until=date(2013, 7, 9))
    undo_load(load_id=UUID(report.kept), by=system_user())
    assert not Correction.objects.exists()


def test_times_that_exist_twice_are_told_of_rows_that_are_taken(tmp_path: Path) -> None:
    taken, refused = "1;27.10.2013 2:30;Vrak;;\n", f"{'9' * 90};27.10.2013 2:30;Vrak;;\n"
    report = loaded(written(tmp_path, HEADER + taken + refused), register(), run=SKIP)
    notes = " ".join(map(str, report.notes))
    assert "exist twice: 1 (rows 2)" in notes


def test_a_recount_that_is_asked_for_meanwhile_stays_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    into = register()
    loaded(written(tmp_path, HEADER + FIRST), into)
    ask_recount(register=into)
    count = events_summaries.refresh_summaries

    def sorted_meanwhile(**asked: Any) -> int:
        ask_recount(register=into)
        return count(**asked)

    monkeypatch.setattr(events_summaries, "refresh_summaries", sorted_meanwhile)
    recount(register_id=into.pk)
    assert EventRegister.objects.get().recount_asked_at is not None
    monkeypatch.undo()
    recount(register_id=into.pk)
    assert EventRegister.objects.get().recount_asked_at is None
    assert EventSummary.objects.get().rows == 1
