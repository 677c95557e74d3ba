from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import OperationalError
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from region.domain import queue
from region.domain.queue import (
    LEASE,
    LEASE_OF_LIVING,
    RETRY_AFTER,
    dismiss_worker,
    forget_old_tasks,
    next_attempt,
    retry_failed_tasks,
    retryable,
    return_lost_tasks,
    return_tasks_of,
    run_again,
    set_aside,
    settle,
    show_worker,
)
from region.models import AuditEvent, Heartbeat, TaskNote
from region.processes import own_name
from tests.factories.roles import with_role

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)

pytestmark = pytest.mark.django_db
Row = DBTaskResult[..., Any]


@task()
def plain() -> None:
    """Do nothing."""


@retryable
@task()
def bearing() -> None:
    """Do nothing, and bear being run again."""


def new_task(*, status: str = "RUNNING", age: timedelta = timedelta(), workers: int = 1, **fields: Any) -> Row:
    known: dict[str, Any] = {
        "status": status,
        "started_at": NOW - age,
        "finished_at": NOW - age if status in ("FAILED", "SUCCESSFUL") else None,
        "args_kwargs": {"args": [], "kwargs": {}},
        "task_path": "wagtail.tasks.update_reference_index_task",
        "worker_ids": [f"worker {number}" for number in range(workers)],
        "backend_name": "default",
        "run_after": NOW - age,
    }
    return DBTaskResult.objects.create(**{**known, **fields})


def failed(path: str, *, workers: int = 1, age: timedelta = timedelta(), **fields: Any) -> Row:
    return new_task(status="FAILED", workers=workers, age=age, task_path=f"{__name__}.{path}", **fields)


def state(row: Row) -> tuple[str, datetime | None]:
    row.refresh_from_db()
    return row.status, row.started_at


@pytest.fixture
def ticking() -> None:
    """The minute tick showed itself a minute ago."""
    Heartbeat.objects.create(name=queue.TICK, at=NOW - timedelta(minutes=1))


def test_task_of_a_silent_worker_returns_to_the_queue_once(ticking: None) -> None:
    row = new_task(age=LEASE + SECOND)
    assert [return_lost_tasks(now=NOW) for _ in range(2)] == [1, 0]
    assert state(row) == ("READY", None)


@pytest.mark.parametrize(("status", "age"), [("RUNNING", LEASE), ("SUCCESSFUL", 2 * LEASE), ("FAILED", 2 * LEASE)])
def test_task_in_time_or_finished_stays(status: str, age: timedelta, ticking: None) -> None:
    row = new_task(status=status, age=age)
    assert return_lost_tasks(now=NOW) == 0
    assert state(row) == (status, NOW - age)


def test_long_task_stays_while_its_worker_shows_itself(ticking: None) -> None:
    row = new_task(age=timedelta(hours=2))
    show_worker(name="worker 0", now=NOW - LEASE)
    assert return_lost_tasks(now=NOW) == 0
    assert return_lost_tasks(now=NOW + SECOND) == 1
    assert state(row)[0] == "READY"


def test_workers_get_time_to_show_themselves_when_the_tick_was_away() -> None:
    new_task(age=timedelta(hours=2))
    assert return_lost_tasks(now=NOW) == 0
    Heartbeat.objects.create(name=queue.TICK, at=NOW - queue.LONGEST_GAP - SECOND)
    assert return_lost_tasks(now=NOW) == 0


def test_task_without_a_worker_is_judged_by_its_beginning(ticking: None) -> None:
    new_task(age=LEASE + SECOND, workers=0)
    assert return_lost_tasks(now=NOW) == 1


def test_task_of_a_process_that_has_gone_returns_at_once() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", "from region.processes import own_name; print(own_name(), flush=True); input()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        row = new_task(worker_ids=[process.stdout.readline().strip()])
        assert return_lost_tasks(now=NOW) == 0
        os.kill(process.pid, signal.SIGKILL)
    assert return_lost_tasks(now=NOW) == 1
    assert state(row) == ("READY", None)


def test_task_of_a_process_that_lives_is_left_to_it_for_a_quarter_of_an_hour(ticking: None) -> None:
    new_task(worker_ids=[own_name()], age=LEASE_OF_LIVING)
    assert [return_lost_tasks(now=NOW), return_lost_tasks(now=NOW + SECOND)] == [0, 1]


def test_task_that_lost_three_workers_fails(ticking: None) -> None:
    row = new_task(age=2 * LEASE, workers=3)
    assert return_lost_tasks(now=NOW) == 1
    assert state(row)[0] == "FAILED"
    assert row.exception_class_path == "region.domain.queue.WorkerLost"


def test_worker_gives_back_what_it_has_in_the_table_only() -> None:
    own, other = new_task(worker_ids=["a", "own"]), new_task(worker_ids=["own", "b"])
    assert return_tasks_of(worker="own") == 1
    assert (state(own)[0], state(other)[0]) == ("READY", "RUNNING")


def test_worker_that_ends_in_order_is_forgotten() -> None:
    show_worker(name="a", now=NOW)
    show_worker(name="a", now=NOW)
    assert Heartbeat.objects.count() == 1
    dismiss_worker(name="a")
    assert Heartbeat.objects.count() == 0


