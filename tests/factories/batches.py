"""Files on their way into the registers, and the state of whole tables for comparing it before and after."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile
from django.db.models import Model

from region.domain.batch_work import work_on
from region.domain.batches import apply_batch, check_batch, correct_batch, reading_of, receive_file, start_batch
from region.models import ImportBatch, User
from tests.factories.roles import with_role


def at_once(batch_id: UUID) -> None:
    """For batches that are not long: nothing may be left to a worker."""
    raise AssertionError(batch_id)


def uploaded(importer: str, content: str | bytes, *, by: User | None = None, name: str = "table.csv") -> ImportBatch:
    """A file just uploaded by a coordinator."""
    data = content.encode() if isinstance(content, str) else content
    by = by or with_role("coordinator")
    received = receive_file(importer=importer, upload=ContentFile(data, name=name), by=by)
    return start_batch(received=received, by=by)


def checked(importer: str, content: str | bytes, **options: Any) -> ImportBatch:
    """The same after its dry run."""
    batch = uploaded(importer, content, **options)
    return check_batch(batch=batch, by=batch.created_by, later=at_once)


def applied(importer: str, content: str | bytes, **options: Any) -> ImportBatch:
    """The same, written without its rejected rows."""
    batch = checked(importer, content, **options)
    return apply_batch(batch=batch, skip_rejected=True, by=batch.created_by, later=at_once)


def worked_on(batch: ImportBatch) -> ImportBatch:
    """What a worker makes of it."""
    work_on(batch.pk)
    batch.refresh_from_db()
    return batch


def state_of(models: Iterable[type[Model]]) -> dict[str, list[tuple[Any, ...]]]:
    """Every column of every row of these tables."""
    return {
        model._meta.label: [tuple(map(repr, row)) for row in model._base_manager.order_by("pk").values_list()]
        for model in models
    }


def tried(
    importer: str,
    content: str | bytes,
    values: dict[str, Any],
    *,
    by: User,
    name: str = "table.csv",
    reading: dict[str, Any] | None = None,
) -> ImportBatch:
    """A file after its dry run, with what was said for all its rows and how it is to be read."""
    batch = uploaded(importer, content, by=by, name=name)
    known = replace(reading_of(batch), **(reading or {}))
    batch = correct_batch(batch=batch, reading=known, values=values, by=by)
    return check_batch(batch=batch, by=by, later=at_once)


def written(batch: ImportBatch) -> ImportBatch:
    """A batch after its dry run, written without its rejected rows."""
    return apply_batch(batch=batch, skip_rejected=True, by=batch.created_by, later=at_once)


def counts(batch: ImportBatch) -> list[int]:
    """Rows that are new, changed, unchanged, rejected."""
    return [batch.report[f"{name}_count"] for name in ("added", "changed", "unchanged", "rejected")]


def rejections(batch: ImportBatch) -> list[tuple[int, str, str]]:
    """Rows that were turned down, with column and reason."""
    return [(one["row"], one["column"], one["reason"]) for one in batch.report["rejected"]]
