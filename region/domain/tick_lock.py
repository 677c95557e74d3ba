"""One tick at a time, on one machine or on several."""

from __future__ import annotations

import fcntl
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

from region.domain.patience import LOST

logger = logging.getLogger(__name__)
# Any number; locks of PostgreSQL are known by one.
_NUMBER = 20_261_121


@contextmanager
def only_one() -> Iterator[bool]:
    """Give whether this process alone is at it. The lock goes with its holder: no death leaves it behind.

    PostgreSQL keeps it for the session (a pooler in front must pool by session), SQLite's stands beside the file.
    """
    with _lock_of_server() if connection.vendor == "postgresql" else _lock_of_file() as is_ours:
        yield is_ours


@contextmanager
def _lock_of_server() -> Iterator[bool]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_NUMBER])
        is_ours = bool(cursor.fetchone()[0])
    try:
        yield is_ours
    finally:
        if is_ours:
            _give_back()


def _give_back() -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_NUMBER])
    except LOST:
        # The session has ended, and the lock with it.
        connection.close()


@contextmanager
def _lock_of_file() -> Iterator[bool]:
    database = Path(str(connection.settings_dict["NAME"]))
    if not database.is_file():
        # A database in memory has no other process.
        yield True
        return
    with database.with_name(f"{database.name}.tick").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
