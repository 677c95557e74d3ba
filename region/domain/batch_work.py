"""Carrying out what was asked of an import: dry run, writing, undoing. Done twice it has its effect once.

The status of the batch says what is wanted, and is moved on in the transaction of the work itself. A worker killed in
the middle leaves the status as it was and nothing written; whoever takes the task again begins anew.
"""

from __future__ import annotations

import hashlib
import logging
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.files import File
from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone, translation

from region.domain import audit
from region.domain.content import public_content_changed
from region.domain.documents import FileRefused, document_path, keep_document, remove_document
from region.domain.imports import Change, ImportReport, Rejection, Run
from region.domain.journal import remembered, write_journal
from region.domain.rejected_rows import RejectedRows
from region.domain.undoing import UndoRefused, undo
from region.enums import BatchStatus
from region.importers import Importer, Task, importer_of
from region.messages import Problem, say
from region.messages import gettext_noop as _
from region.models import ImportBatch, PrivateDocument, User
from region.progress import Teller
from region.queries.batches import RULE
from region.tables.reading import Options
from region.uploads import MEGABYTE, Limits
from region.wording import in_words, problem_words

logger = logging.getLogger(__name__)
# So many of each kind are kept with the batch and shown; rejected rows are all in their file.
MOST_SHOWN = 50
_FILES = Limits(("csv", "zip"), 1_000 * MEGABYTE)
_COUNTS = ("added_count", "changed_count", "unchanged_count", "rejected_count")


class CountsDiffer(Exception):
    """The registers changed since the dry run: what would be written is no longer what was confirmed."""

    def __init__(self, report: ImportReport) -> None:
        self.report = report
        super().__init__("counts differ")


def work_on(batch_id: UUID) -> None:
    """Do what the status of the batch asks for; nothing when it asks for nothing (any more).

    What cannot be done is said in the batch, in the language of the screen on which it was asked. A database that went
    away is raised, so that the task is tried again.
    """
    batch = ImportBatch.objects.select_related("file", "journal", "rejected_file").get(pk=batch_id)
    steps: dict[str, Callable[[_Work], None]] = {
        BatchStatus.CHECKING: _check,
        BatchStatus.APPLYING: _apply,
        BatchStatus.UNDOING: _undo,
    }
    if batch.status not in steps:
        return
    work = _Work(batch)
    with translation.override(batch.options.get("language") or translation.get_language()):
        try:
            steps[batch.status](work)
        except (OperationalError, InterfaceError):
            raise
        except Problem as problem:
            work.fail(problem_words(problem))
        except Exception:
            logger.exception("Import %s could not be finished", batch.pk)
            work.fail(in_words(say(_("Something went wrong that nobody foresaw. Nothing was written."))))
        finally:
            work.teller.close()


class _Work:
    """One batch in hand: its importer, who asked, how to tell progress."""

    def __init__(self, batch: ImportBatch) -> None:
        self.batch = batch
        self.importer: Importer = importer_of(batch.importer)
        self.by = User.objects.get(pk=batch.options.get("actor", batch.created_by_id))
        self.teller = Teller(batch.pk)

    def run(self, path: Path, run: Run, rejected: RejectedRows) -> ImportReport:
        """Run the importer over the file; every rejection goes to ``rejected`` as well."""
        told = replace(run, progress=self.teller, most_listed=MOST_SHOWN, on_rejected=rejected.add)
        task = Task(path, self.reading(), self.values(path), self.by, told)
        return self.importer.run(task)

    def reading(self) -> Options:
        """How the file is read."""
        told = {name: value for name, value in self.batch.options.get("reading", {}).items() if value}
        return Options(**{**told, "ignore_unknown": True})

    def values(self, path: Path) -> dict[str, Any]:
        """What was said for the whole file, checked anew."""
        make = self.importer.values_form(path, self.reading())
        if make is None:
            return {}
        form = make(data=self.batch.options.get("values") or {})
        if not form.is_valid():
            raise Problem(_("What was said for the whole file cannot be read. Correct it in the step “Columns”."))
        return dict(form.cleaned_data)

    def keep(self, path: Path, name: str) -> PrivateDocument:
        """Keep a file that we made."""
        with path.open("rb") as stream:
            file: File[bytes] = File(stream, name=name)
            return keep_document(upload=file, rule=RULE, target_id=str(self.batch.pk), by=self.by, limits=_FILES)

    def move(self, status: BatchStatus, **fields: Any) -> bool:
        """Move the batch on unless somebody else has done so; call it inside the transaction of the work."""
        row = ImportBatch.objects.select_for_update().get(pk=self.batch.pk)
        if row.status != self.batch.status:
            return False
        for name, value in {**fields, "status": status}.items():
            setattr(row, name, value)
        row.save()
        return True

    def fail(self, error: str, **fields: Any) -> None:
        """Say in the batch why it ended; what was written before stays, so an undo that failed leaves it written."""
        status = BatchStatus.APPLIED if self.batch.status == BatchStatus.UNDOING else BatchStatus.FAILED
        with transaction.atomic():
            self.move(status, error=error[:500], **fields)


def _check(work: _Work) -> None:
    """The dry run: what would change, and the file of rejected rows."""
    with document_path(document=work.batch.file) as path, RejectedRows() as rejected:
        report = work.run(path, Run(apply=False), rejected)
        _keep_check(work, report, rejected, path)


