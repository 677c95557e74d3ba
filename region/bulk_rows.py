"""Writing many rows by plain statements: exactly the values given, without signals, defaults or cascades.

Twenty times as fast as saving records one by one. Foreign keys are checked by the database at the end of the
transaction, so the order of tables does not matter.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from django.db import connection

from region.sql_names import key_name, quoted, table_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import Field, Model

_ROWS_AT_ONCE = 1_000


def update_rows(model: type[Model], names: Sequence[str], records: Iterable[Model]) -> None:
    """Write the fields ``names`` of records that are in the database."""
    fields: list[Any] = [model._meta.get_field(name) for name in names]
    columns = ", ".join(f"{quoted(field.column)} = %s" for field in fields)
    statement = ("UPDATE", table_name(model), "SET", columns, "WHERE", key_name(model), "= %s")
    _run(" ".join(statement), ([*_stored(fields, record), _stored_key(model, record.pk)] for record in records))


def insert_rows(model: type[Model], records: Iterable[Model]) -> None:
    """Write records with all their fields, their keys included."""
    fields: list[Any] = list(model._meta.concrete_fields)
    columns = ", ".join(quoted(field.column) for field in fields)
    places = ", ".join("%s" for _field in fields)
    statement = ("INSERT INTO", table_name(model), "(", columns, ") VALUES (", places, ")")
    _run(" ".join(statement), (_stored(fields, record) for record in records))


def insert_values(model: type[Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write rows of plain values for the fields ``names``; the database gives the keys."""
    fields: list[Any] = [model._meta.get_field(name) for name in names]
    columns = ", ".join(quoted(field.column) for field in fields)
    places = ", ".join("%s" for _field in fields)
    _run(" ".join(("INSERT INTO", table_name(model), "(", columns, ") VALUES (", places, ")")), rows)


def delete_rows(model: type[Model], keys: Iterable[Any]) -> None:
    """Remove the rows with these keys, and nothing with them: who refers to them must have been asked before."""
    statement = ("DELETE FROM", table_name(model), "WHERE", key_name(model), "= %s")
    _run(" ".join(statement), ([_stored_key(model, key)] for key in keys))


def _run(statement: str, rows: Iterable[Sequence[Any]]) -> None:
    waiting = iter(rows)
    with connection.cursor() as cursor:
        while piece := list(islice(waiting, _ROWS_AT_ONCE)):
            cursor.executemany(statement, piece)


def _stored(fields: Sequence[Field[Any, Any]], record: Model) -> list[Any]:
    """Values of a record as the database wants them."""
    return [field.get_db_prep_save(getattr(record, field.attname), connection) for field in fields]


def _stored_key(model: type[Model], key: Any) -> Any:
    field: Any = model._meta.pk
    return field.get_db_prep_save(key, connection)
