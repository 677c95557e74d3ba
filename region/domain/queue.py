"""Care for the task queue: workers that died, tasks that failed, what staff do about them.

The queue's own rows belong to ``django_tasks_db``; a row's list of workers counts how often it was begun.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult

from region.domain.audit import record
from region.domain.patience import LOST
from region.models import Heartbeat, TaskNote
from region.processes import lives
from region.queries.running import LATE_AFTER, TICK, WORKER
from region.rules import require

if TYPE_CHECKING:
    from django_tasks.base import Task

    from region.models import User

Row = DBTaskResult[..., Any]
AnyTask = TypeVar("AnyTask", bound="Task[..., Any]")
logger = logging.getLogger(__name__)

MANAGE = "region.manage_tasks"
# A worker shows itself every ten seconds. One that has not for this long is lost, and so is what it has in hand.
LEASE = timedelta(seconds=60)
# A process that is there but does not show itself (a long transaction of its own may hold it up) gets longer.
LEASE_OF_LIVING = timedelta(minutes=15)
# When the minute tick itself was away, so perhaps was the database: workers first get a minute to show themselves.
LONGEST_GAP = timedelta(minutes=2)
MOST_ATTEMPTS = 3
# Until a failed task that bears it is run again, after its first, second, third failure.
RETRY_AFTER = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30))
DAYS_DONE_KEPT = 3
DAYS_FAILED_KEPT = 30

_retryable: set[str] = set()


class WorkerLost(Exception):
    """The worker died each time it had this task in hand."""


def retryable(task: AnyTask) -> AnyTask:
    """Declare that a task may simply be run again when it failed: ``@retryable`` above ``@task()``."""
    _retryable.add(task.module_path)
    return task


def show_worker(*, name: str, now: datetime) -> None:
    """Write the sign of life of the worker ``name``."""
    Heartbeat.objects.update_or_create(name=f"{WORKER}{name}", defaults={"at": now})


def dismiss_worker(*, name: str) -> None:
    """Forget a worker that ends in order; what it still had in hand goes back to the queue with the next look."""
    Heartbeat.objects.filter(name=f"{WORKER}{name}").delete()


def return_lost_tasks(*, now: datetime) -> int:
    """Put tasks whose worker is lost back into the queue; gives their number.

    A task that has lost its worker three times is marked as failed, so that it cannot kill workers for ever.
    """
    lost = [row.pk for row in DBTaskResult.objects.running() if _is_lost(row, now)]
    if not lost:
        return 0
    with transaction.atomic():
        # Asked again under the lock: it may have ended, or have been returned by another look.
        found = DBTaskResult.objects.select_for_update().running().filter(pk__in=lost)
        rows = [row for row in found if _is_lost(row, now)]
        for row in rows:
            _return(row)
    return len(rows)


@transaction.atomic
def return_tasks_of(*, worker: str) -> int:
    """Put back what ``worker`` has in hand according to the table although it has not; gives how many.

    That is so when the database went away between taking a task and saying so.
    """
    rows = [row for row in DBTaskResult.objects.select_for_update().running() if row.worker_ids[-1:] == [worker]]
    for row in rows:
        _return(row)
    return len(rows)


def _is_lost(row: Row, now: datetime) -> bool:
    name = row.worker_ids[-1] if row.worker_ids else ""
    alive = lives(name)
    if alive is False:
        return True
    beat = Heartbeat.objects.filter(name=f"{WORKER}{name}").values_list("at", flat=True).first()
    sign = max(filter(None, (row.started_at, beat)), default=now)
    if alive:
        return sign < now - LEASE_OF_LIVING
    return sign < now - LEASE and Heartbeat.objects.filter(name=TICK, at__gte=now - LONGEST_GAP).exists()


def _return(row: Row) -> None:
    if len(row.worker_ids) >= MOST_ATTEMPTS:
        row.set_failed(WorkerLost(f"lost its worker {len(row.worker_ids)} times"))
        return
    logger.warning("Task %s lost its worker and runs again", row.pk)
    _put_back(row)


def _put_back(row: Row) -> None:
    row.status, row.started_at = "READY", None
    row.save(update_fields=["status", "started_at"])


@transaction.atomic
def settle(*, task_id: UUID, worker: str, value: Any, error: Exception | None) -> None:
    """Note how a task ended, if ``worker`` still has it; twice does no harm.

    A task that ended because the database went away is put back into the queue, up to three attempts.
    """
    row = DBTaskResult.objects.select_for_update().running().filter(pk=task_id).first()
    if row is None or row.worker_ids[-1:] != [worker]:
        return
    if error is None:
        row.set_successful(value)
    elif isinstance(error, LOST) and len(row.worker_ids) < MOST_ATTEMPTS:
        _put_back(row)
    else:
        row.set_failed(error)


def next_attempt(row: Row) -> datetime | None:
    """When a failed task is run again by itself; None when it is not."""
    attempts = len(row.worker_ids)
    if row.status != "FAILED" or attempts > len(RETRY_AFTER) or not _may_be_retried(row):
        return None
    return (row.finished_at or row.enqueued_at) + RETRY_AFTER[max(attempts, 1) - 1]


def _may_be_retried(row: Row) -> bool:
    if row.exception_class_path == f"{WorkerLost.__module__}.{WorkerLost.__qualname__}":
        return False
    try:
        # Importing its module is what declares it.
        import_string(row.task_path)
    except ImportError:
        return False
    return row.task_path in _retryable


def retry_failed_tasks(*, now: datetime) -> int:
    """Put failed tasks that bear it back into the queue when their pause is over; gives how many."""
    count = 0
    with transaction.atomic():
        for row in DBTaskResult.objects.select_for_update().failed().exclude(pk__in=_set_aside()):
            due = next_attempt(row)
            if due is not None and due <= now:
                _put_back(row)
                count += 1
    return count


def _set_aside() -> Any:
    return TaskNote.objects.values("task_id")


def forget_old_tasks(*, now: datetime) -> int:
    """Delete tasks that ended well three days ago, failed ones after 30 days, and what dead workers left."""
    done = DBTaskResult.objects.successful().filter(finished_at__lt=now - timedelta(days=DAYS_DONE_KEPT))
    failed = DBTaskResult.objects.failed().filter(finished_at__lt=now - timedelta(days=DAYS_FAILED_KEPT))
    count = done.delete()[0] + failed.delete()[0]
    if count:
        TaskNote.objects.exclude(task_id__in=DBTaskResult.objects.values("pk")).delete()
    _forget_workers(now)
    return count


def _forget_workers(now: datetime) -> None:
    """Delete signs of life of workers that ended five minutes ago or more, and of all that are silent for a day."""
    silent = Heartbeat.objects.filter(name__startswith=WORKER, at__lt=now - LATE_AFTER)
    for worker in silent:
        if worker.at < now - timedelta(days=1) or lives(worker.name.removeprefix(WORKER)) is False:
            worker.delete()


@transaction.atomic
def run_again(*, task_id: UUID, by: User) -> None:
    """Put a failed task back into the queue with all its attempts before it.

    Raises PermissionDenied, and ValidationError when it has not failed.
    """
    row = _failed(task_id, by)
    row.worker_ids = []
    row.save(update_fields=["worker_ids"])
    _put_back(row)
    TaskNote.objects.filter(pk=task_id).delete()
    record(action="task.run_again", target=row, by=by, after=_named(row))


@transaction.atomic
def set_aside(*, task_id: UUID, by: User) -> None:
    """Note that somebody has seen the failure and that nothing is to be done; it waits for nobody any more.

    Raises PermissionDenied, and ValidationError when it has not failed.
    """
    row = _failed(task_id, by)
    TaskNote.objects.update_or_create(task_id=task_id, defaults={"set_aside_at": timezone.now(), "set_aside_by": by})
    record(action="task.set_aside", target=row, by=by, after=_named(row))


def _failed(task_id: UUID, by: User) -> Row:
    require(by, MANAGE)
    row = DBTaskResult.objects.select_for_update().failed().filter(pk=task_id).first()
    if row is None:
        raise ValidationError(_("Only a task that has failed can be run again or set aside."))
    return row


def _named(row: Row) -> dict[str, Any]:
    return {"task": row.task_path, "error": row.exception_class_path}
