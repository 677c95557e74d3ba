from __future__ import annotations

import os
from pathlib import Path

import pytest

from portal.serving import freshness
from portal.serving.freshness import SOURCES, STATIC, Marks, Prepared, fingerprint

ADDRESS = "http://127.0.0.1:8000"


def write(path: Path, text: str = "") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small project: a lock, a migration, a style sheet, a catalogue."""
    monkeypatch.setattr(freshness, "ROOT", tmp_path)
    for name in ("requirements.lock", "region/migrations/0001.py", "portal/static/portal/site.css"):
        write(tmp_path / name)
    write(tmp_path / "locale/cs/LC_MESSAGES/django.po")
    return tmp_path


@pytest.fixture
def prepared(tmp_path: Path) -> Prepared:
    """Everything prepared for the real project."""
    state = Prepared(tmp_path, "plzen")
    for path in (state.database, state.accounts, state.static):
        write(path)
    state.marks.set("address", ADDRESS)
    state.marks.set("prepared", fingerprint(SOURCES))
    return state


@pytest.mark.parametrize(
    ("name", "patterns"),
    [
        ("requirements.lock", STATIC),
        ("portal/static/portal/site.css", STATIC),
        ("portal/static/portal/new.js", STATIC),
        ("region/migrations/0002.py", SOURCES),
        ("locale/cs/LC_MESSAGES/django.po", SOURCES),
        ("locale/cs/LC_MESSAGES/django.mo", SOURCES),
    ],
)
def test_fingerprint_follows_every_source(tree: Path, name: str, patterns: tuple[str, ...]) -> None:
    before = fingerprint(patterns, tree)
    write(tree / name, "changed")
    assert fingerprint(patterns, tree) != before


def test_fingerprint_follows_times_and_ignores_the_rest(tree: Path) -> None:
    before = fingerprint(SOURCES, tree)
    write(tree / "README.md", "other")
    assert fingerprint(SOURCES, tree) == before
    os.utime(tree / "requirements.lock", (1, 1))
    assert fingerprint(SOURCES, tree) != before


def test_prepared_region_is_fresh(prepared: Prepared) -> None:
    assert prepared.is_fresh(ADDRESS)


def test_other_address_has_to_be_prepared(prepared: Prepared) -> None:
    assert not prepared.is_fresh("http://127.0.0.1:9000")


@pytest.mark.parametrize("name", ["database", "accounts", "static"])
def test_missing_file_has_to_be_prepared(prepared: Prepared, name: str) -> None:
    missing: Path = getattr(prepared, name)
    missing.unlink()
    assert not prepared.is_fresh(ADDRESS)


def test_other_fingerprint_has_to_be_prepared(prepared: Prepared) -> None:
    prepared.marks.set("prepared", "older")
    assert not prepared.is_fresh(ADDRESS)


def test_marks_are_kept_side_by_side_and_forgotten_together(tmp_path: Path) -> None:
    marks = Marks(tmp_path / "x.json")
    assert marks.get("a") == ""
    marks.set("a", "1")
    marks.set("b", "2")
    assert marks.read() == {"a": "1", "b": "2"}
    marks.forget()
    marks.forget()
    assert marks.read() == {}


def test_damaged_marks_count_as_none(tmp_path: Path) -> None:
    assert Marks(write(tmp_path / "x.json", "{")).read() == {}
