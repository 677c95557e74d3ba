from __future__ import annotations

import pytest
from django.db import InterfaceError, OperationalError, connection, transaction

from region.domain import patience
from region.domain.patience import patiently
from tests.factories.accounts import new_user


class Flaky:
    """Fails so many times, then works."""

    def __init__(self, *errors: Exception) -> None:
        self.errors = list(errors)

    def __call__(self) -> str:
        if self.errors:
            raise self.errors.pop(0)
        return "done"


@pytest.fixture(autouse=True)
def outside(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """No transaction is open, and pauses cost nothing."""
    slept: list[float] = []
    monkeypatch.setattr(patience.time, "sleep", slept.append)
    monkeypatch.setattr(patience, "connection", Connection())
    return slept


class Connection:
    """Stands for the database."""

    in_atomic_block = False

    def close(self) -> None:
        """Do nothing."""


def test_act_is_tried_until_the_database_is_back(outside: list[float]) -> None:
    assert patiently(Flaky(OperationalError(), InterfaceError())) == "done"
    assert outside == [0.2, 0.5]


def test_patience_ends() -> None:
    with pytest.raises(OperationalError):
        patiently(Flaky(*[OperationalError()] * 3), pauses=(1, 1))


def test_other_errors_pass_at_once(outside: list[float]) -> None:
    with pytest.raises(ValueError, match="bad"):
        patiently(Flaky(ValueError("bad")))
    assert outside == []


@pytest.mark.django_db
def test_nothing_is_tried_again_inside_a_transaction(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "connection", connection)
    with transaction.atomic(), pytest.raises(OperationalError):
        patiently(Flaky(OperationalError()))
    assert new_user().pk
