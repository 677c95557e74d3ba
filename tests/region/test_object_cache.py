"""Objects kept as they are."""

from __future__ import annotations

import pytest

from region.object_cache import ObjectCache


@pytest.fixture
def cache() -> ObjectCache:
    made = ObjectCache("objects-of-tests", {"OPTIONS": {"MAX_ENTRIES": 3}})
    made.clear()
    return made


def test_same_object_comes_back(cache: ObjectCache) -> None:
    kept = {"a": object()}
    cache.set("name", kept)
    assert cache.get("name") is kept


def test_unknown_key_gives_the_default(cache: ObjectCache) -> None:
    assert (cache.get("name"), cache.get("name", 5)) == (None, 5)


def test_expired_object_is_gone(cache: ObjectCache, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.set("name", 1, timeout=10)
    real = __import__("time").time()
    monkeypatch.setattr("django.core.cache.backends.locmem.time.time", lambda: real + 11)
    assert cache.get("name") is None


def test_number_of_objects_is_bounded(cache: ObjectCache) -> None:
    for number in range(20):
        cache.set(str(number), number)
    assert len(cache._cache) <= 3
    assert cache.get("19") == 19
