"""Coverage rests while the tables of the test database are made: migrations do not count, and go twice as fast."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from coverage import Coverage


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[Any]) -> Iterator[None]:
    """Stop before the database is made and go on after it."""
    counting = Coverage.current() if fixturedef.argname == "django_db_setup" else None
    if counting is None:
        return (yield)
    counting.stop()
    try:
        return (yield)
    finally:
        counting.start()