@pytest.mark.parametrize(
    ("error", "workers", "ended"),
    [
        (None, 1, "SUCCESSFUL"),
        (ValueError("bad"), 1, "FAILED"),
        (OperationalError("gone"), 2, "READY"),
        (OperationalError("gone"), 3, "FAILED"),
    ],
)
def test_end_of_a_task_is_noted(error: Exception | None, workers: int, ended: str) -> None:
    row = new_task(workers=workers)
    for _ in range(2):
        settle(task_id=row.pk, worker=f"worker {workers - 1}", value=7, error=error)
    assert state(row)[0] == ended
    assert row.return_value == (7 if ended == "SUCCESSFUL" else None)


def test_end_is_not_noted_by_a_worker_that_lost_the_task() -> None:
    row = new_task(workers=2)
    settle(task_id=row.pk, worker="worker 0", value=7, error=None)
    assert state(row)[0] == "RUNNING"


def test_failed_task_that_bears_it_is_tried_three_times_more() -> None:
    row = failed("bearing", exception_class_path="builtins.ValueError")
    for attempts, pause in enumerate(RETRY_AFTER, start=1):
        DBTaskResult.objects.update(status="FAILED", worker_ids=["w"] * attempts)
        row.refresh_from_db()
        assert next_attempt(row) == NOW + pause
        assert [retry_failed_tasks(now=NOW + pause - SECOND), retry_failed_tasks(now=NOW + pause)] == [0, 1]
        assert state(row) == ("READY", None)
    DBTaskResult.objects.update(status="FAILED", worker_ids=["w"] * 4)
    assert retry_failed_tasks(now=NOW + timedelta(days=1)) == 0


@pytest.mark.parametrize(
    "row",
    [
        {"path": "plain"},
        {"path": "gone"},
        {"path": "NOW"},
        {"path": "bearing", "exception_class_path": "region.domain.queue.WorkerLost"},
    ],
    ids=["not declared", "no longer there", "no task", "kills workers"],
)
def test_other_failed_tasks_are_not_tried_again(row: dict[str, Any]) -> None:
    found = failed(**row)
    assert (next_attempt(found), retry_failed_tasks(now=NOW + timedelta(days=1))) == (None, 0)


def test_task_that_did_not_fail_has_no_next_attempt() -> None:
    assert next_attempt(new_task(task_path=f"{__name__}.bearing")) is None


def test_administrator_runs_a_failed_task_again() -> None:
    row, by = failed("plain", workers=4), with_role("administrator")
    TaskNote.objects.create(task_id=row.pk, set_aside_at=NOW, set_aside_by=by)
    run_again(task_id=row.pk, by=by)
    assert (state(row), row.worker_ids, TaskNote.objects.count()) == (("READY", None), [], 0)
    assert AuditEvent.objects.get().action == "task.run_again"


def test_failure_set_aside_is_not_tried_again() -> None:
    row, by = failed("bearing", exception_class_path="builtins.ValueError"), with_role("administrator")
    set_aside(task_id=row.pk, by=by)
    note = TaskNote.objects.get()
    assert (note.task_id, note.set_aside_by) == (row.pk, by)
    assert retry_failed_tasks(now=NOW + timedelta(days=1)) == 0
    assert AuditEvent.objects.get().action == "task.set_aside"


@pytest.mark.parametrize("act", [run_again, set_aside])
def test_only_who_may_touches_only_what_failed(act: Any) -> None:
    with pytest.raises(PermissionDenied):
        act(task_id=failed("plain").pk, by=with_role("auditor"))
    with pytest.raises(ValidationError):
        act(task_id=new_task().pk, by=with_role("administrator"))


def test_old_tasks_and_silent_workers_are_forgotten() -> None:
    kept = [
        new_task(status="SUCCESSFUL", age=timedelta(days=2)),
        new_task(status="FAILED", age=timedelta(days=29)),
        new_task(age=timedelta(days=99)),
    ]
    gone = [new_task(status="SUCCESSFUL", age=timedelta(days=4)), new_task(status="FAILED", age=timedelta(days=31))]
    by = with_role("administrator")
    for row in (kept[0], gone[0]):
        TaskNote.objects.create(task_id=row.pk, set_aside_at=NOW, set_aside_by=by)
    show_worker(name="silent", now=NOW - timedelta(days=2))
    place, number, _began = own_name().split("-")
    show_worker(name=f"{place}-{number}-1", now=NOW - timedelta(minutes=6))
    show_worker(name="elsewhere", now=NOW - timedelta(minutes=6))
    show_worker(name="alive", now=NOW)
    assert [forget_old_tasks(now=NOW) for _ in range(2)] == [2, 0]
    assert set(DBTaskResult.objects.values_list("pk", flat=True)) == {row.pk for row in kept}
    assert [note.task_id for note in TaskNote.objects.all()] == [kept[0].pk]
    assert [beat.name for beat in Heartbeat.objects.all()] == ["worker:alive", "worker:elsewhere"]