def _keep_check(work: _Work, report: ImportReport, rejected: RejectedRows, path: Path, error: str = "") -> None:
    with tempfile.TemporaryDirectory(prefix="rejected-") as folder:
        made = rejected.write(Path(folder) / "rejected.csv", work.importer.rows(path, work.reading()))
        with transaction.atomic():
            if work.batch.rejected_file is not None:
                remove_document(document=work.batch.rejected_file, by=work.by)
            kept = _kept_rejections(work, made)
            work.move(BatchStatus.CHECKED, report=described(report), rejected_file=kept, error=error)


def _kept_rejections(work: _Work, made: Path | None) -> PrivateDocument | None:
    """The file of rejected rows, or None: there are none, or it holds something that no file may hold."""
    if made is None:
        return None
    stem = Path(work.batch.file.name).stem[:60]
    try:
        return work.keep(made, f"{stem}-rejected.csv")
    except FileRefused:
        logger.warning("The rejected rows of import %s could not be kept as a file", work.batch.pk)
        return None


def _apply(work: _Work) -> None:
    """Write the file, if it still does what the dry run showed; keep what undoing needs."""
    run = Run(apply=True, skip_rejected=bool(work.batch.options.get("skip_rejected")))
    with document_path(document=work.batch.file) as path, RejectedRows() as rejected:
        try:
            with transaction.atomic(), remembered(work.importer.tables):
                if ImportBatch.objects.get(pk=work.batch.pk).status != work.batch.status:
                    return
                _finish(work, _as_confirmed(work, work.run(path, run, rejected)))
        except CountsDiffer as differ:
            text = _(
                "The registers have changed since the dry run, so nothing was written. This is what would change now."
            )
            _keep_check(work, differ.report, rejected, path, in_words(say(text)))


def _as_confirmed(work: _Work, report: ImportReport) -> ImportReport:
    """The report of what was just written, if it is what the dry run showed and somebody confirmed."""
    told = {name: work.batch.report.get(name) for name in _COUNTS}
    if not report.applied or told != {name: getattr(report, name) for name in _COUNTS}:
        raise CountsDiffer(report)
    return report


def _finish(work: _Work, report: ImportReport) -> None:
    """Keep the journal and the report, and leave a trace."""
    with tempfile.TemporaryDirectory(prefix="journal-") as folder:
        path = Path(folder) / "journal.zip"
        rows = write_journal(path, work.importer.tables)
        journal = work.keep(path, "journal.zip")
    counts = {name: getattr(report, name) for name in _COUNTS}
    fields = {"report": {**described(report), "rows": rows}, "journal": journal, "applied_at": timezone.now()}
    work.move(BatchStatus.APPLIED, error="", **fields)
    after = {"importer": work.batch.importer, "file": work.batch.file.name, **counts}
    audit.record(action="import.applied", target=work.batch, by=work.by, after=after)


def _undo(work: _Work) -> None:
    """Take back what the import wrote, all of it or nothing."""
    if work.batch.journal is None:
        raise Problem(_("What this import changed is no longer known, so it cannot be undone."))
    try:
        with document_path(document=work.batch.journal) as path, transaction.atomic():
            _check_is_ours(path, work.batch.journal)
            if ImportBatch.objects.get(pk=work.batch.pk).status != work.batch.status:
                return
            rows = _taken_back(work, path)
            work.move(BatchStatus.UNDONE, error="", undone_at=timezone.now(), undone_by=work.by)
            audit.record(action="import.undone", target=work.batch, by=work.by, after={"rows": rows})
            public_content_changed()
    except UndoRefused as refused:
        work.fail(in_words(refused.message), report={**work.batch.report, "conflicts": refused.conflicts})


def _taken_back(work: _Work, journal: Path) -> int:
    """Undo by the journal, or in the importer's own way; gives the number of rows."""
    own = work.importer.undo
    if own is not None:
        return own(str(work.batch.report.get("kept", "")), work.by)
    return undo(journal=journal, importer=work.importer, by=work.by, progress=work.teller)


def _check_is_ours(path: Path, journal: PrivateDocument) -> None:
    """Refuse a journal whose bytes are not those that were kept: it would write whatever somebody put into it."""
    with path.open("rb") as stream:
        if hashlib.file_digest(stream, "sha256").hexdigest() != journal.sha256:
            raise Problem(_("The record of what this import changed is not as it was kept, so it cannot be undone."))


def described(report: ImportReport) -> dict[str, Any]:
    """A report as the batch keeps it: counts, remarks, the first of each kind."""
    return {
        **{name: getattr(report, name) for name in _COUNTS},
        "kept": report.kept,
        "notes": list(report.notes),
        "added": [_change(change) for change in report.added[:MOST_SHOWN]],
        "changed": [_change(change) for change in report.changed[:MOST_SHOWN]],
        "rejected": [_rejection(rejection) for rejection in report.rejected[:MOST_SHOWN]],
    }


def _change(change: Change) -> dict[str, Any]:
    return {"row": change.row, "item": change.item, "before": dict(change.before), "after": dict(change.after)}


def _rejection(rejection: Rejection) -> dict[str, Any]:
    return {
        "row": rejection.row,
        "column": rejection.column,
        "value": rejection.value[:200],
        "reason": rejection.reason,
    }
