from __future__ import annotations

import logging
import signal
import threading
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import OperationalError
from django.utils import timezone
from django_tasks import TaskContext, task
from django_tasks_db.management.commands import db_worker
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult, get_date_max

from region.management import working
from region.management.working import PatientWorker, SignsOfLife
from region.models import Heartbeat, NumberSeries

pytestmark = pytest.mark.django_db
Row = DBTaskResult[..., Any]


@task()
def add(key: str) -> int:
    """Write a row; give how many there are."""
    NumberSeries.objects.create(key=key, year=1)
    return NumberSeries.objects.count()


@task()
def fail() -> None:
    """Fail."""
    raise ValueError("jana@example.org")


@task()
def vanish() -> None:
    """Take its own row away."""
    DBTaskResult.objects.all().delete()


@task(takes_context=True)
def tell(context: TaskContext) -> str:
    """Give its own number."""
    return context.task_result.id


@task()
def give_nonsense() -> object:
    """Give what cannot be kept."""
    return object()


class Connection:
    """Stands for the thread's own connection."""

    closed = 0

    def close(self) -> None:
        self.closed += 1


@pytest.fixture(autouse=True)
def connection(monkeypatch: pytest.MonkeyPatch) -> Connection:
    made = Connection()
    monkeypatch.setattr(working, "connection", made)
    # The test's own transaction must not lose its connection between two tasks.
    monkeypatch.setattr(db_worker, "close_old_connections", lambda: None)
    return made


def queued(name: str, *args: str) -> Row:
    return DBTaskResult.objects.create(
        task_path=f"{__name__}.{name}",
        args_kwargs={"args": args, "kwargs": {}},
        backend_name="default",
        run_after=get_date_max(),
    )


def new_worker() -> PatientWorker:
    return PatientWorker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="own",
        excluded_queue_names=[],
    )


def test_worker_carries_out_what_waits() -> None:
    rows = [queued("add", "a"), queued("fail"), queued("tell"), queued("give_nonsense"), queued("gone")]
    new_worker().run()
    for row in rows:
        row.refresh_from_db()
    assert [(row.status, row.exception_class_path) for row in rows] == [
        ("SUCCESSFUL", ""),
        ("FAILED", "builtins.ValueError"),
        ("SUCCESSFUL", ""),
        ("FAILED", "builtins.TypeError"),
        ("FAILED", "builtins.ImportError"),
    ]
    assert [row.return_value for row in rows[:3]] == [1, None, str(rows[2].pk)]


def test_task_whose_row_has_gone_hurts_nobody(caplog: pytest.LogCaptureFixture) -> None:
    queued("vanish")
    new_worker().run()
    assert "could not be announced" in caplog.text


def test_worker_waits_for_a_database_that_went_away(monkeypatch: pytest.MonkeyPatch, connection: Connection) -> None:
    slept: list[float] = []
    lost = [True, True, False, True, True, False]

    def run(worker: Worker) -> None:
        if lost.pop(0):
            raise OperationalError
        if lost:
            worker._run_tasks = 1
            raise OperationalError

    monkeypatch.setattr(Worker, "run", run)
    monkeypatch.setattr(working.time, "sleep", slept.append)
    new_worker().run()
    # Pauses grow, and begin anew once it has worked.
    assert slept == [0.5, 1.0, 0.5, 1.0, 2.0]
    assert connection.closed == 5


def test_worker_that_is_asked_to_end_ends() -> None:
    worker = new_worker()
    worker.running = False
    queued("add", "a")
    worker.run()
    assert NumberSeries.objects.count() == 0


def test_tasks_it_does_not_know_of_are_given_back_at_the_start() -> None:
    row = queued("add", "a")
    DBTaskResult.objects.update(status="RUNNING", worker_ids=["own"], started_at=timezone.now())
    new_worker().run()
    row.refresh_from_db()
    assert (row.status, row.worker_ids) == ("SUCCESSFUL", ["own", "own"])


def test_sign_of_life_is_written_and_taken_back(monkeypatch: pytest.MonkeyPatch, connection: Connection) -> None:
    signs = SignsOfLife("own")
    assert signs.show()
    assert Heartbeat.objects.get().at > timezone.now() - timedelta(seconds=9)
    monkeypatch.setattr(signs, "join", lambda: None)
    signs.end()
    assert Heartbeat.objects.count() == 0
    signs.run()
    assert (Heartbeat.objects.count(), connection.closed) == (1, 1)


def test_signs_go_on_when_the_database_is_back(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    waited: list[float] = []
    answers = [False, False, True]

    class Ended(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:
            waited.append(timeout or 0)
            return answers.pop(0)

    lost = [True, False, False]

    def show(**_named: Any) -> None:
        if lost.pop(0):
            raise OperationalError

    def dismiss(**_named: Any) -> None:
        raise OperationalError

    signs = SignsOfLife("own")
    signs.ended = Ended()
    monkeypatch.setattr(working, "show_worker", show)
    signs.run()
    assert waited == [2.0, 10.0, 10.0]
    monkeypatch.setattr(working, "dismiss_worker", dismiss)
    monkeypatch.setattr(signs, "join", lambda: None)
    with caplog.at_level(logging.WARNING):
        signs.end()
    assert "ends while the database is away" in caplog.text


def test_command_serves_until_the_queue_is_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[int] = []
    monkeypatch.setattr(signal, "signal", lambda number, _act: taken.append(number))
    monkeypatch.setattr(SignsOfLife, "start", lambda _signs: None)
    monkeypatch.setattr(SignsOfLife, "end", lambda _signs: None)
    row = queued("add", "a")
    call_command("worker", batch=True)
    row.refresh_from_db()
    assert (row.status, taken) == ("SUCCESSFUL", [signal.SIGINT, signal.SIGTERM])
