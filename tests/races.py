"""Several threads doing one thing at the same moment, each with a connection of its own.

On PostgreSQL they use the test database (the test must be marked ``django_db(transaction=True)``). On SQLite, where the
test database lives in memory and cannot be shared the way a real one is, they use a file made for the race, opened with
the settings of the portal: WAL and IMMEDIATE.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from django.conf import settings
from django.db import connection, connections

if TYPE_CHECKING:
    from django.db.models import Model

Result = TypeVar("Result")


def race(act: Callable[[int], Result], *, threads: int) -> list[Result | Exception]:
    """What ``act(number)`` gave or raised in each of ``threads`` threads that began together."""
    barrier = threading.Barrier(threads)
    results: list[Result | Exception] = [RuntimeError("never ran")] * threads

    def run(number: int) -> None:
        try:
            connection.ensure_connection()
            barrier.wait(30)
            results[number] = act(number)
        except Exception as error:
            results[number] = error
        finally:
            connection.close()

    runners = [threading.Thread(target=run, args=(number,)) for number in range(threads)]
    for runner in runners:
        runner.start()
    for runner in runners:
        runner.join(60)
    return results


@contextmanager
def shared_database(folder: Path, models: Sequence[type[Model]], rows: Sequence[Model] = ()) -> Iterator[None]:
    """Have threads of ``race`` share one database with the tables of ``models`` and ``rows`` in them."""
    if connection.vendor != "sqlite":
        for row in rows:
            row.save(force_insert=True)
        yield
        return
    usual: dict[str, Any] = connections.settings["default"]
    options = settings.DATABASES["default"]["OPTIONS"]
    connections.settings["default"] = {**usual, "NAME": str(folder / "race.sqlite3"), "OPTIONS": options}
    try:
        failed = race(lambda _number: _lay(models, rows), threads=1)
        assert failed == [None]
        yield
    finally:
        connections.settings["default"] = usual


def _lay(models: Sequence[type[Model]], rows: Sequence[Model]) -> None:
    with connection.constraint_checks_disabled(), connection.schema_editor() as editor:
        for model in models:
            editor.create_model(model)
    for row in rows:
        row.save(force_insert=True)
