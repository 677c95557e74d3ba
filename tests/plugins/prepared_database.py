"""The migrated database is made once and kept: each process of the tests begins with a copy of it.

Migrations take tens of seconds, a copy takes none. SQLite's is a file under ``var/test/databases``, PostgreSQL's a
template on the server. It is kept under a key of all it comes from, so that a changed migration, model, setting or
package has it made anew; ``--create-db`` does so in any case.
"""

from __future__ import annotations

import fcntl
import hashlib
import sqlite3
import sys
import time
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import django
import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection

from bootstrap.checks import RESULTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from django.db.backends.base.base import BaseDatabaseWrapper
    from pytest_django import DjangoDbBlocker

FOLDER = RESULTS / "databases"
PREFIX = "prepared_"
# Of another branch, or of the state before: so many files wait for it to come back.
KEPT_FILES = 4
PACKAGES = Path(django.__file__).resolve().parents[1]
# What migrations and the signals after them read from the settings, beside the files of the settings.
SETTINGS = ("INSTALLED_APPS", "LANGUAGE_CODE", "LANGUAGES", "TIME_ZONE", "CACHES")
# When this process began to read our files, as near as can be told.
BEGAN = time.time() - time.process_time()
# A number of our own among the locks of a PostgreSQL server.
LOCK = 5_021_873


def sources() -> list[Path]:
    """Files that say what a fresh database holds: migrations, modules of models and of apps, settings, this one."""
    models = apps.get_models(include_auto_created=True)
    names = {kind.__module__ for model in models for kind in model.__mro__}
    names |= {type(config).__module__ for config in apps.get_app_configs()}
    names |= {name for name in sys.modules if name.startswith("portal.settings")}
    modules = {getattr(sys.modules.get(name), "__file__", None) for name in names} - {None}
    folders = [Path(config.path) / "migrations" for config in apps.get_app_configs()]
    migrations = {file for folder in folders for file in folder.rglob("*.py")}
    return sorted({Path(__file__), *migrations, *(Path(str(file)) for file in modules)})


def key_of(files: Iterable[Path], words: Iterable[str]) -> str:
    """One short word for the names and contents of ``files`` and for ``words``."""
    digest = hashlib.sha256()
    for file in files:
        digest.update(f"\0{file}\0".encode() + file.read_bytes())
    digest.update("\0".join(words).encode())
    return digest.hexdigest()[:20]


def key_now() -> str:
    """The key of what is to be made by what stands on the disk now."""
    packages = sorted(folder.name for folder in PACKAGES.glob("*.dist-info"))
    chosen = [repr(getattr(settings, name)) for name in SETTINGS]
    return key_of(sources(), [sys.version, sqlite3.sqlite_version, *packages, *chosen])


class Store(Protocol):
    """Where a prepared database is kept between two runs."""

    def alone(self) -> Any:
        """Let nobody else look or write inside a ``with`` block."""

    def has(self, key: str) -> bool:
        """Whether one is kept under ``key``."""

    def keep(self, key: str) -> None:
        """Keep a copy of the test database as it is now, and let go of those that nobody will ask for."""

    def load(self, key: str) -> None:
        """Make the test database as a copy of the kept one."""


def unchanged_since(key: str) -> bool:
    """Whether this process has read the files as they are now, and as they were under ``key``."""
    return all(file.stat().st_mtime < BEGAN for file in sources()) and key == key_now()


def prepare(
    store: Store, key: str, make: Callable[[], Any], *, is_of_now: Callable[[], bool], anew: bool = False
) -> None:
    """Have a migrated test database: by ``make`` when none is kept under ``key``, else as a copy.

    What was made is kept only if it ``is_of_now``: while it was made, somebody may have saved another migration.
    """
    with store.alone():
        if anew or not store.has(key):
            make()
            if is_of_now():
                store.keep(key)
        else:
            store.load(key)


