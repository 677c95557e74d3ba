"""The kept database of the tests: copied while it is good, made anew as soon as anything it comes from has changed."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.db.backends.postgresql.base import DatabaseWrapper as PostgreSQL
from django.db.backends.sqlite3.base import DatabaseWrapper as SQLite

from bootstrap.postgres import cluster
from bootstrap.progress import ROOT
from bootstrap.system import postgres_folder
from tests.plugins import prepared_database
from tests.plugins.prepared_database import (
    KEPT_FILES,
    Files,
    Store,
    Templates,
    key_now,
    key_of,
    prepare,
    sources,
    unchanged_since,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.db.backends.base.base import BaseDatabaseWrapper
    from pytest_django import DjangoDbBlocker

OPTIONS: dict[str, Any] = {
    **dict.fromkeys(("USER", "PASSWORD", "HOST", "PORT"), ""),
    **dict.fromkeys(("ATOMIC_REQUESTS", "CONN_HEALTH_CHECKS"), False),
    "AUTOCOMMIT": True,
    "CONN_MAX_AGE": 0,
    "OPTIONS": {},
    "TIME_ZONE": None,
    "TEST": dict.fromkeys(("CHARSET", "COLLATION", "MIRROR", "NAME")),
}


class Maker:
    """Stands for the migrations: makes a table with a word in it and counts how often it was asked."""

    def __init__(self, database: BaseDatabaseWrapper, name: str) -> None:
        self.database, self.name, self.times = database, name, 0

    def __call__(self) -> None:
        self.times += 1
        self.database.settings_dict["NAME"] = self.name
        with self.database.cursor() as cursor:
            cursor.execute("CREATE TABLE word (said text)")
            cursor.execute("INSERT INTO word VALUES (%s)", [f"made {self.times}"])


def always() -> bool:
    """Nobody has changed anything meanwhile."""
    return True


def said(database: BaseDatabaseWrapper) -> str:
    """The word of the database in use."""
    with database.cursor() as cursor:
        cursor.execute("SELECT said FROM word")
        return str(cursor.fetchone()[0])


@pytest.fixture
def apart(monkeypatch: pytest.MonkeyPatch, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Databases beside that of the tests themselves, whose settings are left alone."""

    def called(database: BaseDatabaseWrapper, name: str) -> None:
        database.close()
        database.settings_dict["NAME"] = name

    monkeypatch.setattr(prepared_database, "_called", called)
    with django_db_blocker.unblock():
        yield


def forgetting(database: BaseDatabaseWrapper) -> Callable[[], None]:
    """Begin as another process would: with an empty database in memory."""

    def forget() -> None:
        if database.connection is not None:
            database.connection.close()
            database.connection = None

    return forget


