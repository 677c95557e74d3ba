"""Names of processes, and whether they live."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from region import processes
from region.processes import lives, number_of, own_name, place


@pytest.fixture
def no_proc(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """A system that tells nothing of its processes."""
    place.cache_clear()
    monkeypatch.setattr(processes, "_PROC", tmp_path)
    yield
    place.cache_clear()


def test_own_process_lives_and_is_named_by_its_number() -> None:
    assert lives(own_name()) is True
    assert number_of(own_name()) == str(os.getpid())


def test_process_with_the_same_number_that_began_at_another_time_is_another() -> None:
    where, number, _began = own_name().split("-")
    assert lives(f"{where}-{number}-1") is False
    assert lives(f"{where}-999999999-1") is False


@pytest.mark.parametrize("name", ["", "abc", "0123456789ab-12-34", "worker 1"])
def test_nothing_is_known_of_processes_elsewhere(name: str) -> None:
    assert lives(name) is None
    assert number_of("abc") == "abc"


def test_process_is_named_at_random_where_nothing_is_told(no_proc: None) -> None:
    first, second = own_name(), own_name()
    assert first != second
    assert (lives(first), number_of(first)) == (None, str(os.getpid()))
