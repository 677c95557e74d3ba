"""The cache without Redis: shared through a table, except for what Wagtail remembers on every page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from wagtail.models.sites import SITE_ROOT_PATHS_CACHE_KEY

from region.shared_cache import SharedCache

if TYPE_CHECKING:
    from tests.conftest import QueryCounter

pytestmark = pytest.mark.django_db


def process(name: str) -> SharedCache:
    """The cache as another process sees it: the same table, a memory of its own."""
    made = SharedCache("portal_cache", {})
    made.own = type(made.own)(name, {})
    made.own.clear()
    return made


def test_processes_share_what_is_counted() -> None:
    one, other = process("one"), process("other")
    one.set("rate", 1, 60)
    assert (other.get("rate"), other.add("rate", 2, 60), other.incr("rate"), one.get("rate")) == (1, False, 2, 2)
    assert (other.delete("rate"), one.get("rate")) == (True, None)


def test_what_wagtail_remembers_asks_no_database(count_queries: QueryCounter) -> None:
    one, other = process("one"), process("other")
    with count_queries() as queries:
        one.set(SITE_ROOT_PATHS_CACHE_KEY, "paths", 60)
        found = one.get(SITE_ROOT_PATHS_CACHE_KEY), other.get(SITE_ROOT_PATHS_CACHE_KEY)
        one.delete(SITE_ROOT_PATHS_CACHE_KEY)
    assert (found, one.get(SITE_ROOT_PATHS_CACHE_KEY), len(queries)) == (("paths", None), None, 0)


def test_both_are_asked_and_emptied_together() -> None:
    one = process("one")
    one.set("rate", 1, 60)
    one.set(SITE_ROOT_PATHS_CACHE_KEY, "paths", 60)
    assert one.get_many(["rate", SITE_ROOT_PATHS_CACHE_KEY]) == {"rate": 1, SITE_ROOT_PATHS_CACHE_KEY: "paths"}
    one.clear()
    assert one.get_many(["rate", SITE_ROOT_PATHS_CACHE_KEY]) == {}