@pytest.fixture
def sqlite(apart: None, tmp_path: Path) -> Iterator[tuple[Files, Maker, Callable[[], None]]]:
    database = SQLite({**OPTIONS, "ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}, alias="prepared")
    yield Files(database, tmp_path), Maker(database, database.creation._get_test_db_name()), forgetting(database)
    forgetting(database)()


def walk(store: Store, maker: Maker, forget: Callable[[], None]) -> None:
    """Made, copied, made for another key, copied, made anew when that is asked for."""
    database = maker.database
    asked = [("a", False, 1), ("a", False, 1), ("b", False, 2), ("b", False, 2), ("b", True, 3), ("b", False, 3)]
    for wanted, anew, times in asked:
        prepare(store, wanted, maker, is_of_now=always, anew=anew)
        assert (maker.times, said(database)) == (times, f"made {times}")
        forget()


def test_file_is_copied_until_its_key_changes(sqlite: tuple[Files, Maker, Callable[[], None]]) -> None:
    walk(*sqlite)


def test_copy_is_of_its_own(sqlite: tuple[Files, Maker, Callable[[], None]]) -> None:
    store, maker, forget = sqlite
    prepare(store, "a", maker, is_of_now=always)
    with maker.database.cursor() as cursor:
        cursor.execute("DELETE FROM word")
    forget()
    prepare(store, "a", maker, is_of_now=always)
    assert said(maker.database) == "made 1"


def test_half_written_file_is_not_taken(sqlite: tuple[Files, Maker, Callable[[], None]], tmp_path: Path) -> None:
    store, maker, _forget = sqlite
    (tmp_path / "prepared_a.new").write_bytes(b"SQLite format 3")
    prepare(store, "a", maker, is_of_now=always)
    assert (maker.times, [file.name for file in tmp_path.glob("prepared_*")]) == (1, ["prepared_a.sqlite3"])


def test_made_while_a_migration_was_saved_is_not_kept(
    sqlite: tuple[Files, Maker, Callable[[], None]], tmp_path: Path
) -> None:
    store, maker, _forget = sqlite
    prepare(store, "a", maker, is_of_now=lambda: False)
    assert (said(maker.database), store.has("a")) == ("made 1", False)


def test_file_saved_after_the_start_is_noticed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "0002_second.py"
    file.write_text("", encoding="utf-8")
    monkeypatch.setattr(prepared_database, "sources", lambda: [file])
    key, saved = key_now(), file.stat().st_mtime
    monkeypatch.setattr(prepared_database, "BEGAN", saved + 1)
    assert unchanged_since(key)
    assert not unchanged_since("another")
    monkeypatch.setattr(prepared_database, "BEGAN", saved - 1)
    assert not unchanged_since(key)


def test_few_files_are_kept(sqlite: tuple[Files, Maker, Callable[[], None]], tmp_path: Path) -> None:
    store, maker, forget = sqlite
    for number in range(KEPT_FILES + 2):
        prepare(store, str(number), maker, is_of_now=always)
        forget()
    files = {file.name for file in tmp_path.glob("*.sqlite3")}
    assert files == {f"prepared_{number}.sqlite3" for number in range(2, KEPT_FILES + 2)}


@pytest.mark.skipif(postgres_folder() is None, reason="no PostgreSQL server is installed")
def test_template_is_copied_until_its_key_changes(apart: None) -> None:
    with cluster() as url:
        port = url.rpartition(":")[2].partition("/")[0]
        named = {"USER": "postgres", "HOST": "127.0.0.1", "PORT": port, "NAME": "postgres"}
        database = PostgreSQL({**OPTIONS, **named, "ENGINE": "django.db.backends.postgresql"}, alias="prepared")
        store, maker = Templates(database), Maker(database, "test_postgres")

        def forget() -> None:
            database.close()
            database.settings_dict["NAME"] = "postgres"
            store._tell("DROP DATABASE test_postgres", "CREATE DATABASE test_postgres")

        store._tell("CREATE DATABASE test_postgres")
        walk(store, maker, forget)
        assert store._names() == {"prepared_b"}
        database.close()


@pytest.mark.parametrize(
    "name",
    [
        *("reports/migrations/0002_safeguards.py", "region/models/users.py", "portal/pages/news.py"),
        *("reports/apps.py", "portal/settings/test.py", "portal/settings/base.py"),
        "tests/plugins/prepared_database.py",
    ],
)
def test_key_is_of_our_files(name: str) -> None:
    assert ROOT / name in sources()


def test_key_is_of_every_migration_and_of_the_models_of_packages() -> None:
    names = {file.as_posix().rpartition("/site-packages/")[2] for file in sources()}
    ours = {file.as_posix() for folder in ROOT.glob("*/migrations") for file in folder.glob("*.py")}
    assert len(ours) > 8
    theirs = {"wagtail/migrations/0001_initial.py", "wagtail/models/pages.py", "django/contrib/auth/models.py"}
    assert (ours | theirs) - names == set()


def test_key_follows_contents_names_and_number_of_files(tmp_path: Path) -> None:
    file = tmp_path / "0001_initial.py"
    file.write_text("operations = []", encoding="utf-8")
    keys = [key_of([file], ["a"])]
    file.write_text("operations = [1]", encoding="utf-8")
    keys.append(key_of([file], ["a"]))
    keys.append(key_of([file], ["b"]))
    other = file.rename(tmp_path / "0002_second.py")
    keys.append(key_of([other], ["b"]))
    file.write_text("", encoding="utf-8")
    keys.append(key_of([file, other], ["b"]))
    assert len(set(keys)) == len(keys)
    assert key_of([file, other], ["b"]) == keys[-1]


def test_key_follows_packages_and_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, settings: Any) -> None:
    keys = [key_now()]
    settings.LANGUAGE_CODE = "pl"
    keys.append(key_now())
    (tmp_path / "wagtail-99.0.dist-info").mkdir()
    monkeypatch.setattr(prepared_database, "PACKAGES", tmp_path)
    keys.append(key_now())
    assert len(set(keys)) == len(keys)


def test_file_is_an_ordinary_database(sqlite: tuple[Files, Maker, Callable[[], None]], tmp_path: Path) -> None:
    store, maker, _forget = sqlite
    prepare(store, "a", maker, is_of_now=always)
    with closing(sqlite3.connect(tmp_path / "prepared_a.sqlite3")) as kept:
        assert kept.execute("PRAGMA integrity_check").fetchone() == ("ok",)
