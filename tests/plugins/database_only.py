"""``--database-only``: leave out tests that never touch the database; another database would answer them the same."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Have the option known."""
    parser.addoption("--database-only", action="store_true", help="leave out tests that never touch the database")


def touches_database(item: pytest.Item) -> bool:
    """Whether a test asks for the database, itself or through a fixture."""
    return "django_db_setup" in getattr(item, "fixturenames", ()) or item.get_closest_marker("django_db") is not None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the others out."""
    if config.getoption("--database-only"):
        others = [item for item in items if not touches_database(item)]
        config.hook.pytest_deselected(items=others)
        items[:] = [item for item in items if touches_database(item)]
