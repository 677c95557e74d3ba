"""Sending what waits in the outbox: with growing pauses, giving up in the open, and never twice by itself.

A message is claimed (committed) before it is handed to the mail server, and noted afterwards. A process that dies in
between leaves it claimed, and nobody can tell whether the server took it; so it becomes "perhaps sent", and staff
decide. The connection is opened before anything is claimed, which keeps that window as short as one message takes. The
Message-ID comes from the row: if staff send it again, many servers see that it is the same.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from email.utils import parseaddr
from functools import partial
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPResponseException
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db.models import Exists, Q, QuerySet
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from region.domain.patience import patiently
from region.domain.queue import retryable
from region.enums import MailStatus
from region.models import MailHold, OutboxMessage

logger = logging.getLogger(__name__)
AT_ONCE = 50
SECONDS_TO_ANSWER = 10
# Minutes until the next attempt after the first, second … one; after the last the message has failed and staff see it.
PAUSES = (1, 5, 15, 60, 240, 720, 1440)
# A message takes seconds, its noting two minutes at most; one claimed this long ago has lost its sender.
LOST_AFTER = timedelta(minutes=5)


def send_waiting(*, now: datetime, limit: int = AT_ONCE) -> int:
    """Send messages that are due at ``now`` (aware); gives how many were sent.

    When the mail server cannot be reached, the oldest says so and all wait: no attempt is counted, so nothing is given
    up however long that takes. While all mail is held, only codes and links go out.
    """
    waiting = list(due(now=now).order_by("created_at")[:limit])
    if not waiting:
        return 0
    mailer = get_connection(timeout=SECONDS_TO_ANSWER)
    try:
        mailer.open()
    except OSError as error:
        logger.warning("The mail server cannot be reached: %s", type(error).__name__)
        OutboxMessage.objects.filter(pk=waiting[0].pk).update(last_error=_reason(error))
        return 0
    try:
        return _send_each(waiting, mailer, now)
    finally:
        mailer.close()


def due(*, now: datetime) -> QuerySet[OutboxMessage]:
    """Messages that may be sent at ``now`` (aware)."""
    is_time = Q(next_attempt_at__isnull=True) | Q(next_attempt_at__lte=now)
    return OutboxMessage.objects.filter(is_time, _is_free(), status=MailStatus.WAITING)


def give_up_lost(*, now: datetime) -> int:
    """Call messages "perhaps sent" whose sender died more than five minutes before ``now``; gives how many."""
    lost = OutboxMessage.objects.filter(status=MailStatus.SENDING, claimed_at__lt=now - LOST_AFTER)
    return lost.update(status=MailStatus.UNCERTAIN, last_error="SenderLost")


@retryable
@task(priority=50)
def send_soon() -> int:
    """Send all that waits now; gives how many were sent."""
    total = sent = send_waiting(now=timezone.now())
    while sent == AT_ONCE:
        sent = send_waiting(now=timezone.now())
        total += sent
    return total


def ask_to_send() -> None:
    """Queue ``send_soon``, unless it is in the queue already and will see what was just committed."""
    if not DBTaskResult.objects.ready().filter(task_path=send_soon.module_path).exists():
        send_soon.enqueue()


def _is_free() -> Q:
    """Not stopped by the hold of all mail."""
    return Q(is_secret=True) | ~Q(Exists(MailHold.objects.all()))


def _send_each(waiting: list[OutboxMessage], mailer: Any, now: datetime) -> int:
    """Send one after the other until the server is gone."""
    sent = 0
    for message in waiting:
        claim = uuid4()
        if not patiently(partial(_claimed, message, claim)):
            continue
        error, was_handed_over = _send(message, mailer)
        patiently(partial(_note, message, claim, error, now=now, was_handed_over=was_handed_over))
        sent += error is None
        if error is not None and not _is_about_message(error):
            break
    return sent


def _claimed(message: OutboxMessage, claim: UUID) -> bool:
    """Whether this process may send the message now: the row still is as it was read, or the claim is ours already."""
    # Conditions on the row itself: PostgreSQL asks them again when another process changed it meanwhile.
    same = _is_free() & Q(status=MailStatus.WAITING, attempts=message.attempts)
    own = Q(status=MailStatus.SENDING, claim=claim)
    row = OutboxMessage.objects.filter(same | own, pk=message.pk)
    attempts = message.attempts + 1
    return bool(row.update(status=MailStatus.SENDING, attempts=attempts, claim=claim, claimed_at=timezone.now()))


def _send(message: OutboxMessage, mailer: Any) -> tuple[Exception | None, bool]:
    """Hand the message over: what went wrong, and whether its text had begun to go out by then."""
    watch = _Watch(mailer)
    try:
        _letter(message, mailer).send()
    except (OSError, ValueError) as error:  # SMTP's own errors are OSErrors; a header that cannot be sent a ValueError
        logger.warning("Message %s was not sent: %s", message.pk, type(error).__name__)
        return error, watch.began
    finally:
        watch.end()
    return None, True


def _letter(message: OutboxMessage, mailer: Any) -> EmailMessage:
    """The message as it goes out."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    headers = {"Message-ID": f"<{message.pk.hex}@{domain}>"}
    if not message.reply_to:
        # Answers of machines ("I am on leave") to a letter of a machine are of no use to anybody (RFC 3834).
        headers["Auto-Submitted"] = "auto-generated"
    reply_to = [message.reply_to] if message.reply_to else None
    return EmailMessage(
        message.subject, message.body, to=[message.to], reply_to=reply_to, headers=headers, connection=mailer
    )


