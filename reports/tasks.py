"""What workers do for reports. Each task only calls a domain function, which bears being called twice."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django_tasks import task

from region.clock import zone
from region.domain.queue import retryable
from reports.domain.coverage import is_coverage_due, refresh_coverage
from reports.domain.events_summaries import recount

if TYPE_CHECKING:
    from datetime import datetime


@retryable
@task()
def calculate_coverage(day: str) -> None:
    """Calculate how much of towns and districts lies within reach of cameras."""
    refresh_coverage(on=date.fromisoformat(day))


def coverage_when_due(*, now: datetime) -> int:
    """Have coverage calculated when cameras or boundaries changed: a duty of the tick."""
    day = now.astimezone(zone()).date()
    if not is_coverage_due(on=day):
        return 0
    calculate_coverage.enqueue(day.isoformat())
    return 1


@retryable
@task()
def recount_events(register_id: str) -> None:
    """Count a register of events anew after its spellings were sorted."""
    recount(register_id=UUID(register_id))


def recount_later(register_id: UUID) -> None:
    """Have a worker count a register anew; call it inside the transaction that sorted its spellings."""
    recount_events.enqueue(str(register_id))