def _called(database: BaseDatabaseWrapper, name: str) -> None:
    """Have ``database`` mean the one of this name from now on, as Django's own making of test databases does."""
    database.close()
    settings.DATABASES[database.alias]["NAME"] = name
    database.settings_dict["NAME"] = name


class Files:
    """SQLite: one file for each key, copied into memory page by page."""

    def __init__(self, database: BaseDatabaseWrapper, folder: Path) -> None:
        self.database, self.folder = database, folder

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Lock the folder."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def path(self, key: str) -> Path:
        """Where the file of ``key`` is, if there is one."""
        return self.folder / f"{PREFIX}{key}.sqlite3"

    def has(self, key: str) -> bool:
        """Whether the file is there; a half written one has another name."""
        return self.path(key).exists()

    def keep(self, key: str) -> None:
        """Write the file, then give it its name."""
        draft = self.path(key).with_suffix(".new")
        draft.unlink(missing_ok=True)
        with closing(sqlite3.connect(draft)) as copy:
            self.database.connection.backup(copy)
        draft.replace(self.path(key))
        newest_first = sorted(self.folder.glob(f"{PREFIX}*.sqlite3"), key=lambda file: -file.stat().st_mtime_ns)
        for old in newest_first[KEPT_FILES:]:
            old.unlink()

    def load(self, key: str) -> None:
        """Fill the database in memory."""
        _called(self.database, self.database.creation._get_test_db_name())
        self.database.ensure_connection()
        with closing(sqlite3.connect(f"file:{self.path(key)}?mode=ro", uri=True)) as kept:
            kept.backup(self.database.connection)
        self.path(key).touch()


class Templates:
    """PostgreSQL: one template for each key, copied by the server."""

    def __init__(self, database: BaseDatabaseWrapper) -> None:
        self.database = database

    def _tell(self, *statements: str) -> list[tuple[Any, ...]]:
        """Run statements outside any test database; rows of the last one."""
        with self.database.creation._nodb_cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
            return cursor.fetchall() if cursor.description else []

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Lock for all who prepare databases on this server."""
        with self.database.creation._nodb_cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
            yield

    def _names(self) -> set[str]:
        rows = self._tell("SELECT datname FROM pg_database")
        return {name for (name,) in rows if name.startswith(PREFIX)}

    def has(self, key: str) -> bool:
        """Whether the server has the template; one appears only when it is whole."""
        return PREFIX + key in self._names()

    def keep(self, key: str) -> None:
        """Copy the test database, which nobody may use meanwhile."""
        self.database.close()
        drops = [f"DROP DATABASE {name}" for name in self._names()]
        self._tell(*drops, self._copy(PREFIX + key, self.database.settings_dict["NAME"]))

    def load(self, key: str) -> None:
        """Copy the template."""
        name = self.database.creation._get_test_db_name()
        drop = f"DROP DATABASE IF EXISTS {self.database.ops.quote_name(name)}"
        self._tell(drop, self._copy(name, PREFIX + key))
        _called(self.database, name)

    def _copy(self, name: str, original: str) -> str:
        new, old = self.database.ops.quote_name(name), self.database.ops.quote_name(original)
        return f"CREATE DATABASE {new} TEMPLATE {old}"


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_modify_db_settings: None,
    django_db_createdb: bool,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[None]:
    """Instead of pytest-django's: a copy where one is kept."""
    store = Templates(connection) if connection.vendor == "postgresql" else Files(connection, FOLDER)
    with django_db_blocker.unblock():
        original = connection.settings_dict["NAME"]
        make = partial(connection.creation.create_test_db, verbosity=0, autoclobber=True, serialize=False)
        key = key_now()
        prepare(store, key, make, is_of_now=partial(unchanged_since, key), anew=django_db_createdb)
        connection.ensure_connection()
    yield
    with django_db_blocker.unblock():
        connection.creation.destroy_test_db(original, verbosity=0)
