"""Pages in memory: what is found again, what goes first, how much it may take."""

from __future__ import annotations

import threading

import pytest

from portal.middleware.page_store import OVERHEAD, PageStore, StoredPage


def page(text: str = "page", *, seconds: float = 60, packed: int = 0) -> StoredPage:
    return StoredPage({}, "etag", text.encode(), b"x" * packed, seconds)


def test_page_is_found_under_its_key_only() -> None:
    store = PageStore(1_000_000)
    kept = page()
    store.put("a", kept)
    assert (store.get("a"), store.get("b")) == (kept, None)


def test_page_whose_time_is_over_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    store = PageStore(1_000_000)
    now = [100.0]
    monkeypatch.setattr("portal.middleware.page_store.time.monotonic", lambda: now[0])
    store.put("a", page(seconds=10))
    now[0] = 110.0
    assert store.get("a") is not None
    now[0] = 110.1
    assert (store.get("a"), len(store), store.size) == (None, 0, 0)


def test_size_counts_both_bodies_and_overhead() -> None:
    store = PageStore(1_000_000)
    store.put("a", page("1234", packed=3))
    assert store.size == 7 + OVERHEAD


def test_same_key_again_replaces_and_is_counted_once() -> None:
    store = PageStore(1_000_000)
    store.put("a", page("old"))
    newer = page("newer")
    store.put("a", newer)
    assert (store.get("a"), len(store), store.size) == (newer, 1, 5 + OVERHEAD)


def test_least_recently_used_goes_first() -> None:
    store = PageStore(10 * (OVERHEAD + 4))
    for number in range(10):
        store.put(number, page())
    store.get(0)
    store.put("new", page())
    assert [store.get(key) is not None for key in (0, 1, 2, "new")] == [True, False, True, True]


def test_memory_never_passes_its_limit() -> None:
    store = PageStore(100_000)
    for number in range(500):
        store.put(number, page("x" * (number * 10)))
        assert store.size <= 100_000
    assert len(store) > 5


def test_page_larger_than_an_eighth_is_not_kept() -> None:
    store = PageStore(100_000)
    store.put("a", page("x" * 12_500))
    assert (store.get("a"), store.size) == (None, 0)


def test_clear_forgets_everything() -> None:
    store = PageStore(1_000_000)
    store.put("a", page())
    store.clear()
    assert (store.get("a"), len(store), store.size) == (None, 0, 0)


def test_threads_leave_the_count_right() -> None:
    store = PageStore(60_000)
    barrier = threading.Barrier(8)
    failures: list[BaseException] = []

    def work(number: int) -> None:
        try:
            barrier.wait()
            for step in range(400):
                store.put((number * step) % 37, page("x" * (step % 50)))
                store.get((number + step) % 37)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert store.size == sum(kept.size for kept, _ in store._pages.values()) <= 60_000
