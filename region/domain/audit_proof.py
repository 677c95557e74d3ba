"""Proving the audit trail: recompute the chain and name the first link that does not hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import pgettext_lazy

from region.domain.audit_seals import BEGINNING, digest_of, earliest_after, latest_seal, sealed_events, unsealed
from region.models import AuditSeal, Heartbeat

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from region.models import AuditEvent

# The sealer runs every minute.
PATIENCE = timedelta(minutes=5)
PROVED = "audit trail proved"
PROGRESS_EVERY = 50_000
KINDS = {
    "changed": pgettext_lazy("audit trail", "the event or its seal was changed"),
    "deleted": pgettext_lazy("audit trail", "the event was deleted"),
    "backdated": pgettext_lazy("audit trail", "the event was put in later with an older date"),
    "missing": pgettext_lazy("audit trail", "the seal is missing"),
    "waiting": pgettext_lazy("audit trail", "the event waits for its seal longer than 5 minutes"),
    "anchor": pgettext_lazy("audit trail", "the digest is not the one that was noted"),
}


@dataclass(frozen=True, slots=True)
class Break:
    """The first thing that does not hold: a key of ``KINDS``, the link's number (0: none) and the event's id."""

    kind: str
    number: int
    event: str = ""


@dataclass(frozen=True, slots=True)
class Proof:
    """Links that hold, events still to be sealed, and the first break if there is one."""

    links: int
    waiting: int
    newest: AuditSeal | None
    broken: Break | None


def prove(
    *, now: datetime, anchors: Mapping[int, str] | None = None, tell: Callable[[int], None] = lambda _number: None
) -> Proof:
    """Recompute the whole chain; ``anchors`` are digests noted elsewhere by their numbers.

    ``tell`` hears the number of links done now and then. The outcome is remembered for the audit screen.
    """
    links, broken = _walk(anchors or {}, tell)
    newest = latest_seal()
    broken = broken or _gone(anchors or {}, links) or _unsealed_too_long(newest, now)
    proof = Proof(links, unsealed().count(), newest, broken)
    _remember(proof, now)
    return proof


def _walk(anchors: Mapping[int, str], tell: Callable[[int], None]) -> tuple[int, Break | None]:
    previous, links = BEGINNING, 0
    with transaction.atomic():  # PostgreSQL streams inside a transaction only
        for seal, event in sealed_events():
            if broken := _fault(seal, event, links + 1, previous, anchors):
                return links, broken
            previous, links = seal.digest, links + 1
            if links % PROGRESS_EVERY == 0:
                tell(links)
    return links, None


def _fault(
    seal: AuditSeal, event: AuditEvent | None, number: int, previous: str, anchors: Mapping[int, str]
) -> Break | None:
    if seal.number != number:
        return Break("missing", number)
    if event is None:
        return Break("deleted", number, str(seal.event_id))
    if digest_of(previous=previous, event=event) != seal.digest:
        return Break("changed", number, str(event.pk))
    if anchors.get(number, seal.digest) != seal.digest:
        return Break("anchor", number, str(event.pk))
    return None


def _gone(anchors: Mapping[int, str], links: int) -> Break | None:
    """The end of the chain was cut off: a link that was noted elsewhere is no longer there."""
    lost = [number for number in anchors if number > links]
    return Break("missing", min(lost)) if lost else None


def _unsealed_too_long(newest: AuditSeal | None, now: datetime) -> Break | None:
    oldest = unsealed().filter(at__lt=now - PATIENCE).first()
    if oldest is None:
        return None
    late = newest is not None and oldest.at < earliest_after(newest)
    return Break("backdated" if late else "waiting", 0, str(oldest.pk))


def _remember(proof: Proof, now: datetime) -> None:
    error = f"{proof.broken.kind} {proof.broken.number} {proof.broken.event}".strip() if proof.broken else ""
    values = {"at": now, "changed": proof.links, "failures": int(bool(proof.broken)), "last_error": error}
    Heartbeat.objects.update_or_create(name=PROVED, defaults=values)
