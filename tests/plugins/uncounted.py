"""Coverage rests where it tells nothing: while tables of the test database are made, and in the table of permissions.

Twenty thousand requests that ask who may open what reach nearly every line without looking at what comes of it: that is
no proof that the line was tested, and counting takes longer than the requests.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from coverage import Coverage

PERMISSIONS = Path(__file__).resolve().parents[1] / "permissions"
# What was stopped: a database that is made for the first test of permissions must not start it again.
_at_rest: list[Coverage] = []


@contextmanager
def resting(*, wanted: bool) -> Iterator[None]:
    """Stop counting inside the block, if it goes on at all."""
    counting = Coverage.current() if wanted and not _at_rest else None
    if counting is None:
        yield
        return
    _at_rest.append(counting)
    counting.stop()
    try:
        yield
    finally:
        _at_rest.pop()
        counting.start()


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[Any]) -> Iterator[None]:
    """Rest while the database is made."""
    with resting(wanted=fixturedef.argname == "django_db_setup"):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Rest while permissions are asked about."""
    with resting(wanted=PERMISSIONS in item.path.parents):
        return (yield)
