"""``.env`` is written once, for its owner only; variables of the caller win."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

from bootstrap import environment

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_secret_is_written_once_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    assert environment.ensure_secret(path, {})
    first = path.read_text(encoding="utf-8")
    assert not environment.ensure_secret(path, {})
    assert path.read_text(encoding="utf-8") == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(environment.read_env(path)["SECRET_KEY"]) == 64


def test_secrets_differ(tmp_path: Path) -> None:
    for name in ("one", "two"):
        environment.ensure_secret(tmp_path / name, {})
    assert (tmp_path / "one").read_text(encoding="utf-8") != (tmp_path / "two").read_text(encoding="utf-8")


def test_lines_of_the_operator_stay(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    path.write_text("# ours\nPORT=9000\n", encoding="utf-8")
    path.chmod(0o644)
    assert environment.ensure_secret(path, {})
    assert path.read_text(encoding="utf-8").startswith("# ours\nPORT=9000\nSECRET_KEY=")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_secret_of_the_caller_is_enough(tmp_path: Path) -> None:
    assert not environment.ensure_secret(tmp_path / ".env", {"SECRET_KEY": "given"})
    assert not (tmp_path / ".env").exists()


def test_file_of_variables_is_read_with_its_comments_and_quotes(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    path.write_text("# A=1\nexport B='two=2'\n\nC = \"3\"\n", encoding="utf-8")
    assert environment.read_env(path) == {"B": "two=2", "C": "3"}


def test_region_of_the_command_wins_and_caller_beats_defaults(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    monkeypatch.setenv("SAFE_COUNTY_REGION", "elsewhere")
    monkeypatch.delenv("DJANGO_SETTINGS_MODULE", raising=False)
    (tmp_path / ".env").write_text("DJANGO_SETTINGS_MODULE=portal.settings.production\n", encoding="utf-8")
    chosen = environment.variables("krakow", PORT="1")
    names = ("SAFE_COUNTY_REGION", "DJANGO_SETTINGS_MODULE", "PORT")
    assert [chosen[name] for name in names] == ["krakow", "portal.settings.production", "1"]
    assert environment.variables()["SAFE_COUNTY_REGION"] == "elsewhere"


def test_stamp_is_kept_for_each_lock(tmp_path: Path) -> None:
    environment._stamp(tmp_path, "a.lock", "1")
    environment._stamp(tmp_path, "b.lock", "2")
    assert environment._stamps(tmp_path) == {"a.lock": "1", "b.lock": "2"}


def test_broken_stamp_counts_as_none(tmp_path: Path) -> None:
    (tmp_path / "stamps.json").write_text("{half", encoding="utf-8")
    assert environment._stamps(tmp_path) == {}
