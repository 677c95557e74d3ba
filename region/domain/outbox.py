"""Sending what waits in the outbox: at least once, with growing pauses, giving up in the open."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F, Q

from region.enums import MailStatus
from region.models import OutboxMessage

logger = logging.getLogger(__name__)
AT_ONCE = 50
SECONDS_TO_ANSWER = 10
# Minutes until the next attempt after the first, second … one; after the last the message has failed and staff see it.
PAUSES = (1, 5, 15, 60, 240, 720, 1440)
# Sent messages hold personal data and have done their work.
DAYS_KEPT = 30
# Failed ones wait longer, so that somebody can still see whom the trouble concerned.
DAYS_FAILED_KEPT = 90


def send_waiting(*, now: datetime, limit: int = AT_ONCE) -> int:
    """Send messages that are due at ``now`` (aware); gives how many were sent.

    Each is claimed before it is sent by moving its next attempt, so two processes never send one together; when a
    process dies between sending and noting it, the message is sent once more. When the mail server cannot be reached,
    the rest waits.
    """
    due = Q(next_attempt_at__isnull=True) | Q(next_attempt_at__lte=now)
    waiting = OutboxMessage.objects.filter(due, status=MailStatus.WAITING).order_by("created_at")[:limit]
    connection = get_connection(timeout=SECONDS_TO_ANSWER)
    sent = 0
    for message in waiting:
        if not _claimed(message, now):
            continue
        error = _send(message, connection)
        _note(message, error, now)
        sent += error is None
        if error is not None and not _is_about_message(error):
            break
    connection.close()
    return sent


def forget_old(*, now: datetime) -> int:
    """Delete messages sent more than 30 days before ``now``, and failed ones written 90 days before; gives how many."""
    sent = Q(status=MailStatus.SENT, sent_at__lt=now - timedelta(days=DAYS_KEPT))
    failed = Q(status=MailStatus.FAILED, created_at__lt=now - timedelta(days=DAYS_FAILED_KEPT))
    return OutboxMessage.objects.filter(sent | failed).delete()[0]


def _claimed(message: OutboxMessage, now: datetime) -> bool:
    """Whether this process may send the message now: the row still is as it was read."""
    pause = timedelta(minutes=PAUSES[min(message.attempts, len(PAUSES) - 1)])
    same = OutboxMessage.objects.filter(pk=message.pk, status=MailStatus.WAITING, attempts=message.attempts)
    return bool(same.update(attempts=F("attempts") + 1, next_attempt_at=now + pause))


def _send(message: OutboxMessage, connection: BaseEmailBackend) -> Exception | None:
    reply_to = [message.reply_to] if message.reply_to else None
    mail = EmailMessage(message.subject, message.body, to=[message.to], reply_to=reply_to, connection=connection)
    try:
        mail.send()
    except (
        OSError,
        ValueError,
    ) as error:  # SMTP's own errors are OSErrors; a header that cannot be sent is a ValueError
        logger.warning("Message %s was not sent: %s", message.pk, type(error).__name__)
        return error
    return None


def _note(message: OutboxMessage, error: Exception | None, now: datetime) -> None:
    """Write down how it went. The reason is kept without the address it may name."""
    row = OutboxMessage.objects.filter(pk=message.pk)
    if error is None:
        row.update(status=MailStatus.SENT, sent_at=now, next_attempt_at=None, last_error="")
    elif isinstance(error, ValueError) or _is_refused(error) or message.attempts + 1 > len(PAUSES):
        row.update(status=MailStatus.FAILED, next_attempt_at=None, last_error=_reason(error))
    else:
        row.update(last_error=_reason(error))


def _reason(error: Exception) -> str:
    code = f" {error.smtp_code}" if isinstance(error, SMTPDataError) else ""
    return f"{type(error).__name__}{code}"


def _is_about_message(error: Exception) -> bool:
    return isinstance(error, (SMTPRecipientsRefused, SMTPDataError, ValueError))


def _is_refused(error: Exception) -> bool:
    """Whether the server refuses the address for good (RFC 5321: codes 5xx)."""
    codes = [code for code, _words in error.recipients.values()] if isinstance(error, SMTPRecipientsRefused) else []
    return bool(codes) and min(codes) >= 500
