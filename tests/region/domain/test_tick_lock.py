from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError

from region.domain import tick_lock
from region.domain.tick_lock import only_one


class Database:
    """Stands for a connection: to a file, or to a server that gives its lock or not, and may go away."""

    def __init__(self, vendor: str, *, name: str = "", is_free: bool = True, is_lost: bool = False) -> None:
        self.vendor, self.settings_dict = vendor, {"NAME": name}
        self.is_free, self.is_lost = is_free, is_lost
        self.asked: list[str] = []
        self.closed = 0

    @contextmanager
    def cursor(self) -> Iterator[Database]:
        yield self

    def execute(self, statement: str, _values: list[Any]) -> None:
        self.asked.append(statement.split("(", maxsplit=1)[0].removeprefix("SELECT "))
        if self.is_lost and "unlock" in statement:
            raise OperationalError

    def fetchone(self) -> tuple[bool]:
        return (self.is_free,)

    def close(self) -> None:
        self.closed += 1


def use(monkeypatch: pytest.MonkeyPatch, database: Database) -> Database:
    monkeypatch.setattr(tick_lock, "connection", database)
    return database


def test_lock_beside_a_file_is_held_by_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "region.sqlite3"
    file.touch()
    use(monkeypatch, Database("sqlite", name=str(file)))
    with only_one() as first, only_one() as second:
        assert (first, second) == (True, False)
    with only_one() as third:
        assert third


def test_database_in_memory_has_one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, Database("sqlite", name="file:memory?mode=memory"))
    with only_one() as is_ours:
        assert is_ours


@pytest.mark.parametrize(
    ("is_free", "asked"), [(True, ["pg_try_advisory_lock", "pg_advisory_unlock"]), (False, ["pg_try_advisory_lock"])]
)
def test_lock_of_a_server_is_given_back_by_its_holder(
    is_free: bool, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    database = use(monkeypatch, Database("postgresql", is_free=is_free))
    with only_one() as is_ours:
        assert is_ours is is_free
    assert (database.asked, database.closed) == (asked, 0)


def test_lock_goes_with_a_session_that_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    database = use(monkeypatch, Database("postgresql", is_lost=True))
    with only_one() as is_ours:
        assert is_ours
    assert database.closed == 1


@pytest.mark.django_db
def test_real_lock_is_given_again_and_again() -> None:
    for _ in range(2):
        with only_one() as is_ours:
            assert is_ours
