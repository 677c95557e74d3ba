"""What is remembered until public content changes."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.cache import caches

from region import memory
from region.memory import digest, remembered
from region.stamp import FileStamp


@pytest.fixture
def stamp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FileStamp:
    """A stamp of this test alone, outside a transaction."""
    made = FileStamp(tmp_path / "stamp")
    monkeypatch.setattr(memory, "shared_stamp", lambda: made)
    monkeypatch.setattr(memory, "in_transaction", lambda: False)
    return made


def test_remembered_until_the_content_changes(stamp: FileStamp) -> None:
    made = iter((None, "second", "third"))
    assert [remembered("a", lambda: next(made)) for _ in range(2)] == [None, None]
    stamp.bump()
    assert [remembered("a", lambda: next(made)) for _ in range(2)] == ["second", "second"]


def test_nothing_is_remembered_inside_a_transaction(stamp: FileStamp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "in_transaction", lambda: True)
    made = iter("ab")
    assert [remembered("a", lambda: next(made)) for _ in range(2)] == ["a", "b"]


def test_files_are_kept_apart_from_what_pages_need(stamp: FileStamp) -> None:
    kept = [remembered("a", lambda: "object"), remembered("a", lambda: "file", cache="files")]
    assert kept == ["object", "file"]


@pytest.mark.parametrize(("alias", "most"), [("objects", 3000), ("files", 300), ("renditions", 3000)])
def test_caches_hold_a_region_with_many_towns(alias: str, most: int) -> None:
    assert caches[alias]._max_entries == most


def test_digest_names_equal_facts_alike() -> None:
    assert digest({"a": 1, "b": [2]}) == digest({"b": [2], "a": 1}) != digest({"a": 2, "b": [2]})
