"""Reading what goes on by itself: tasks of the queue, signs of life of the tick, its duties and the workers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django_tasks_db.models import DBTaskResult

from region.models import Heartbeat, TaskNote
from region.rules import can

# How signs of life are named.
TICK = "tick"
DUTY = "tick:"
WORKER = "worker:"
SEE_TASKS = ("region.view_tasks", "region.manage_tasks")
# Both show themselves at least once a minute.
LATE_AFTER = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Signs:
    """Signs of life: of the minute tick (None before its first), of each duty, of each worker, the newest first."""

    tick: Heartbeat | None
    duties: tuple[Heartbeat, ...]
    workers: tuple[Heartbeat, ...]
    now: datetime

    @property
    def is_tick_late(self) -> bool:
        """Whether the tick has not shown itself for five minutes."""
        return self.tick is None or self.tick.at < self.now - LATE_AFTER

    @property
    def is_worker_late(self) -> bool:
        """Whether no worker has shown itself for five minutes."""
        return not self.workers or self.workers[0].at < self.now - LATE_AFTER

    @property
    def failing(self) -> tuple[Heartbeat, ...]:
        """Duties that have failed three times in a row or more: once may be chance."""
        return tuple(duty for duty in self.duties if duty.failures >= 3)


def signs_of_life(*, now: datetime) -> Signs:
    """Signs of life as they stand at ``now`` (aware). One query."""
    rows = list(Heartbeat.objects.order_by("-at", "name"))
    return Signs(
        tick=next((row for row in rows if row.name == TICK), None),
        duties=tuple(row for row in rows if row.name.startswith(DUTY)),
        workers=tuple(row for row in rows if row.name.startswith(WORKER)),
        now=now,
    )


def tasks_for(user: Any) -> QuerySet[DBTaskResult[..., Any]]:
    """Tasks that ``user`` may see: all with ``region.view_tasks``, else none. With whether set aside.

    Their arguments and traces, which may hold personal data, are not read.
    """
    rows = DBTaskResult.objects.defer("args_kwargs", "return_value", "traceback")
    if not any(can(user, name) for name in SEE_TASKS):
        return rows.none()
    return rows.annotate(is_set_aside=_set_aside())


def dead_tasks() -> QuerySet[DBTaskResult[..., Any]]:
    """Failed tasks that nobody has set aside; some may yet be tried again by themselves."""
    return DBTaskResult.objects.failed().filter(~_set_aside()).defer("args_kwargs", "return_value", "traceback")


def _set_aside() -> Exists:
    """Whether somebody has set a task of the outer query aside."""
    return Exists(TaskNote.objects.filter(task_id=OuterRef("pk")))
