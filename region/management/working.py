"""The worker of the task queue: as the library's, but it bears a database that goes away, and shows that it lives."""

from __future__ import annotations

import logging
import threading
import time
from functools import partial
from itertools import chain, repeat
from typing import TYPE_CHECKING, Any

from django.core.exceptions import SuspiciousOperation
from django.db import connection
from django.utils import timezone
from django_tasks_db.compat import TaskContext, normalize_json, task_finished, task_started
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from region.domain.patience import LOST, PAUSES, patiently
from region.domain.queue import dismiss_worker, return_lost_tasks, return_tasks_of, settle, show_worker

if TYPE_CHECKING:
    from collections.abc import Iterator

Row = DBTaskResult[..., Any]
logger = logging.getLogger(__name__)
SECONDS_BETWEEN_SIGNS = 10.0
SECONDS_AFTER_FAILURE = 2.0
LONGEST_PAUSE = 15.0


class PatientWorker(Worker):
    """Goes on when the database comes back; never leaves a task between two states."""

    def run(self) -> None:
        """Carry out tasks until a signal comes (or the queue is empty, with ``batch``)."""
        pauses = _growing()
        while self.running:
            try:
                return_tasks_of(worker=self.worker_id)
                return_lost_tasks(now=timezone.now())
                super().run()
            except LOST as error:
                logger.warning("The worker cannot reach the database (%s); it waits.", type(error).__name__)
                connection.close()
                self.startup_delay = False
                if self._run_tasks:
                    pauses, self._run_tasks = _growing(), 0
                time.sleep(next(pauses))
            else:
                return

    def run_task(self, row: Row) -> None:
        """Carry out one task and note how it ended, however long the database takes to come back."""
        self.running_task = True
        try:
            value, error = _carried_out(row)
            note = partial(settle, task_id=row.pk, worker=self.worker_id, value=value, error=error)
            patiently(note, chain(PAUSES, repeat(LONGEST_PAUSE)))
            _announce_end(row)
        finally:
            self.running_task = False
            self._run_tasks += 1


def _growing() -> Iterator[float]:
    """Pauses before the next attempt to reach the database: 0.5, 1, 2 … 15 seconds."""
    return chain((0.5, 1.0, 2.0, 4.0, 8.0), repeat(LONGEST_PAUSE))


def _carried_out(row: Row) -> tuple[Any, Exception | None]:
    """What the task gave, and what it raised. SystemExit passes: after a second Ctrl-C the task runs again."""
    try:
        task, result = row.task, row.task_result
        task_started.send(sender=type(task.get_backend()), task_result=result)
        context = (TaskContext(task_result=result),) if task.takes_context else ()
        return normalize_json(task.call(*context, *result.args, **result.kwargs)), None
    except Exception as error:
        logger.exception("Task %s failed", row.pk)
        return None, error


def _announce_end(row: Row) -> None:
    """Tell whoever listens (the log) how the task ended."""
    try:
        row.refresh_from_db()
        task_finished.send(sender=type(row.task.get_backend()), task_result=row.task_result)
    except (ImportError, SuspiciousOperation, DBTaskResult.DoesNotExist, *LOST):
        logger.warning("Task %s ended; its end could not be announced", row.pk)


class SignsOfLife(threading.Thread):
    """Writes that the worker ``name`` lives, every ten seconds, whatever the worker is doing."""

    def __init__(self, name: str) -> None:
        super().__init__(daemon=True, name="signs of life")
        self.worker = name
        self.ended = threading.Event()

    def run(self) -> None:
        """Go on until ``end``."""
        while not self.ended.wait(SECONDS_BETWEEN_SIGNS if self.show() else SECONDS_AFTER_FAILURE):
            pass
        connection.close()

    def show(self) -> bool:
        """Write one sign; gives whether that could be done."""
        try:
            show_worker(name=self.worker, now=timezone.now())
        except LOST:
            connection.close()
            return False
        return True

    def end(self) -> None:
        """Stop, and forget the worker: it ends in order."""
        self.ended.set()
        self.join()
        try:
            dismiss_worker(name=self.worker)
        except LOST:
            logger.warning("The worker ends while the database is away.")
