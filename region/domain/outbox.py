"""Mail is written here, in the transaction of the act it tells of, and sent by ``region.domain.sending``."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q

from region.domain.sending import ask_to_send
from region.enums import MailStatus
from region.models import OutboxMessage, User

LONGEST_SUBJECT = 200
_KIND = re.compile(r"[a-z][a-z0-9_.-]{0,39}")
# Sent messages hold personal data and have done their work.
DAYS_KEPT = 30
# Those that need somebody's eye wait longer, so that it can still be seen whom the trouble concerned.
DAYS_TROUBLED_KEPT = 90


def put(
    *,
    to: str,
    subject: str,
    body: str,
    kind: str,
    user: User | None = None,
    reply_to: str = "",
    is_secret: bool = False,
    key: UUID | str | None = None,
) -> OutboxMessage:
    """Write one e-mail in the caller's transaction; after the commit a task tries to send it at once.

    ``kind`` is a stable word such as ``invitation``; ``is_secret`` says that the text holds a code or link: it is
    never shown, forgotten once sent, and not stopped when all mail is held. The same ``key`` gives the row that is
    there already and writes nothing. Raises ValidationError for an address that is none and ValueError for a kind
    that is none; line breaks cannot get into a header.
    """
    return put_once(
        to=to, subject=subject, body=body, kind=kind, user=user, reply_to=reply_to, is_secret=is_secret, key=key
    )[0]


def put_once(
    *,
    to: str,
    subject: str,
    body: str,
    kind: str,
    user: User | None = None,
    reply_to: str = "",
    is_secret: bool = False,
    key: UUID | str | None = None,
) -> tuple[OutboxMessage, bool]:
    """As ``put``; tells besides whether the row is new."""
    for address in (to, reply_to) if reply_to else (to,):
        validate_email(address)
    if not _KIND.fullmatch(kind):
        raise ValueError(f"not a kind of message: {kind!r}")
    fields = {
        "to": to,
        "reply_to": reply_to,
        "subject": one_line(subject),
        "body": body,
        "kind": kind,
        "user": user,
        "is_secret": is_secret,
    }
    if key is None:
        row, is_new = OutboxMessage.objects.create(**fields), True
    else:
        row, is_new = OutboxMessage.objects.get_or_create(idempotency_key=_key(kind, key), defaults=fields)
    if is_new:
        # The message is safe without the task: the minute tick sends what waits, with or without a worker.
        transaction.on_commit(ask_to_send, robust=True)
    return row, is_new


def one_line(subject: str) -> str:
    """The subject as a header may be: one line, at most 200 characters."""
    return " ".join(subject.split())[:LONGEST_SUBJECT]


def _key(kind: str, key: UUID | str) -> UUID:
    return key if isinstance(key, UUID) else uuid5(NAMESPACE_URL, f"{kind}:{key}")


def forget_old(*, now: datetime) -> int:
    """Delete messages sent more than 30 days and troubled ones written 90 days before ``now``; gives how many."""
    sent = Q(status=MailStatus.SENT, sent_at__lt=now - timedelta(days=DAYS_KEPT))
    troubled = Q(
        status__in=(MailStatus.FAILED, MailStatus.UNCERTAIN, MailStatus.BOUNCED),
        created_at__lt=now - timedelta(days=DAYS_TROUBLED_KEPT),
    )
    return OutboxMessage.objects.filter(sent | troubled).delete()[0]
