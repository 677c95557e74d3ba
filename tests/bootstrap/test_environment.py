"""``.env`` is written once, for its owner only; variables of the caller win."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

import pytest

from bootstrap import environment
from bootstrap.progress import Stop

if TYPE_CHECKING:
    from pathlib import Path

PRODUCTION = """DJANGO_SETTINGS_MODULE=portal.settings.production
DATABASE_URL=postgres://safe:word@127.0.0.1/safe_county
REDIS_URL_FILE=/run/secrets/redis
BASE_URL=https://bezpecny.example.org
"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A clone with an empty environment."""
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    for name in ("SAFE_COUNTY_REGION", "DJANGO_SETTINGS_MODULE", "DATABASE_URL", "REDIS_URL", "BASE_URL"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


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


def test_last_line_without_an_end_stays_whole(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    path.write_text("PORT=9000", encoding="utf-8")
    environment.ensure_secret(path, {})
    read = environment.read_env(path)
    assert (read["PORT"], len(read["SECRET_KEY"])) == ("9000", 64)


def test_secret_in_a_file_is_enough(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    assert not environment.ensure_secret(path, {"SECRET_KEY_FILE": "/run/secrets/key"})
    path.write_text("SECRET_KEY_FILE=/run/secrets/key\n", encoding="utf-8")
    assert not environment.ensure_secret(path, {})
    assert path.read_text(encoding="utf-8") == "SECRET_KEY_FILE=/run/secrets/key\n"


def test_secret_of_the_caller_is_enough(tmp_path: Path) -> None:
    assert not environment.ensure_secret(tmp_path / ".env", {"SECRET_KEY": "given"})
    assert not (tmp_path / ".env").exists()


def test_file_of_variables_is_read_with_its_comments_and_quotes(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    path.write_text("# A=1\nexport B='two=2'\n\nC = \"3\"\n", encoding="utf-8")
    assert environment.read_env(path) == {"B": "two=2", "C": "3"}


def test_region_of_the_command_wins_and_caller_beats_defaults(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAFE_COUNTY_REGION", "elsewhere")
    (root / ".env").write_text("DJANGO_SETTINGS_MODULE=portal.settings.production\n", encoding="utf-8")
    chosen = environment.variables("krakow", PORT="1")
    names = ("SAFE_COUNTY_REGION", "DJANGO_SETTINGS_MODULE", "PORT")
    assert [chosen[name] for name in names] == ["krakow", "portal.settings.production", "1"]
    assert environment.variables()["SAFE_COUNTY_REGION"] == "elsewhere"


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("", "plzen"),
        ("DJANGO_SETTINGS_MODULE=portal.settings.demo", "plzen"),
        ("DJANGO_SETTINGS_MODULE=portal.settings.production", None),
        ("DJANGO_SETTINGS_MODULE=portal.settings.production\nSAFE_COUNTY_REGION=kraj", "kraj"),
    ],
)
def test_only_the_demo_has_a_region_by_default(root: Path, text: str, region: str | None) -> None:
    (root / ".env").write_text(text, encoding="utf-8")
    assert environment.variables().get("SAFE_COUNTY_REGION") == region


def test_demo_keeps_to_its_own_database_beside_a_real_installation(root: Path) -> None:
    (root / ".env").write_text(PRODUCTION, encoding="utf-8")
    chosen = environment.demo_variables("plzen", "http://127.0.0.1:8000")
    wanted = {
        "DJANGO_SETTINGS_MODULE": "portal.settings.demo",
        "SAFE_COUNTY_REGION": "plzen",
        "DATABASE_URL": "",
        "DATABASE_URL_FILE": "",
        "REDIS_URL": "",
        "REDIS_URL_FILE": "",
        "BASE_URL": "http://127.0.0.1:8000",
        "BASE_URL_FILE": "",
    }
    assert {name: chosen[name] for name in wanted} == wanted


def test_demo_refuses_the_region_of_a_real_installation(root: Path) -> None:
    (root / ".env").write_text(PRODUCTION + "SAFE_COUNTY_REGION=krakow\n", encoding="utf-8")
    with pytest.raises(Stop, match=r"^The files of krakow in this folder belong to portal\.settings\.production\."):
        environment.demo_variables("krakow", "http://127.0.0.1:8000")
    assert environment.demo_variables("plzen", "http://127.0.0.1:8000")["SAFE_COUNTY_REGION"] == "plzen"


def test_stamp_is_kept_for_each_lock(tmp_path: Path) -> None:
    environment._stamp(tmp_path, "a.lock", "1")
    environment._stamp(tmp_path, "b.lock", "2")
    assert environment._stamps(tmp_path) == {"a.lock": "1", "b.lock": "2"}


def test_broken_stamp_counts_as_none(tmp_path: Path) -> None:
    (tmp_path / "stamps.json").write_text("{half", encoding="utf-8")
    assert environment._stamps(tmp_path) == {}
