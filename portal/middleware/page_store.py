"""Rendered pages in this process's memory: bounded, the least recently used go first."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass

# What an entry costs beside its bodies: key, headers, the objects themselves (measured with tracemalloc, rounded up).
OVERHEAD = 4_096


@dataclass(frozen=True, slots=True)
class StoredPage:
    """A finished response: headers without those of the body's coding, the body plain and gzip-compressed."""

    headers: dict[str, str]
    etag: str
    plain: bytes
    packed: bytes
    seconds: float

    @property
    def size(self) -> int:
        """Bytes of memory it takes."""
        return len(self.plain) + len(self.packed) + OVERHEAD


class PageStore:
    """At most ``limit`` bytes of pages; safe to use from several threads."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.size = 0
        self._pages: OrderedDict[Hashable, tuple[StoredPage, float]] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._pages)

    def get(self, key: Hashable) -> StoredPage | None:
        """The page under ``key`` unless its time is over."""
        with self._lock:
            found = self._pages.get(key)
            if found is None:
                return None
            if found[1] < time.monotonic():
                self._drop(key)
                return None
            self._pages.move_to_end(key)
            return found[0]

    def put(self, key: Hashable, page: StoredPage) -> None:
        """Keep ``page``; one that would take more than an eighth of the memory is not kept."""
        if page.size * 8 > self.limit:
            return
        with self._lock:
            self._drop(key)
            self._pages[key] = (page, time.monotonic() + page.seconds)
            self.size += page.size
            while self.size > self.limit:
                self._drop(next(iter(self._pages)))

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._pages.clear()
            self.size = 0

    def _drop(self, key: Hashable) -> None:
        found = self._pages.pop(key, None)
        if found is not None:
            self.size -= found[0].size
