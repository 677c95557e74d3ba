from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django_tasks_db.models import DBTaskResult

from region.domain.queue import LEASE, return_stuck_tasks

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def new_task(*, status: str = "RUNNING", age: timedelta = timedelta(), workers: int = 1) -> DBTaskResult[..., Any]:
    return DBTaskResult.objects.create(
        status=status,
        started_at=NOW - age,
        args_kwargs={"args": [], "kwargs": {}},
        task_path="wagtail.tasks.update_reference_index_task",
        worker_ids=[f"worker {number}" for number in range(workers)],
        backend_name="default",
        run_after=NOW - age,
    )


def state(task: DBTaskResult[..., Any]) -> tuple[str, datetime | None]:
    task.refresh_from_db()
    return task.status, task.started_at


def test_stuck_task_returns_to_the_queue() -> None:
    task = new_task(age=LEASE + timedelta(seconds=1))
    assert return_stuck_tasks(now=NOW) == 1
    assert state(task) == ("READY", None)


def test_second_run_finds_nothing() -> None:
    new_task(age=LEASE + timedelta(seconds=1))
    assert [return_stuck_tasks(now=NOW) for _ in range(2)] == [1, 0]


@pytest.mark.parametrize(("status", "age"), [("RUNNING", LEASE), ("SUCCESSFUL", 2 * LEASE), ("FAILED", 2 * LEASE)])
def test_task_in_time_or_finished_stays(status: str, age: timedelta) -> None:
    task = new_task(status=status, age=age)
    assert return_stuck_tasks(now=NOW) == 0
    assert state(task) == (status, NOW - age)


def test_task_that_lost_three_workers_fails() -> None:
    task = new_task(age=2 * LEASE, workers=3)
    assert return_stuck_tasks(now=NOW) == 1
    assert state(task)[0] == "FAILED"
    assert task.exception_class_path == "region.domain.queue.WorkerLost"
