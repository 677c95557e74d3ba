"""Tests that commit empty the whole database behind them: put back what the migrations had left in it.

Pages hang on the root page that Wagtail's migrations make; without it every later test in the same process would fail.
The rows wait in tables of their own and return by plain SQL, since saving them as objects would call signals, some of
which make rows that are about to return as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management.color import no_style
from django.db import connection, transaction

if TYPE_CHECKING:
    from pytest_django import DjangoDbBlocker


def commits(item: pytest.Item) -> bool:
    """Whether a test works outside a transaction, so that its end empties every table.

    Browser tests run apart, in a process whose loop of events allows no question to the database from here.
    """
    marker = item.get_closest_marker("django_db")
    return bool(marker and marker.kwargs.get("transaction")) and item.get_closest_marker("browser") is None


def _sql(words: str, table: str) -> str:
    """``words`` with the quoted names of a table of our models and of its copy."""
    quoted = connection.ops.quote_name
    return words.format(table=quoted(table), copy=quoted(f"kept_{table}"))


def _keep() -> list[str]:
    """Copy every table that has rows; their names."""
    kept = []
    with connection.cursor() as cursor:
        for table in connection.introspection.django_table_names(only_existing=True, include_views=False):
            cursor.execute(_sql("SELECT EXISTS (SELECT 1 FROM {table})", table))
            if cursor.fetchone()[0]:
                cursor.execute(_sql("CREATE TABLE {copy} AS SELECT * FROM {table}", table))
                kept.append(table)
    return kept


def _restore(kept: list[str]) -> None:
    """Empty every table, then fill those of ``kept``; foreign keys are looked at again once all rows are there."""
    every = connection.introspection.django_table_names(only_existing=True, include_views=False)
    connection.ops.execute_sql_flush(connection.ops.sql_flush(no_style(), every))
    with connection.constraint_checks_disabled(), transaction.atomic(), connection.cursor() as cursor:
        for table in kept:
            cursor.execute(_sql("INSERT INTO {table} SELECT * FROM {copy}", table))
    ContentType.objects.clear_cache()


@pytest.fixture(scope="session")
def kept_rows(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> list[str]:
    """Tables whose rows in the fresh database are remembered."""
    with django_db_blocker.unblock():
        return _keep()


@pytest.fixture
def rows_of_migrations(kept_rows: list[str], django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Put the rows back once the test and all its other fixtures are gone."""
    yield
    with django_db_blocker.unblock():
        _restore(kept_rows)
        connection.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Have tests that commit ask for the rows before anything else, so that this fixture ends last."""
    for item in items:
        if isinstance(item, pytest.Function) and commits(item):
            item.fixturenames.insert(0, "rows_of_migrations")
