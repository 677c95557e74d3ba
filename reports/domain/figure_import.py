"""Values of figures from files: written as what one source says, undone as a whole, never over a published value."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.db.models import ProtectedError

from region.domain.imports import Change, ImportReport, Rejection, Run, settle
from region.domain.undoing import UndoRefused
from region.messages import Message, say
from region.messages import gettext_noop as _
from region.wording import in_words
from reports.domain.figures import (
    BESIDE,
    FACT,
    IDENTITY,
    add_observation,
    change_observation,
    may_manage,
    remove_observation,
    state_of,
)
from reports.models import Observation

if TYPE_CHECKING:
    from region.models import User

_SHOWN = ("value", "missing", "precision", "status", "page")
_WHY = "import"


@dataclass(frozen=True, slots=True)
class Draft:
    """What a row (or a cell) of a file says: where it stands, how it is called, columns of `Observation`."""

    row: int
    column: str
    raw: str
    item: str
    values: Mapping[str, Any]


@dataclass(slots=True)
class _Writing:
    """One import of values: who, what was done so far, what undoing needs."""

    by: User
    run: Run
    report: ImportReport
    kept: list[dict[str, Any]]


def write_drafts(*, drafts: Iterable[Draft], report: ImportReport, by: User, run: Run, total: int) -> ImportReport:
    """Add and change values by metric, area, period and source; call it inside a transaction, which it settles.

    A value that readers have seen is not changed by a file: that is a correction, made by hand with its reason.
    """
    may_manage(by=by)
    writing = _Writing(by, run, report, [])
    seen: dict[tuple[Any, ...], int] = {}
    for done, draft in enumerate(drafts, start=1):
        key = _key(draft.values)
        if key in seen:
            text = _("The same stands in rows %(rows)s; keep only one.")
            _reject(writing, draft, in_words(say(text, rows=f"{seen[key]}, {draft.row}")))
        else:
            seen[key] = draft.row
            _write(writing, draft)
        run.tell(done, total)
    report.kept = json.dumps(writing.kept)
    settle(report, run)
    return report


def _key(values: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(values.get(name) for name in IDENTITY)


def _write(writing: _Writing, draft: Draft) -> None:
    identity = {name: draft.values.get(name) for name in IDENTITY}
    stored = Observation.objects.filter(**_conditions(identity)).select_related("metric").first()
    try:
        with transaction.atomic():
            if stored is None:
                added = add_observation(by=writing.by, why=_WHY, **draft.values)
                _note(writing, draft, None, added)
            else:
                _change(writing, draft, stored)
    except ValidationError as error:
        for message in _messages(error):
            _reject(writing, draft, message)


def _conditions(identity: Mapping[str, Any]) -> dict[str, Any]:
    """The same as a filter: an empty reference is looked for as such."""
    empty = {f"{name}__isnull": True for name, value in identity.items() if value is None}
    return empty | {name: value for name, value in identity.items() if value is not None}


def _change(writing: _Writing, draft: Draft, stored: Observation) -> None:
    before = state_of(stored)
    changes = {name: draft.values[name] for name in (*FACT, *BESIDE) if name in draft.values}
    changed = change_observation(observation=stored, by=writing.by, why=_WHY, **changes)
    if state_of(changed) == before:
        writing.report.unchanged_count += 1
    else:
        _note(writing, draft, before, changed)


def _note(writing: _Writing, draft: Draft, before: dict[str, Any] | None, row: Observation) -> None:
    """Report what was written and remember it for undoing."""
    after = state_of(row)
    writing.kept.append({"id": str(row.pk), "before": before, "after": after})
    if row.metric.is_published:
        text = _("Readers see values of “%(name)s” at once: they can be corrected or withdrawn, the import not undone.")
        writing.report.note(say(text, name=row.metric.name))
    names = [name for name in _SHOWN if after[name] and (before is None or before[name] != after[name])]
    told = {name: str(after[name]) for name in names}
    was = {name: str(before[name] or "") for name in names} if before else {}
    change = Change(draft.row, draft.item, was, told)
    (writing.report.change if before else writing.report.add)(change)


def _reject(writing: _Writing, draft: Draft, reason: str) -> None:
    writing.report.reject(Rejection(draft.row, draft.column, draft.raw, reason))


def _messages(error: ValidationError) -> list[str]:
    """What is wrong, each at most once."""
    if not hasattr(error, "error_dict"):
        return list(dict.fromkeys(error.messages))
    found = error.message_dict
    return list(dict.fromkeys(text for name, texts in found.items() for text in texts if name != NON_FIELD_ERRORS)) or [
        text for texts in found.values() for text in texts
    ]


def undo_values(*, kept: str, by: User) -> int:
    """Take back what an import of values wrote; gives their number. The history of each value stays.

    Raises UndoRefused when a value was changed, corrected or preferred since.
    """
    entries = json.loads(kept or "[]")
    rows = {str(row.pk): row for row in Observation.objects.filter(pk__in=[UUID(one["id"]) for one in entries])}
    changed = [one for one in entries if one["id"] not in rows or state_of(rows[one["id"]]) != one["after"]]
    if changed:
        text = _("Rows that this import wrote have been changed since, so it cannot be undone as a whole.")
        raise UndoRefused(say(text), [str(rows.get(one["id"], one["id"])) for one in changed[:20]])
    for entry in reversed(entries):
        _take_back(rows[entry["id"]], entry["before"], by)
    return len(entries)


def _take_back(row: Observation, before: Mapping[str, Any] | None, by: User) -> None:
    try:
        if before is None:
            remove_observation(observation=row, by=by, why="undo")
        else:
            change_observation(observation=row, by=by, why="undo", **_restored(before))
    except (ProtectedError, ValidationError) as error:
        raise UndoRefused(_needed(), [str(row)]) from error


def _needed() -> Message:
    return say(_("A value of this import was corrected, preferred or published since, so it cannot be undone."))


def _restored(before: Mapping[str, Any]) -> dict[str, Any]:
    """Columns as Python has them, from a state as it is kept."""
    told: dict[str, Any] = {name: before[name] or "" for name in (*FACT, *BESIDE)}
    told["value"] = Decimal(before["value"]) if before["value"] is not None else None
    for name in ("as_of_earliest", "as_of_latest"):
        told[name] = date.fromisoformat(before[name]) if before[name] else None
    return told
