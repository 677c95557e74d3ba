"""What a bulk write did to some tables, row by row, so that it can be undone exactly.

Before the write each table is copied inside the database (a temporary table); after it, rows that differ are written
down with their values before and after. Memory stays bounded by some hundreds of rows, whatever the size of the tables.
"""

from __future__ import annotations

import json
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from io import TextIOWrapper
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Model

from region.messages import Problem
from region.messages import gettext_noop as _
from region.sql_names import key_name, lock_writes, quoted, table_name

_AT_ONCE = 1_000
_MEMBER = "journal.jsonl"
_UNREADABLE = _("What this import changed can no longer be read, so it cannot be undone.")


@dataclass(frozen=True, slots=True)
class Entry:
    """One row that differs: values by column before (None: it was not there) and after (None: it is gone)."""

    model: type[Model]
    key: Any
    before: dict[str, Any] | None
    after: dict[str, Any] | None


@contextmanager
def remembered(models: Sequence[type[Model]]) -> Iterator[None]:
    """Keep the rows of these tables as they are now, inside a transaction; others' writes to them wait (PostgreSQL)."""
    with connection.cursor() as cursor:
        for model in models:
            lock_writes(model)
            cursor.execute(_sql("DROP TABLE IF EXISTS", _copy(model)))
            cursor.execute(_sql("CREATE TEMPORARY TABLE", _copy(model), "AS SELECT * FROM", table_name(model)))
            cursor.execute(_sql("CREATE UNIQUE INDEX", _index(model), "ON", _copy(model), "(", key_name(model), ")"))
    yield
    with connection.cursor() as cursor:
        for model in models:
            cursor.execute(_sql("DROP TABLE", _copy(model)))


def write_journal(path: Path, models: Sequence[type[Model]]) -> int:
    """Write every row that differs from what is remembered into a packed file; gives their number."""
    count = 0
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive,
        archive.open(_MEMBER, "w", force_zip64=True) as packed,
        TextIOWrapper(packed, encoding="utf-8") as text,
    ):
        for model in models:
            for key, before, after in _differing(model):
                row = {"t": model._meta.label, "k": key, "b": before, "a": after}
                text.write(json.dumps(row, ensure_ascii=False) + "\n")
                count += 1
    return count


def read_journal(path: Path, models: Sequence[type[Model]]) -> Iterator[Entry]:
    """The rows of a journal of these tables, in the order of their tables.

    A journal is a file, and a file can be exchanged: what it names must be one of the tables and all of its columns.
    Raises `Problem` for anything else.
    """
    known = {model._meta.label: model for model in models}
    try:
        with (
            zipfile.ZipFile(path) as archive,
            archive.open(_MEMBER) as packed,
            TextIOWrapper(packed, encoding="utf-8") as text,
        ):
            for line in text:
                yield _entry(json.loads(line), known)
    except (zipfile.BadZipFile, zlib.error, EOFError, LookupError, TypeError, ValueError) as error:
        if isinstance(error, Problem):
            raise
        raise Problem(_UNREADABLE) from error


def _entry(row: dict[str, Any], known: Mapping[str, type[Model]]) -> Entry:
    model = known[row["t"]]
    columns = {field.attname for field in model._meta.concrete_fields}
    if any(values is not None and {*values} != columns for values in (row["b"], row["a"])):
        raise Problem(_UNREADABLE)
    return Entry(model, row["k"], row["b"], row["a"])


def plain_row(model: type[Model], values: Sequence[Any]) -> dict[str, Any]:
    """Values of all columns of a row, in their order, as JSON takes them."""
    return {field.attname: _plain(value) for field, value in zip(model._meta.concrete_fields, values, strict=True)}


def current_rows(model: type[Model], keys: Sequence[Any]) -> dict[Any, dict[str, Any]]:
    """The rows with these keys as they stand now, by their keys as the journal writes them."""
    names = [field.attname for field in model._meta.concrete_fields]
    key = _key_attribute(model)
    rows = (plain_row(model, row) for row in model._base_manager.filter(pk__in=keys).values_list(*names))
    return {row[key]: row for row in rows}


def record_of(model: type[Model], row: dict[str, Any]) -> Model:
    """A record with the values of a journal's row; it is not saved."""
    return model(**{field.attname: field.to_python(row[field.attname]) for field in model._meta.concrete_fields})


def _differing(model: type[Model]) -> Iterator[tuple[Any, dict[str, Any] | None, dict[str, Any] | None]]:
    keys = list(_differing_keys(model))
    for start in range(0, len(keys), _AT_ONCE):
        some = keys[start : start + _AT_ONCE]
        before, after = _remembered_rows(model, some), current_rows(model, some)
        for key in dict.fromkeys((*before, *after)):
            yield key, before.get(key), after.get(key)


def _differing_keys(model: type[Model]) -> Iterator[Any]:
    """Keys, as the database has them, of rows that were added, changed or removed."""
    is_other = "IS NOT" if connection.vendor == "sqlite" else "IS DISTINCT FROM"
    fields: list[Any] = list(model._meta.concrete_fields)
    columns = [quoted(field.column) for field in fields]
    differs = " OR ".join(f"now.{column} {is_other} was.{column}" for column in columns)
    key, now, was = key_name(model), table_name(model), _copy(model)
    join = f"ON now.{key} = was.{key}"
    gone = _sql(f"SELECT was.{key} FROM", was, "was LEFT JOIN", now, "now", join, "WHERE", differs)
    added = _sql(f"SELECT now.{key} FROM", now, "now LEFT JOIN", was, "was", join, f"WHERE was.{key} IS NULL")
    with connection.cursor() as cursor:
        for statement in (gone, added):
            cursor.execute(statement)
            while rows := cursor.fetchmany(_AT_ONCE):
                yield from (row[0] for row in rows)


def _remembered_rows(model: type[Model], keys: Sequence[Any]) -> dict[Any, dict[str, Any]]:
    places = ", ".join("%s" for _key in keys)
    statement = _sql("SELECT * FROM", _copy(model), "WHERE", key_name(model), "IN (", places, ")")
    names = [field.attname for field in model._meta.concrete_fields]
    key = _key_attribute(model)
    records = model._base_manager.raw(statement, list(keys))
    rows = (plain_row(model, [getattr(record, name) for name in names]) for record in records)
    return {row[key]: row for row in rows}


def _plain(value: Any) -> Any:
    """A value as JSON takes it, without loss."""
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    return str(value) if isinstance(value, (UUID, Decimal)) else value


def _sql(*parts: str) -> str:
    """A statement from its parts; names in them come from the models, never from people."""
    return " ".join(parts)


def _key_attribute(model: type[Model]) -> str:
    field: Any = model._meta.pk
    return str(field.attname)


def _copy(model: type[Model]) -> str:
    return quoted(f"before_{model._meta.db_table}")


def _index(model: type[Model]) -> str:
    return quoted(f"before_{model._meta.db_table}_key")
