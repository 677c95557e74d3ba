"""Messages in the outbox."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from region.enums import MailStatus
from region.models import OutboxMessage


def new_letter(**fields: Any) -> OutboxMessage:
    """A message that waits, unless ``status`` says otherwise."""
    known: dict[str, Any] = {"to": "jana@example.org", "subject": "Lampa", "body": "Nesvítí.", "kind": "message"}
    status = fields.get("status")
    if status in (MailStatus.SENT, MailStatus.BOUNCED):
        known["sent_at"] = timezone.now()
    if status == MailStatus.SENDING:
        known |= {"claim": "11111111-1111-4111-8111-111111111111", "claimed_at": timezone.now()}
    return OutboxMessage.objects.create(**{**known, **fields})
