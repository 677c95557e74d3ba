"""Writing the audit trail."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Model
from django.utils import timezone

from region.bulk_rows import insert_rows
from region.models import AuditEvent, User
from region.personal_data import data_of, masked
from region.queries.roles import role_codes

# Who acts when nobody does: the minute tick.
CLOCK = "clock"


def record(
    *,
    action: str,
    target: Model,
    by: User | None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> AuditEvent:
    """Write one audit event; call it inside the transaction of the change it tells of. ``by`` None is the clock.

    Values of columns that are classified as personal or secret are kept only as filled or empty.
    """
    event = _event(action, target, by, before or {}, after or {})
    event.save(force_insert=True)
    return event


def record_all(*, action: str, by: User, changes: Iterable[tuple[Model, Mapping[str, Any], Mapping[str, Any]]]) -> None:
    """Write one event for each record with its values before and after: the same as `record`, for thousands at once."""
    now = timezone.now()
    events = [_event(action, target, by, before, after) for target, before, after in changes]
    for event in events:
        event.at = now
    insert_rows(AuditEvent, events)


def _event(
    action: str, target: Model, by: User | None, before: Mapping[str, Any], after: Mapping[str, Any]
) -> AuditEvent:
    """The event without what it must not keep for ever: personal values, and labels that name a person."""
    label = target._meta.label
    data = data_of(label)
    return AuditEvent(
        actor_id=str(by.pk) if by else CLOCK,
        actor_roles=", ".join(sorted(role_codes(by)))[:200],
        action=action,
        target_type=label,
        target_id=str(target.pk),
        target="" if data and data.has_personal_label else str(target)[:200],
        before=masked(label, before),
        after=masked(label, after),
    )
