"""Events of the audit trail."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from region.models import AuditEvent
from tests.factories.numbers import next_number


def event(*, at: datetime | None = None, **fields: Any) -> AuditEvent:
    """Somebody changed a town's phone, just now or at a moment of the past."""
    number = next_number()
    known = {
        "actor_id": f"00000000-0000-0000-0000-{number:012}",
        "actor_roles": "editor",
        "action": "town.change",
        "target_type": "region.Town",
        "target_id": f"{number}",
        "target": f"Zkušebnice {number}",
        "before": {"phone": ""},
        "after": {"phone": "377 111 222"},
    }
    made = AuditEvent(**{**known, **fields})
    if at is None:
        made.save(force_insert=True)
        return made
    # The moment of writing stands in the column by itself; here it is written by hand.
    AuditEvent._meta.get_field("at").auto_now_add = False
    try:
        made.at = at
        made.save(force_insert=True)
    finally:
        AuditEvent._meta.get_field("at").auto_now_add = True
    return made
