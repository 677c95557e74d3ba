"""Names for the few statements written by hand: quoted, and only ever those of our models."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection

if TYPE_CHECKING:
    from django.db.models import Model


def quoted(name: str) -> str:
    """A name as the database takes it in a statement."""
    return connection.ops.quote_name(name)


def table_name(model: type[Model]) -> str:
    """The quoted name of a model's table."""
    return quoted(model._meta.db_table)


def key_name(model: type[Model]) -> str:
    """The quoted name of the column of a model's key."""
    field: Any = model._meta.pk
    return quoted(field.column)


def lock_writes(model: type[Model]) -> None:
    """Have others' writes to a table wait until the transaction ends; SQLite has one writer anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {table_name(model)} IN SHARE ROW EXCLUSIVE MODE")
