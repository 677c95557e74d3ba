"""Sealing the audit trail: every event becomes a link of a chain, so that nobody can change the past unseen.

A link's digest is SHA-256 over the digest before it, a line feed, and the canonical JSON of the event (keys sorted, no
spaces, UTF-8, time in UTC with microseconds). The first link follows 64 zeros.
"""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from region.models import AuditEvent, AuditSeal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.db.models import QuerySet

BEGINNING = "0" * 64
AT_ONCE = 2000
# An event is dated when it is written, and seen when its transaction ends. No transaction of ours lasts this long, so
# an event that turns up later than this was put in by other means: it is not sealed, and `verify_audit` names it.
LONGEST_TRANSACTION = timedelta(hours=6)
# One sealer at a time. SQLite needs nothing: its writing transactions exclude each other from their beginning.
_LOCK = {"postgresql": "SELECT pg_advisory_xact_lock(4158211309)"}
_FIELDS = ("action", "actor_id", "actor_roles", "after", "before", "target", "target_id", "target_type")


def canonical(event: AuditEvent) -> bytes:
    """The event as the bytes that its seal covers; give it as it was read from the database."""
    values = {name: getattr(event, name) for name in _FIELDS}
    values |= {"id": str(event.pk), "at": event.at.astimezone(UTC).isoformat(timespec="microseconds")}
    return json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def digest_of(*, previous: str, event: AuditEvent) -> str:
    """Digest (64 hexadecimal digits) of the link that ties ``event`` to the digest before it."""
    return hashlib.sha256(f"{previous}\n".encode() + canonical(event)).hexdigest()


def unsealed() -> QuerySet[AuditEvent]:
    """Events without a seal, the oldest first."""
    return AuditEvent.objects.filter(~Exists(AuditSeal.objects.filter(event_id=OuterRef("pk")))).order_by("at", "pk")


def latest_seal() -> AuditSeal | None:
    """The newest link of the chain; None before the first event was sealed."""
    return AuditSeal.objects.order_by("-number").first()


def earliest_after(last: AuditSeal) -> datetime:
    """Date from which events may still join the chain after its link ``last``: older ones were put in later.

    Events that waited long for their seals (the tick did not run) join in their order, batch by batch.
    """
    dates = AuditEvent.objects.filter(pk=last.event_id).values_list("at", flat=True)
    return min(last.sealed_at - LONGEST_TRANSACTION, *dates[:1], last.sealed_at)


def seal_new_events(*, now: datetime, most: int = 100_000) -> int:
    """Seal what was written since the last time, in the order of time, at most ``most`` events; gives their number.

    A duty of the minute tick. Sealed events are never looked at again, so it costs the same whatever their number.
    """
    sealed = 0
    while sealed < most and (done := _seal_some(now=now, limit=min(AT_ONCE, most - sealed))):
        sealed += done
    return sealed


@transaction.atomic
def _seal_some(*, now: datetime, limit: int) -> int:
    """Seal up to ``limit`` events in one transaction that no other sealer shares."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK.get(connection.vendor, "SELECT 1"))
    last = latest_seal()
    waiting = unsealed().filter(at__gte=earliest_after(last)) if last else unsealed()
    seals = list(_links(waiting[:limit], last=last, now=now))
    AuditSeal.objects.bulk_create(seals)
    return len(seals)


def _links(events: Iterable[AuditEvent], *, last: AuditSeal | None, now: datetime) -> Iterator[AuditSeal]:
    digest, first = (last.digest, last.number + 1) if last else (BEGINNING, 1)
    for number, event in enumerate(events, start=first):
        digest = digest_of(previous=digest, event=event)
        yield AuditSeal(number=number, event_id=event.pk, sealed_at=now, digest=digest)


def sealed_events() -> Iterator[tuple[AuditSeal, AuditEvent | None]]:
    """Every link with its event (None when it is gone), in the order of the chain; reads a few thousand at once."""
    seals = AuditSeal.objects.order_by("number").iterator(chunk_size=AT_ONCE)
    while some := list(islice(seals, AT_ONCE)):
        events = AuditEvent.objects.in_bulk([seal.event_id for seal in some])
        yield from ((seal, events.get(seal.event_id)) for seal in some)
