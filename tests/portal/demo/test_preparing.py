"""Preparing a demo: each step once, nothing that people changed is touched again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from wagtail.models import Site

from portal.demo import preparing
from portal.serving.freshness import Marks, Prepared
from tests.factories.accounts import new_administrator

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytest_django import Settings

    from region.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def marks(tmp_path: Path) -> Marks:
    return Marks(tmp_path / "plzen.marks.json")


def test_demo_region_is_loaded_once_by_the_administrator(monkeypatch: pytest.MonkeyPatch, marks: Marks) -> None:
    calls: list[tuple[str, User]] = []

    def load(*, region: str, by: User, progress: Callable[[str], None]) -> None:
        progress("towns")
        calls.append((region, by))

    monkeypatch.setattr(preparing, "load_region", load)
    administrator = new_administrator()
    for _ in range(2):
        preparing.content(region="plzen", marks=marks)
    assert calls == [("plzen", administrator)]


def test_failed_load_is_repeated_at_the_next_start(monkeypatch: pytest.MonkeyPatch, marks: Marks) -> None:
    def fail(**_words: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(preparing, "load_region", fail)
    new_administrator()
    with pytest.raises(RuntimeError):
        preparing.content(region="plzen", marks=marks)
    assert marks.read() == {}


def test_tables_that_stand_are_left_alone(monkeypatch: pytest.MonkeyPatch, marks: Marks) -> None:
    monkeypatch.setattr(preparing, "call_command", lambda *_words, **_more: pytest.fail("nothing is to be done"))
    marks.set("content", "loaded")
    preparing.migrate(marks)
    assert marks.get("content") == "loaded"


def test_site_follows_the_address_of_this_start(settings: Settings) -> None:
    settings.BASE_URL = "http://127.0.0.1:8123"
    preparing.site_address()
    site = Site.objects.get(is_default_site=True)
    assert (site.hostname, site.port) == ("127.0.0.1", 8123)


def test_fresh_static_files_are_not_collected_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(Prepared, "static_is_fresh", lambda _self: True)
    monkeypatch.setattr("subprocess.Popen", lambda *_words, **_more: pytest.fail("nothing is to be done"))
    with preparing.static_files(Prepared(tmp_path, "plzen")):
        pass
    assert list(tmp_path.iterdir()) == []
