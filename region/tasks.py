"""What workers do. Each task only calls a domain function, which bears being called twice."""

from __future__ import annotations

from uuid import UUID

from django_tasks import task

from region.domain.batch_work import work_on
from region.domain.prepared import make_file
from region.domain.queue import retryable


@retryable
@task()
def work_on_import(batch_id: str) -> None:
    """Carry out what was asked of an import."""
    work_on(UUID(batch_id))


def work_later(batch_id: UUID) -> None:
    """Have a worker carry out what was asked of an import; call it inside the transaction that asks."""
    work_on_import.enqueue(str(batch_id))


# Letters and imports go first: whoever waits for a file looks again.
@retryable
@task(priority=-10)
def prepare_file(name: str, kind: str, about: str, language: str) -> None:
    """Make a file that readers wait for."""
    make_file(name=name, kind=kind, about=about, language=language)
