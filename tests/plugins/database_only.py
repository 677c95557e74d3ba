"""``--database-only``: leave out tests that another database would answer the same.

Those are the tests that never touch the database, and those marked ``once``: tables of permissions and of states, what
Wagtail alone makes, what is asked of a mail server or of an identity provider.
"""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Have the option known."""
    parser.addoption("--database-only", action="store_true", help="leave out what another database answers the same")


def depends_on_the_database(item: pytest.Item) -> bool:
    """Whether a test asks for the database, itself or through a fixture, and is not marked ``once``."""
    asks = "django_db_setup" in getattr(item, "fixturenames", ()) or item.get_closest_marker("django_db") is not None
    return asks and item.get_closest_marker("once") is None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the others out."""
    if config.getoption("--database-only"):
        others = [item for item in items if not depends_on_the_database(item)]
        config.hook.pytest_deselected(items=others)
        items[:] = [item for item in items if depends_on_the_database(item)]
