"""Coverage rests for the table of permissions and goes on after it."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.plugins import uncounted
from tests.plugins.uncounted import PERMISSIONS


class Counting:
    """Stands for the coverage of the process."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def stop(self) -> None:
        self.said.append("stop")

    def start(self) -> None:
        self.said.append("start")


@pytest.fixture
def counting(monkeypatch: pytest.MonkeyPatch) -> Counting:
    made = Counting()
    monkeypatch.setattr(uncounted, "Coverage", SimpleNamespace(current=lambda: made))
    return made


def walked(path: Path, counting: Counting) -> list[str]:
    """What is said to coverage around a test of a file."""
    item: Any = SimpleNamespace(path=path)
    around = uncounted.pytest_runtest_protocol(item)
    next(around)
    counting.said.append("test")
    with pytest.raises(StopIteration):
        next(around)
    return counting.said


def test_permissions_are_not_counted(counting: Counting) -> None:
    assert PERMISSIONS.is_dir()
    assert walked(PERMISSIONS / "test_tables.py", counting) == ["stop", "test", "start"]


def test_other_tests_are_counted(counting: Counting) -> None:
    assert walked(PERMISSIONS.parent / "region" / "test_roles.py", counting) == ["test"]


def test_nothing_to_stop_without_coverage(monkeypatch: pytest.MonkeyPatch, counting: Counting) -> None:
    monkeypatch.setattr(uncounted, "Coverage", SimpleNamespace(current=lambda: None))
    assert walked(PERMISSIONS / "test_tables.py", counting) == ["test"]


def test_rest_within_a_rest_ends_with_the_outer_one(counting: Counting) -> None:
    with uncounted.resting(wanted=True):
        with uncounted.resting(wanted=True):
            counting.said.append("database")
        counting.said.append("test")
    assert counting.said == ["stop", "database", "test", "start"]
