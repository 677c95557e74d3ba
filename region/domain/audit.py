"""Writing the audit trail."""

from __future__ import annotations

from typing import Any

from django.db.models import Model

from region.models import AuditEvent, User


def record(
    *, action: str, target: Model, by: User, before: dict[str, Any] | None = None, after: dict[str, Any] | None = None
) -> AuditEvent:
    """Write one audit event; call it inside the transaction of the change it tells of."""
    return AuditEvent.objects.create(
        actor_id=str(by.pk),
        actor=by.email,
        action=action,
        target_type=target._meta.label,
        target_id=str(target.pk),
        target=str(target)[:200],
        before=before or {},
        after=after or {},
    )
