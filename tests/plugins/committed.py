"""Tests that commit empty the whole database behind them: put back what the migrations had left in it.

Pages hang on the root page that Wagtail's migrations make; without it every later test in the same process would fail.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection
from pytest_django.plugin import blocking_manager_key

if TYPE_CHECKING:
    from pytest_django import DjangoDbBlocker

_rows = pytest.StashKey[str]()


def commits(item: pytest.Item) -> bool:
    """Whether a test works outside a transaction, so that its end empties every table.

    Browser tests run apart, in a process whose loop of events allows no question to the database from here.
    """
    marker = item.get_closest_marker("django_db")
    return bool(marker and marker.kwargs.get("transaction")) and item.get_closest_marker("browser") is None


@pytest.fixture(scope="session")
def rows_of_migrations(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> None:
    """Remember the rows of the fresh database."""
    with django_db_blocker.unblock():
        request.config.stash[_rows] = connection.creation.serialize_db_to_string()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Have tests that commit ask for the rows before anything else."""
    for item in items:
        if isinstance(item, pytest.Function) and commits(item):
            item.fixturenames.insert(0, "rows_of_migrations")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    """Put the rows back once the test and all its fixtures are gone."""
    yield
    contents = item.config.stash.get(_rows, "")
    if not contents or not commits(item) or connection.vendor != "sqlite":
        return
    with item.config.stash[blocking_manager_key].unblock():
        # Without Django's own signal, which would make content types anew under other numbers.
        call_command("flush", verbosity=0, interactive=False, reset_sequences=False, inhibit_post_migrate=True)
        connection.creation.deserialize_db_from_string(contents)
        ContentType.objects.clear_cache()
        connection.close()
