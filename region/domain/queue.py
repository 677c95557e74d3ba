"""Care for the task queue: tasks whose worker died."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django_tasks_db.models import DBTaskResult

if TYPE_CHECKING:
    from datetime import datetime

# No task of ours runs this long; one that does has lost its worker.
LEASE = timedelta(minutes=15)
MOST_ATTEMPTS = 3


class WorkerLost(Exception):
    """The worker died each time it had this task in hand."""


@transaction.atomic
def return_stuck_tasks(*, now: datetime, lease: timedelta = LEASE) -> int:
    """Put tasks that have been running longer than ``lease`` back into the queue; give their number.

    A task that has lost its worker `MOST_ATTEMPTS` times is marked as failed, so that it cannot kill workers for ever.
    """
    running = DBTaskResult.objects.select_for_update().running()
    stuck = list(running.filter(started_at__lt=now - lease))
    for task in stuck:
        _return(task)
    return len(stuck)


def _return(task: DBTaskResult[..., Any]) -> None:
    if len(task.worker_ids) >= MOST_ATTEMPTS:
        message = f"lost its worker {len(task.worker_ids)} times"
        task.set_failed(WorkerLost(message))
        return
    task.status = "READY"
    task.started_at = None
    task.save(update_fields=["status", "started_at"])