class _Watch:
    """Sees whether the text of a message begins to go to an SMTP server; other ways of sending are not watched."""

    def __init__(self, mailer: Any) -> None:
        self.began = False
        self._server = getattr(mailer, "connection", None)
        if self._server is not None:
            self._send = self._server.data
            self._server.data = self._data

    def _data(self, text: Any) -> Any:
        self.began = True
        return self._send(text)

    def end(self) -> None:
        """Let the connection be as it was."""
        if self._server is not None:
            del self._server.data


def _note(
    message: OutboxMessage, claim: UUID, error: Exception | None, *, now: datetime, was_handed_over: bool
) -> None:
    """Write down how the attempt of ``claim`` ended. The reason is kept without the address it may name."""
    row = OutboxMessage.objects.filter(
        pk=message.pk, claim=claim, status__in=(MailStatus.SENDING, MailStatus.UNCERTAIN)
    )
    if error is None:
        # What is secret has done its work; the rest is kept for a while, so that staff can see what was said.
        forgotten = {"body": ""} if message.is_secret else {}
        row.update(status=MailStatus.SENT, sent_at=now, next_attempt_at=None, last_error="", **forgotten)
    elif was_handed_over and not isinstance(error, (SMTPResponseException, SMTPRecipientsRefused, ValueError)):
        row.update(status=MailStatus.UNCERTAIN, next_attempt_at=None, last_error=_reason(error))
    elif isinstance(error, ValueError) or _is_refused(error) or message.attempts + 1 > len(PAUSES):
        row.update(status=MailStatus.FAILED, next_attempt_at=None, last_error=_reason(error))
    else:
        pause = timedelta(minutes=PAUSES[message.attempts])
        row.update(status=MailStatus.WAITING, next_attempt_at=now + pause, last_error=_reason(error))


def _reason(error: Exception) -> str:
    code = f" {error.smtp_code}" if isinstance(error, SMTPDataError) else ""
    return f"{type(error).__name__}{code}"


def _is_about_message(error: Exception) -> bool:
    return isinstance(error, (SMTPRecipientsRefused, SMTPDataError, ValueError))


def _is_refused(error: Exception) -> bool:
    """Whether the server refuses for good (RFC 5321: codes 5xx)."""
    if isinstance(error, SMTPDataError):
        return error.smtp_code >= 500
    codes = [code for code, _words in error.recipients.values()] if isinstance(error, SMTPRecipientsRefused) else []
    return bool(codes) and min(codes) >= 500
