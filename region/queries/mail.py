"""Reading mail on its way: the list for staff, one message, how things stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Min, Q, QuerySet

from region.enums import MailStatus
from region.models import MailHold, OutboxMessage
from region.rules import can

# A message leaves within a minute; one that has waited this long is stuck.
STUCK_AFTER = timedelta(minutes=10)
TROUBLED = (MailStatus.FAILED, MailStatus.UNCERTAIN)


@dataclass(frozen=True, slots=True)
class MailState:
    """How mail stands: the hold of all (or None), how many wait too long and since when, how many need a decision."""

    hold: MailHold | None
    stuck: int
    oldest: datetime | None
    troubled: int


def mail_for(user: Any) -> QuerySet[OutboxMessage]:
    """Messages that ``user`` may see: all with ``region.view_mail``, else none. Texts are not read."""
    rows = OutboxMessage.objects.defer("body")
    return rows if can(user, "region.view_mail") or can(user, "region.manage_mail") else rows.none()


def mail_state(*, now: datetime) -> MailState:
    """How mail stands at ``now`` (aware). Two queries."""
    waits = Q(status=MailStatus.WAITING, created_at__lt=now - STUCK_AFTER)
    found = OutboxMessage.objects.aggregate(
        stuck=Count("pk", filter=waits),
        oldest=Min("created_at", filter=waits),
        troubled=Count("pk", filter=Q(status__in=TROUBLED)),
    )
    return MailState(MailHold.objects.select_related("by").first(), **found)
