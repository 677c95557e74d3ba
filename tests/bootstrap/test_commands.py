"""What ./run does before it starts anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bootstrap import commands, environment, system
from bootstrap.commands import main
from portal.serving.freshness import Prepared

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    "words", [["manage", "help"], ["check"], ["fmt"], ["bench"], ["extra", "geo"], ["test"], ["lock"]], ids=" ".join
)
def test_missing_system_packages_are_found_before_anything_is_installed(
    words: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    nothing = system.Need("python3-venv", lambda: False, required=True)
    for name in ("PYTHON", "DEMO", "TEST"):
        monkeypatch.setattr(system, name, [nothing])
    monkeypatch.setattr(system, "_privilege", lambda: None)
    monkeypatch.setattr(environment, "ensure", lambda *_locks: pytest.fail("came too early"))
    monkeypatch.setattr(commands.lock, "renew", lambda: pytest.fail("came too early"))
    assert main(words) == 1
    assert capsys.readouterr().out.startswith("Missing: python3-venv. Install with:")


@pytest.mark.parametrize(("fresh", "module"), [(False, "manage.py"), (True, "portal.serving")])
def test_demo_starts_with_its_own_settings_and_database(
    fresh: bool, module: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    started: list[tuple[list[str], dict[str, str]]] = []

    def become(words: list[str], variables: dict[str, str]) -> int:
        started.append((words, variables))
        return 0

    (tmp_path / ".env").write_text("DJANGO_SETTINGS_MODULE=portal.settings.production\n", encoding="utf-8")
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    monkeypatch.setenv("DATABASE_URL", "postgres://safe:word@127.0.0.1/safe_county")
    monkeypatch.delenv("DJANGO_SETTINGS_MODULE", raising=False)
    for owner, name in ((system, "ensure"), (environment, "ensure"), (environment, "ensure_secret")):
        monkeypatch.setattr(owner, name, lambda *_words: None)
    monkeypatch.setattr(commands, "is_free", lambda _port: True)
    monkeypatch.setattr(Prepared, "is_fresh", lambda _self, _address: fresh)
    monkeypatch.setattr(commands, "_become", become)
    assert main(["demo", "--port", "8123"]) == 0
    [(words, variables)] = started
    assert words[1 if words[1] != "-m" else 2].endswith(module)
    assert [variables[name] for name in ("DJANGO_SETTINGS_MODULE", "DATABASE_URL", "BASE_URL")] == [
        "portal.settings.demo",
        "",
        "http://127.0.0.1:8123",
    ]
