"""Taking back what an import wrote, from its journal: the very state before, or nothing at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.db.models import Exists, Model, OuterRef

from region.bulk_rows import delete_rows, insert_rows
from region.domain import audit
from region.domain.journal import Entry, current_rows, read_journal, record_of
from region.messages import Message, say
from region.messages import gettext_noop as _
from region.sql_names import lock_writes
from region.wording import in_words

if TYPE_CHECKING:
    from region.importers import Importer
    from region.models import User

_AT_ONCE = 500
# So many obstacles are named; the rest would say nothing new.
MOST_NAMED = 20


class UndoRefused(Exception):
    """Undoing would destroy what somebody did since; `conflicts` name it."""

    def __init__(self, message: Message, conflicts: list[str]) -> None:
        self.message = message
        self.conflicts = conflicts
        super().__init__(str(message))


def undo(*, journal: Path, importer: Importer, by: User, progress: Callable[[int, int], None]) -> int:
    """Bring every row of the journal back to what it was; gives their number. Call it inside a transaction.

    Raises UndoRefused when a row was changed since, or when something new refers to a row that would go.
    """
    for model in importer.tables:
        lock_writes(model)
    total = _check_unchanged(journal, importer)
    done = 0
    for model, some in _pieces(journal, importer):
        if importer.audits_rows:
            _audit(model, some, by)
        delete_rows(model, [entry.key for entry in some if entry.after is not None])
        done += len(some)
        progress(done, 2 * total)
    try:
        with transaction.atomic():
            for model, some in _pieces(journal, importer):
                insert_rows(model, (record_of(model, entry.before) for entry in some if entry.before is not None))
                done += len(some)
                progress(done, 2 * total)
    except IntegrityError as error:
        text = _("Undoing would make something stand twice, which somebody has added since. Nothing was undone.")
        raise UndoRefused(say(text), []) from error
    _check_references(importer)
    if importer.rebuild:
        importer.rebuild()
    return total


def _pieces(journal: Path, importer: Importer) -> Iterator[tuple[type[Model], list[Entry]]]:
    for model, entries in groupby(read_journal(journal, importer.tables), key=lambda entry: entry.model):
        while some := list(islice(entries, _AT_ONCE)):
            yield model, some


def _check_unchanged(journal: Path, importer: Importer) -> int:
    """Number of rows, when all of them still are what the import made of them."""
    total, changed = 0, []
    for model, some in _pieces(journal, importer):
        total += len(some)
        now = current_rows(model, [entry.key for entry in some])
        changed += [_label(entry, now.get(entry.key)) for entry in some if now.get(entry.key) != entry.after]
        if len(changed) > MOST_NAMED:
            break
    if changed:
        text = _("Rows that this import wrote have been changed since, so it cannot be undone as a whole.")
        raise UndoRefused(say(text), changed[:MOST_NAMED])
    return total


def _label(entry: Entry, now: dict[str, Any] | None) -> str:
    """Which row it is and what became of it."""
    shown = now or entry.after or entry.before or {}
    name = " ".join(str(shown[key]) for key in ("code", "name", "number") if shown.get(key)) or str(entry.key)
    kind = str(entry.model._meta.verbose_name)
    if now is None:
        return in_words(say(_("%(kind)s %(name)s: removed"), kind=kind, name=name))
    before = entry.after or {}
    fields: dict[str, Any] = {field.attname: field for field in entry.model._meta.concrete_fields}
    changed = (str(fields[key].verbose_name) for key in now if before.get(key) != now[key])
    return f"{kind} {name}: {', '.join(changed)}"


def _check_references(importer: Importer) -> None:
    """Nothing may refer to a row that is gone. Derived tables are built anew and do not count."""
    found: list[str] = []
    for model in importer.tables:
        relations: list[Any] = list(model._meta.get_fields(include_hidden=True))
        for relation in relations:
            if not (relation.auto_created and not relation.concrete and (relation.one_to_many or relation.one_to_one)):
                continue
            field = relation.field
            if field.model in importer.derived or field.model._meta.proxy:
                continue
            there = model._base_manager.filter(pk=OuterRef(field.attname))
            rows = field.model._base_manager.filter(~Exists(there), **{f"{field.name}__isnull": False})
            # An ordering by the row that is gone would hide those that miss it.
            rows = rows.order_by()
            found += [f"{field.model._meta.verbose_name} {row.pk}" for row in rows[:MOST_NAMED]]
    if found:
        text = _("Something that came later needs what this import added, so it cannot be undone.")
        raise UndoRefused(say(text), found[:MOST_NAMED])


def _audit(model: type[Model], entries: list[Entry], by: User) -> None:
    """One event for each row, with the values that differ."""
    changes = []
    for entry in entries:
        was, now = entry.after or {}, entry.before or {}
        names = [name for name in {**was, **now} if was.get(name) != now.get(name) and name != "boundary"]
        target = record_of(model, entry.before or entry.after or {})
        changes.append((target, {name: was.get(name) for name in names}, {name: now.get(name) for name in names}))
    audit.record_all(action=f"{model._meta.model_name}.undone", by=by, changes=changes)
