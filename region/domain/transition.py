"""The one function that changes the state of a record.

In this order, in one transaction: lock the row and read it anew → find the transition → permission → guard → facts and
change → audit event → notices. Notices may only write rows (the outbox, tasks): rows appear with the change or not at
all, and a process killed a moment later loses none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction as database
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext

from region.domain.audit import record as note
from region.rules import require

if TYPE_CHECKING:
    from region.models import User
    from region.states import States, Transition

Record = TypeVar("Record", bound=Model)


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody is about to do: guards and notices read it. ``by`` is None when the clock does it."""

    name: str
    by: User | None
    at: datetime
    reason: str = ""
    changes: Mapping[str, Any] = field(default_factory=dict)


# Sentences (translated) saying what stands in the way; none when nothing does. Asked under the lock.
Guard = Callable[[Any, Act], Iterable[str]]
# Columns that a transition sets by itself (who and when, a number), reckoned from the locked record after the guard.
Facts = Callable[[Any, Act], Mapping[str, Any]]
# Called with the changed record, inside the transaction; writes rows only.
Notice = Callable[[Any, Act], None]


def _itself(record: Any) -> Any:
    return record


@dataclass(frozen=True)
class Flow:
    """A table of states at work on one kind of record. Refuses (ValueError) a guard that is named but not given.

    ``facts`` and ``notices`` belong to transitions by their names. ``on`` gives what the permission is asked about
    (such as the record's organisation); ``version`` names a field that counts the changes.
    """

    states: States
    state_field: str = "status"
    guards: Mapping[str, Guard] = field(default_factory=dict)
    facts: Mapping[str, Facts] = field(default_factory=dict)
    notices: Mapping[str, tuple[Notice, ...]] = field(default_factory=dict)
    on: Callable[[Any], Any] = _itself
    version: str = ""

    def __post_init__(self) -> None:
        """See that names of the table and of the flow meet."""
        named = {way.guard for way in self.states.transitions if way.guard}
        if named != set(self.guards):
            raise ValueError(f"Guards of the table and of the flow differ: {sorted(named ^ set(self.guards))}")
        if unknown := {*self.facts, *self.notices} - set(self.states.names):
            raise ValueError(f"Facts or notices of transitions that do not exist: {sorted(unknown)}")


class IllegalTransition(Exception):
    """From the state that the record is in now, this is not possible; ``messages`` say so. Views answer 409."""

    def __init__(self, fault: str, words: Any = "") -> None:
        super().__init__(fault)
        self.messages = [
            str(words) or gettext("Somebody was faster, or the page was open for too long. Nothing was done.")
        ]


class StaleRecord(IllegalTransition):
    """Somebody has changed the record since it was read. Views answer 409."""


class GuardRefused(ValidationError):
    """Something stands in the way; ``messages`` are sentences for people (``form.add_error(None, error)``)."""


def transition(
    *,
    record: Record,
    flow: Flow,
    name: str,
    by: User | None,
    reason: str = "",
    changes: Mapping[str, Any] | None = None,
    expected_version: int | None = None,
    at: datetime | None = None,
) -> Record:
    """Do the transition ``name``; gives the record as it stands after it (the one passed in stays as it was).

    ``by`` None is the clock. ``at`` (aware) is the moment that guards judge by; by default the moment at which the lock
    was got. Raises IllegalTransition, StaleRecord, PermissionDenied, GuardRefused; LookupError for a name that the
    table does not have, and TypeError for a field that the transition does not change. Nothing is changed then.
    """
    with database.atomic():
        row = type(record)._base_manager.select_for_update().get(pk=record.pk)
        way = _found(row, flow, name, expected_version)
        act = Act(name, by, at or timezone.now(), reason.strip(), changes or {})
        _permit(row, flow, way, act)
        _judge(row, flow, way, act)
        before, after = _change(row, flow, way, act)
        note(action=f"{row._meta.model_name}.{name}", target=row, by=by, before=before, after=after)
        for notice in flow.notices.get(name, ()):
            notice(row, act)
    return row


def possible(*, record: Model, flow: Flow, by: User) -> tuple[Transition, ...]:
    """Transitions that ``by`` may try now: for buttons. Guards are asked only when one is pressed."""
    return tuple(
        way for way in flow.states.leading_from(getattr(record, flow.state_field)) if _may(record, flow, way, by)
    )


def obstacle(*, record: Model, flow: Flow, name: str, by: User) -> str:
    """Why ``by`` cannot do the transition ``name`` to the record as it was read, in words; empty when he can.

    For previews and buttons, with no reason and no changes given: under its lock ``transition`` asks everything again.
    """
    way = flow.states.find(name, getattr(record, flow.state_field))
    if way is None:
        return " ".join(_illegal(record, flow, name).messages)
    if not _may(record, flow, way, by):
        return gettext("You may not do this.")
    if not way.guard:
        return ""
    return " ".join(map(str, flow.guards[way.guard](record, Act(name, by, timezone.now()))))


def _may(record: Model, flow: Flow, way: Transition, by: User) -> bool:
    try:
        require(by, way.permission, on=flow.on(record))
    except PermissionDenied:
        return False
    return True


def _found(row: Model, flow: Flow, name: str, expected_version: int | None) -> Transition:
    if expected_version is not None and getattr(row, flow.version) != expected_version:
        raise StaleRecord(f"{row._meta.label} {row.pk}: version {getattr(row, flow.version)}, not {expected_version}")
    way = flow.states.find(name, getattr(row, flow.state_field))
    if way is None:
        raise _illegal(row, flow, name)
    return way


def _illegal(row: Model, flow: Flow, name: str) -> IllegalTransition:
    state = getattr(row, flow.state_field)
    return IllegalTransition(f"{row._meta.label} {row.pk}: no “{name}” from “{state}”", flow.states.named(name).refusal)


def _permit(row: Model, flow: Flow, way: Transition, act: Act) -> None:
    if act.by is not None:
        require(act.by, way.permission, on=flow.on(row))
    elif not way.by_clock:
        raise PermissionDenied(way.permission)


def _judge(row: Model, flow: Flow, way: Transition, act: Act) -> None:
    if unknown := set(act.changes) - set(way.changes):
        raise TypeError(f"“{way.name}” does not change: {', '.join(sorted(unknown))}")
    problems = [] if act.reason or not way.needs_reason else [gettext("Give a reason.")]
    if way.guard:
        problems += flow.guards[way.guard](row, act)
    if problems:
        raise GuardRefused(problems)


def _change(row: Model, flow: Flow, way: Transition, act: Act) -> tuple[dict[str, Any], dict[str, Any]]:
    """Set and save the fields of the transition alone; their values before and after, for the trail."""
    facts = flow.facts[way.name](row, act) if way.name in flow.facts else {}
    values = {flow.state_field: way.target, **facts, **act.changes}
    before = _values(row, values)
    for name, value in values.items():
        setattr(row, name, value)
    saved = [*values, flow.version] if flow.version else [*values]
    if flow.version:
        setattr(row, flow.version, getattr(row, flow.version) + 1)
    row.save(update_fields=saved)
    after = _values(row, values)
    return before, {**after, "reason": act.reason} if act.reason else after


def _values(row: Model, names: Iterable[str]) -> dict[str, Any]:
    fields = {column.name: column for column in row._meta.concrete_fields}
    return {name: fields[name].value_from_object(row) for name in names}
