"""Rows kept in a file of their own instead of in memory, to be gone through as often as wanted."""

from __future__ import annotations

import json
import os
import tempfile
import weakref
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TypeAlias

NumberedRow: TypeAlias = "tuple[int, list[str]]"
_AT_ONCE = 500


class Spool:
    """Rows with their numbers; whoever goes through them holds some hundreds. The file goes with the object."""

    def __init__(self, rows: Iterable[NumberedRow]) -> None:
        self._file, name = tempfile.mkstemp(prefix="table-")
        weakref.finalize(self, os.close, self._file)
        Path(name).unlink()
        self._pieces: list[tuple[int, int]] = []
        self._length = 0
        waiting = iter(rows)
        while piece := list(islice(waiting, _AT_ONCE)):
            # Plain ASCII, so that signs which no encoding holds come back as they were.
            self._add(json.dumps(piece).encode("ascii"))
            self._length += len(piece)

    def _add(self, packed: bytes) -> None:
        start = sum(self._pieces[-1]) if self._pieces else 0
        self._pieces.append((start, len(packed)))
        while packed:
            packed = packed[os.write(self._file, packed) :]

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[NumberedRow]:
        for start, size in self._pieces:
            for number, cells in json.loads(os.pread(self._file, size, start)):
                yield int(number), cells
