"""What all processes count together when there is no Redis: a table, except for what each may remember by itself."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import DatabaseCache
from django.core.cache.backends.locmem import LocMemCache

# Wagtail remembers where its sites begin, on every page. In the table this would let readers wait for whoever writes;
# our stored pages see to it that each process forgets it in time (portal.middleware.page_cache).
OWN = "wagtail_"


class SharedCache(DatabaseCache):
    """Limits and codes in the table; keys of Wagtail in this process's memory."""

    def __init__(self, table: str, params: dict[str, Any]) -> None:
        super().__init__(table, params)
        self.own = LocMemCache(table, params)

    def get_many(self, keys: Iterable[Any], version: int | None = None) -> dict[Any, Any]:
        """Values of the keys that are known."""
        asked = list(keys)
        mine = [key for key in asked if _is_own(key)]
        shared = [key for key in asked if not _is_own(key)]
        found = self.own.get_many(mine, version) if mine else {}
        return {**found, **(super().get_many(shared, version) if shared else {})}

    def set(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        """Keep a value."""
        keep = self.own.set if _is_own(key) else super().set
        keep(key, value, timeout, version)

    def delete(self, key: Any, version: int | None = None) -> bool:
        """Forget a value."""
        forget = self.own.delete if _is_own(key) else super().delete
        return bool(forget(key, version))

    def clear(self) -> None:
        """Forget everything."""
        self.own.clear()
        super().clear()


def _is_own(key: Any) -> bool:
    return str(key).startswith(OWN)
