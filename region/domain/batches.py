"""An import on screen, from upload to undo: what may follow what, and who may do it.

The work itself (dry run, writing, undoing) stands in `region.domain.batch_work`. Long ones are done by a worker: the
caller says by ``later`` how it is told; short ones are done at once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeAlias
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import get_language

from region.domain import audit
from region.domain.batch_work import work_on
from region.domain.documents import (
    Inspected,
    document_path,
    inspect_upload,
    inspected_path,
    keep_document,
    remove_document,
)
from region.domain.mappings import Chosen, fitted, known_mapping, note_use, save_mapping, stored
from region.enums import BatchStatus
from region.import_kinds import permission_of
from region.importers import importer_of
from region.messages import Problem
from region.messages import gettext_noop as _
from region.models import ImportBatch, SavedMapping, User
from region.queries.batches import RULE, may_import
from region.tables.looking import Look
from region.tables.reading import Options

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.core.files import File
    from django.forms import Form

# Has a worker carry out what is asked of a batch; called inside the transaction that asks.
Later: TypeAlias = "Callable[[UUID], object]"

_MOVED_ON = _("Somebody was faster: this import is already elsewhere. Look where it stands now.")
# How long files of imports are kept: long enough to find a mistake and undo it.
KEPT = timedelta(days=180)
_AT_ONCE = 50
_UNFINISHED = (BatchStatus.UPLOADED, BatchStatus.CHECKED, BatchStatus.FAILED)
_AT_WORK = (BatchStatus.CHECKING, BatchStatus.APPLYING, BatchStatus.UNDOING)


@dataclass(frozen=True, slots=True)
class Received:
    """An uploaded file that was checked and looked at: a table for ``importer``."""

    importer: str
    file: Inspected
    is_long: bool
    mapping: Chosen | None = None


def receive_file(*, importer: str, upload: File[bytes], by: User) -> Received:
    """Check and scan an uploaded file and look at it: may take long, so call it before any transaction.

    Raises FileRefused for a file that is not taken, Problem for no table.
    """
    _require(by, importer)
    kind = importer_of(importer)
    file = inspect_upload(upload=upload, limits=kind.limits)
    with inspected_path(inspected=file) as path:
        is_long = kind.look(path, reading_of(ImportBatch())).is_long
        known = known_mapping(importer=importer, look=lambda options: kind.look(path, options))
        return Received(importer, file, is_long, known)


def start_batch(*, received: Received, by: User) -> ImportBatch:
    """Keep a received file as a new import."""
    key, importer = uuid4(), received.importer
    _require(by, importer)
    with transaction.atomic():
        document = keep_document(upload=received.file, rule=RULE, target_id=str(key), by=by)
        batch = ImportBatch(pk=key, importer=importer, file=document, created_by=by)
        batch.options = {"is_long": received.is_long}
        if received.mapping:
            batch.options |= received.mapping.options
            note_use(mapping=received.mapping.mapping)
        batch.save(force_insert=True)
        after = {"importer": importer, "file": document.name}
        audit.record(action="import.uploaded", target=batch, by=by, after=after)
    return batch


def look_at_batch(batch: ImportBatch) -> Look:
    """What is recognised of the file, with the corrections made so far. Raises Problem for what is no table."""
    with document_path(document=batch.file) as path:
        return importer_of(batch.importer).look(path, reading_of(batch))


def reading_of(batch: ImportBatch) -> Options:
    """How the file is to be read, as far as a person said so."""
    told = batch.options.get("reading", {})
    return Options(
        encoding=told.get("encoding", ""),
        separator=told.get("separator", ""),
        sheet=told.get("sheet", ""),
        header_row=told.get("header_row", 0),
        header_depth=told.get("header_depth", 0),
        places=told.get("places"),
        ignore_unknown=True,
    )


def correct_batch(*, batch: ImportBatch, reading: Options, values: Mapping[str, str], by: User) -> ImportBatch:
    """Keep how the file is to be read and what holds for all its rows; a dry run made before is void.

    Raises Problem when the file cannot be read so.
    """
    return _read_as(batch, {"reading": stored(reading), "values": dict(values)}, by)


def read_as(*, batch: ImportBatch, mapping: SavedMapping | None, by: User) -> ImportBatch:
    """Read the file in a kept way, as far as it has the columns; with None, as it is recognised by itself."""
    _require(by, batch.importer)
    kind, forgotten = importer_of(batch.importer), {"mapping": None, "values": None}
    if mapping is None:
        return _read_as(batch, {**forgotten, "reading": {}, "kept_values": {}}, by)
    with document_path(document=batch.file) as path:
        chosen = fitted(mapping=mapping, look=lambda options: kind.look(path, options))
    row = _read_as(batch, {**forgotten, **chosen.options}, by)
    note_use(mapping=mapping)
    return row


def keep_reading(*, batch: ImportBatch, name: str, by: User) -> SavedMapping:
    """Keep how the file is read, with what was said for all its rows, for the next such file."""
    reading, values = reading_of(batch), batch.options.get("values") or {}
    look = look_at_batch(batch)
    return save_mapping(batch=batch, name=name, look=look, reading=reading, values=values, by=by)


@contextmanager
def values_form_of(batch: ImportBatch) -> Iterator[Callable[..., Form] | None]:
    """What makes the form of values for the whole file, while the file is at hand."""
    with document_path(document=batch.file) as path:
        yield importer_of(batch.importer).values_form(path, reading_of(batch))


def _read_as(batch: ImportBatch, told: Mapping[str, Any], by: User) -> ImportBatch:
    with _moving(batch, _UNFINISHED, BatchStatus.UPLOADED, by) as row:
        row.options = {**row.options, **told}
        if row.rejected_file is not None:
            remove_document(document=row.rejected_file, by=by)
        row.report, row.rejected_file, row.error = {}, None, ""
        # What cannot be read is refused here: nothing is kept that would lead to no page to correct it on.
        look_at_batch(row)
    return row


def check_batch(*, batch: ImportBatch, by: User, later: Later) -> ImportBatch:
    """Have the dry run made."""
    return _ask(batch, _UNFINISHED, BatchStatus.CHECKING, by, later)


def apply_batch(*, batch: ImportBatch, skip_rejected: bool, by: User, later: Later) -> ImportBatch:
    """Have the file written as the dry run showed. Raises Problem when rows are rejected and may not be left out."""

    def judge(row: ImportBatch) -> None:
        # What somebody confirms is what was shown, not what a colleague has had tried out meanwhile.
        if row.report != batch.report:
            raise Problem(_MOVED_ON)
        if row.report.get("rejected_count") and not skip_rejected:
            raise Problem(_("Rows were rejected. Say that the rest is to be written without them, or mend the file."))

    said = {"skip_rejected": skip_rejected}
    return _ask(batch, (BatchStatus.CHECKED,), BatchStatus.APPLYING, by, later, said=said, judge=judge)


def undo_batch(*, batch: ImportBatch, by: User, later: Later) -> ImportBatch:
    """Have everything that the import wrote taken back. A batch that is undone stays so."""
    return _ask(batch, (BatchStatus.APPLIED,), BatchStatus.UNDOING, by, later)


def drop_batch(*, batch: ImportBatch, by: User) -> ImportBatch:
    """Give up a batch that has written nothing; its file is removed."""
    with _moving(batch, _UNFINISHED, BatchStatus.DROPPED, by) as row:
        audit.record(action="import.dropped", target=row, by=by)
        for document in filter(None, (row.file, row.rejected_file)):
            remove_document(document=document, by=by)
    return row


def forget_old_files(*, now: datetime) -> int:
    """Remove files, journals and named rows of imports half a year old; gives their number. A duty of the minute tick.

    They hold what people wrote into the file. Counts stay; such an import can no longer be undone.
    """
    old = ImportBatch.objects.filter(created_at__lt=now - KEPT, file__removed_at=None).exclude(status__in=_AT_WORK)
    return sum(_forget_files(key) for key in old.values_list("pk", flat=True)[:_AT_ONCE])


@transaction.atomic
def _forget_files(key: UUID) -> bool:
    """Remove what is kept of one import, unless somebody has just had it worked on; whether it was done."""
    row = ImportBatch.objects.select_for_update().get(pk=key)
    if row.status in _AT_WORK:
        return False
    for document in filter(None, (row.file, row.journal, row.rejected_file)):
        remove_document(document=document, by=None)
    row.report = {name: value for name, value in row.report.items() if isinstance(value, int)}
    row.journal = row.rejected_file = None
    if row.status in _UNFINISHED:
        row.status = BatchStatus.DROPPED
    row.save()
    return True


def start_again(*, batch: ImportBatch, by: User, later: Later) -> ImportBatch:
    """Have a batch worked on again whose worker seems lost; doing it twice has one effect."""
    _require(by, batch.importer)
    with transaction.atomic():
        row = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        if row.status in _AT_WORK:
            later(row.pk)
    return row


def _require(by: User, importer: str) -> None:
    """Raise PermissionDenied unless ``by`` may import files of this kind."""
    if not may_import(by, importer):
        raise PermissionDenied(permission_of(importer))


def _ask(
    batch: ImportBatch,
    sources: tuple[BatchStatus, ...],
    target: BatchStatus,
    by: User,
    later: Later,
    *,
    said: Mapping[str, Any] = MappingProxyType({}),
    judge: Callable[[ImportBatch], None] | None = None,
) -> ImportBatch:
    """Note what is wanted; a long batch waits for a worker, a short one is worked on at once."""
    with _moving(batch, sources, target, by) as row:
        if judge:
            judge(row)
        row.options = {**row.options, **said, "actor": str(by.pk), "language": get_language()}
        row.done, row.rows, row.error = 0, None, ""
        is_long = bool(row.options.get("is_long"))
        if is_long:
            later(row.pk)
    if not is_long:
        work_on(row.pk)
        row.refresh_from_db()
    return row


@contextmanager
def _moving(
    batch: ImportBatch, sources: tuple[BatchStatus, ...], target: BatchStatus, by: User
) -> Iterator[ImportBatch]:
    """Lock the batch, see that it is where the step begins, and move it on. Raises Problem when it is elsewhere."""
    _require(by, batch.importer)
    with transaction.atomic():
        row = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        if row.status not in sources:
            raise Problem(_MOVED_ON)
        row.status = target
        yield row
        row.save()
