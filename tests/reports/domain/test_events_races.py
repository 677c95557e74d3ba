"""Two people who load the same month at the same moment: PostgreSQL, where both really run at once."""

from __future__ import annotations

from pathlib import Path
from threading import Event

import pytest
from django.db import connection

from region.domain.imports import ImportReport
from region.domain.users import system_user
from region.messages import Problem
from region.models import RegionProfile
from reports.domain.events_summaries import rebuild_summaries
from reports.enums.events import LoadMode
from reports.models import EventLoad, EventMonth, EventSummary, InterventionEvent
from tests.factories.event_registers import loaded, register, written
from tests.factories.profiles import czech_county
from tests.races import race

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer"),
]


def files(folder: Path) -> list[Path]:
    """The same month with different rows."""
    return [written(folder, "datum\n" + "1.7.2013\n" * count, name=f"{count}.csv") for count in (2, 3)]


def test_appending_the_same_month_twice_at_once_is_refused_once(tmp_path: Path) -> None:
    czech_county()
    system_user()
    into, paths = register(), files(tmp_path)
    results = race(lambda number: loaded(paths[number], into), threads=2)
    refused = [one for one in results if isinstance(one, Exception)]
    assert len(refused) == 1
    assert isinstance(refused[0], Problem)
    assert "2013-07" in str(refused[0])
    report = next(one for one in results if isinstance(one, ImportReport))
    _is_one_load(report.added_count)


def test_exchanging_the_same_month_twice_at_once_keeps_the_last(tmp_path: Path) -> None:
    czech_county()
    system_user()
    into, paths = register(), files(tmp_path)
    results = race(lambda number: loaded(paths[number], into, mode=LoadMode.REPLACE), threads=2)
    assert sorted((one.added_count, one.changed_count) for one in results if isinstance(one, ImportReport)) in (
        [(0, 2), (3, 0)],
        [(0, 3), (2, 0)],
    )
    assert (EventLoad.objects.count(), RegionProfile.objects.count()) == (2, 1)
    month = EventMonth.objects.get(is_current=True)
    _is_one_load(month.rows)


def _is_one_load(rows: int) -> None:
    """One month is in use, and all counts tell of its rows."""
    month = EventMonth.objects.get(is_current=True)
    assert (month.rows, EventSummary.objects.get().rows) == (rows, rows)
    assert InterventionEvent.objects.filter(month=month).count() == rows


def test_counting_anew_while_a_month_is_exchanged_counts_no_row_twice(tmp_path: Path) -> None:
    czech_county()
    system_user()
    into = register()
    months = "".join(f"1.{number % 12 + 1}.{2013 + number // 12}\n" for number in range(48))
    loaded(written(tmp_path, "datum\n" + months), into)
    path = written(tmp_path, "datum\n" + months + months, name="twice.csv")

    is_loaded = Event()

    def act(number: int) -> None:
        if not number:
            try:
                loaded(path, into, mode=LoadMode.REPLACE)
            finally:
                is_loaded.set()
        while not is_loaded.is_set():
            rebuild_summaries(register=into)

    results = race(act, threads=2)
    assert not [one for one in results if isinstance(one, Exception)]
    assert set(EventSummary.objects.values_list("rows", flat=True)) == {2}
    assert EventSummary.objects.count() == 48
