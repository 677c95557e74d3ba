"""The outline of the site, built once in a process: a test that asks for it gets its rows by plain SQL.

Building sixty pages in three languages takes more than a second, and some two hundred tests begin with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import caches
from django.db import connection, transaction
from django.utils import translation

from region.sql_names import quoted
from tests.factories.pages import built_site
from tests.factories.profiles import czech_county

if TYPE_CHECKING:
    from pytest_django import DjangoDbBlocker

    from portal.domain.site import Pages

# SQLite fills its index of words by a trigger.
_FILLED_BY_ITSELF = {"wagtailsearch_indexentry_fts"}
Rows: TypeAlias = "list[tuple[Any, ...]]"


def _sql(words: str, table: str, columns: Sequence[str] = ()) -> str:
    """``words`` with the quoted names of a table and its columns, and with a place for each value."""
    names, places = ", ".join(map(quoted, columns)), ", ".join(["%s"] * len(columns))
    return words.format(table=quoted(table), columns=names, places=places)


@dataclass(frozen=True, slots=True)
class KeptSite:
    """The pages, and the rows of every table that building them has changed."""

    pages: Pages
    columns: dict[str, Sequence[str]]
    rows: dict[str, Rows]
    # Tables that had rows before; the others are empty, and some refuse to be emptied.
    filled: frozenset[str]

    def put_back(self) -> Pages:
        """Fill the tables inside the transaction of a test; the pages as if they had just been made."""
        with connection.cursor() as cursor:
            for table in self.filled:
                cursor.execute(_sql("DELETE FROM {table}", table))
            for table, rows in self.rows.items():
                insert = _sql("INSERT INTO {table} ({columns}) VALUES ({places})", table, self.columns[table])
                cursor.executemany(insert, rows)
        return deepcopy(self.pages)


def _everything() -> tuple[dict[str, Sequence[str]], dict[str, Rows]]:
    """Columns and rows of all tables."""
    columns: dict[str, Sequence[str]] = {}
    rows: dict[str, Rows] = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.django_table_names(only_existing=True, include_views=False):
            cursor.execute(_sql("SELECT * FROM {table}", table))
            columns[table] = [column[0] for column in cursor.description]
            rows[table] = cursor.fetchall()
    return columns, rows


@pytest.fixture(scope="session")
def kept_site(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> KeptSite:
    """Build the site as every test would, look what it wrote, and take it back."""
    with django_db_blocker.unblock(), translation.override("en"), transaction.atomic():
        czech_county()
        _columns, before = _everything()
        pages = built_site()
        columns, after = _everything()
        transaction.set_rollback(True)
    # What was remembered meanwhile is of rows that are gone again.
    for cache in caches.all(initialized_only=True):
        cache.clear()
    ContentType.objects.clear_cache()
    changed = {table: rows for table, rows in after.items() if rows != before[table] and table not in _FILLED_BY_ITSELF}
    return KeptSite(pages, columns, changed, frozenset(table for table in changed if before[table]))
