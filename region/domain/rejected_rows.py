"""Rejected rows as a file that can be corrected and uploaded again: every cell as it was, with what is wrong."""

from __future__ import annotations

import csv
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Self

from django.utils.translation import gettext

from region.tables.values import guarded

if TYPE_CHECKING:
    from types import TracebackType

    from region.domain.imports import Rejection


class RejectedRows:
    """Rejections gathered while an import runs, however many, in a file of their own; use it in a `with`."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="rejections-")
        self._rows = sqlite3.connect(Path(self._folder.name) / "rows.sqlite3", isolation_level=None)
        self._rows.execute("PRAGMA journal_mode=OFF")
        self._rows.execute("PRAGMA synchronous=OFF")
        self._rows.execute("CREATE TABLE rejected (line INTEGER, reason TEXT)")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._rows.close()
        self._folder.cleanup()

    def add(self, rejection: Rejection) -> None:
        """Remember one."""
        place = f"{rejection.column}: " if rejection.column else ""
        self._rows.execute("INSERT INTO rejected VALUES (?, ?)", (int(rejection.row), place + rejection.reason))

    def write(self, path: Path, rows: Iterator[tuple[int, Sequence[str]]]) -> Path | None:
        """Write the rejected ones of the file's rows (the first is its header); None when nothing was rejected."""
        waiting = self._reasons()
        line, reason = next(waiting, (0, ""))
        if not line:
            return None
        with path.open("w", encoding="utf-8-sig", newline="") as stream:
            writer = csv.writer(stream, delimiter=";")
            _number, header = next(rows, (0, ()))
            writer.writerow([*map(guarded, header), gettext("row of the file"), gettext("what is wrong")])
            for number, cells in rows:
                while line and line < number:
                    line, reason = next(waiting, (0, ""))
                if not line:
                    break
                if line == number:
                    padded = [*cells, *[""] * (len(header) - len(cells))]
                    writer.writerow([*map(guarded, padded), number, guarded(reason)])
        return path

    def _reasons(self) -> Iterator[tuple[int, str]]:
        """Lines in their order, each with everything that is wrong with it."""
        found = self._rows.execute(
            "SELECT line, group_concat(reason, ' | ') FROM rejected WHERE line > 0 GROUP BY line ORDER BY line"
        )
        yield from found
