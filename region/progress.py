"""How far a long import is, told outside its transaction: a reader must see it while nothing is committed yet.

SQLite has one writer, and during an import that is the import itself: there a small file beside the database tells.
Elsewhere a second connection writes the columns of the batch, so that every machine sees them.
"""

from __future__ import annotations

import json
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connection, connections

from region.models import ImportBatch

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

# Telling more often than anybody looks would only cost time (seconds).
_EVERY = 0.5


@dataclass(frozen=True, slots=True)
class Progress:
    """Things done of how many; a total of 0 is not known yet."""

    done: int = 0
    total: int = 0

    @property
    def percent(self) -> int:
        """Whole per cent, never 100 before the end is committed."""
        return min(99, self.done * 100 // self.total) if self.total else 0


class Teller:
    """Call it with what is done and how much there is; `close` forgets it."""

    def __init__(self, batch_id: UUID) -> None:
        self._id = batch_id
        self._last = 0.0
        self._other: BaseDatabaseWrapper | None = None

    def __call__(self, done: int, total: int) -> None:
        """Tell it, unless that was done a moment ago."""
        if time.monotonic() - self._last < _EVERY:
            return
        self._last = time.monotonic()
        if connection.vendor == "sqlite":
            _write(self._id, Progress(done, total))
        else:
            self._tell_database(done, total)

    def close(self) -> None:
        """End the second connection; take the file away."""
        if self._other is not None:
            self._other.close()
        with suppress(OSError):
            _file(self._id).unlink(missing_ok=True)

    def _tell_database(self, done: int, total: int) -> None:
        if self._other is None:
            self._other = connections.create_connection(DEFAULT_DB_ALIAS)
        with self._other.cursor() as cursor:
            cursor.execute(
                'UPDATE "region_importbatch" SET "done" = %s, "rows" = %s WHERE "id" = %s', [done, total, self._id]
            )


def progress_of(batch: ImportBatch) -> Progress:
    """How far the batch is; nothing done when nobody tells."""
    if connection.vendor != "sqlite":
        return Progress(batch.done, batch.rows or 0)
    try:
        told = json.loads(_file(batch.pk).read_text(encoding="ascii"))
        return Progress(int(told["done"]), int(told["total"]))
    except (OSError, ValueError, KeyError):
        return Progress()


def _write(batch_id: UUID, progress: Progress) -> None:
    """Write the file so that a reader finds the old one or the new one, never a half. A full disk stops no import."""
    path = _file(batch_id)
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(".new")
        fresh.write_text(json.dumps({"done": progress.done, "total": progress.total}), encoding="ascii")
        fresh.replace(path)


def _file(batch_id: UUID) -> Path:
    return Path(settings.VAR_DIR) / "progress" / f"{batch_id}.json"
