from __future__ import annotations

from datetime import UTC, datetime, timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPServerDisconnected
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage

from region.domain import outbox
from region.domain.outbox import AT_ONCE, PAUSES, forget_old, send_waiting
from region.domain.tick import names
from region.enums import MailStatus
from region.models import OutboxMessage

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def message(**fields: Any) -> OutboxMessage:
    known = {"to": "jana@example.org", "reply_to": "karel@example.org", "subject": "Lampa", "body": "Nesvítí."}
    return OutboxMessage.objects.create(**{**known, **fields})


def failing(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def send(_mail: EmailMessage, **_named: object) -> int:
        raise error

    monkeypatch.setattr(EmailMessage, "send", send)


def state(row: OutboxMessage) -> tuple[str, int, datetime | None, str]:
    row.refresh_from_db()
    return row.status, row.attempts, row.next_attempt_at, row.last_error


def test_waiting_messages_are_sent_once() -> None:
    row = message()
    assert (send_waiting(now=NOW), send_waiting(now=NOW)) == (1, 0)
    assert [(sent.to, sent.reply_to, sent.subject, sent.body) for sent in mail.outbox] == [
        (["jana@example.org"], ["karel@example.org"], "Lampa", "Nesvítí.")
    ]
    assert state(row) == (MailStatus.SENT, 1, None, "")
    assert row.sent_at == NOW


def test_messages_without_reply_address_are_sent_without_one() -> None:
    message(reply_to="")
    send_waiting(now=NOW)
    assert [sent.reply_to for sent in mail.outbox] == [[]]


def test_sending_holds_its_limit_and_goes_by_age() -> None:
    for number in range(3):
        message(subject=f"{number}")
    assert send_waiting(now=NOW, limit=2) == 2
    assert [sent.subject for sent in mail.outbox] == ["0", "1"]
    assert AT_ONCE == 50


def test_message_whose_next_attempt_is_to_come_waits() -> None:
    message(next_attempt_at=NOW + timedelta(seconds=1))
    assert send_waiting(now=NOW) == 0
    assert send_waiting(now=NOW + timedelta(seconds=1)) == 1


def test_server_out_of_reach_leaves_the_rest_untouched(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = message(), message()
    failing(monkeypatch, SMTPServerDisconnected("gone"))
    assert send_waiting(now=NOW) == 0
    assert state(first) == (MailStatus.WAITING, 1, NOW + timedelta(minutes=1), "SMTPServerDisconnected")
    assert state(second) == (MailStatus.WAITING, 0, None, "")


def test_pauses_grow_until_the_message_has_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    row = message()
    failing(monkeypatch, ConnectionRefusedError())
    moment = NOW
    pauses = []
    for _ in PAUSES:
        send_waiting(now=moment)
        row.refresh_from_db()
        assert row.next_attempt_at is not None
        pauses.append(int((row.next_attempt_at - moment).total_seconds() // 60))
        moment = row.next_attempt_at
    assert tuple(pauses) == PAUSES
    send_waiting(now=moment)
    assert state(row) == (MailStatus.FAILED, len(PAUSES) + 1, None, "ConnectionRefusedError")
    assert send_waiting(now=moment + timedelta(days=9)) == 0


@pytest.mark.parametrize(
    ("error", "status", "reason"),
    [
        (SMTPRecipientsRefused({"jana@example.org": (550, b"unknown")}), MailStatus.FAILED, "SMTPRecipientsRefused"),
        (SMTPRecipientsRefused({"jana@example.org": (450, b"busy")}), MailStatus.WAITING, "SMTPRecipientsRefused"),
        (SMTPDataError(452, b"full"), MailStatus.WAITING, "SMTPDataError 452"),
        (ValueError("header"), MailStatus.FAILED, "ValueError"),
    ],
)
def test_trouble_of_one_message_does_not_hold_the_next(
    error: Exception, status: str, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = message(), message()
    failing(monkeypatch, error)
    assert send_waiting(now=NOW) == 0
    assert [(row[0], row[1], row[3]) for row in (state(first), state(second))] == [(status, 1, reason)] * 2


def test_message_claimed_by_another_process_is_left_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    row = message()
    claim = outbox._claimed

    def late(seen: OutboxMessage, now: datetime) -> bool:
        claim(seen, now)
        return claim(seen, now)

    monkeypatch.setattr(outbox, "_claimed", late)
    assert send_waiting(now=NOW) == 0
    assert (mail.outbox, state(row)[:2]) == ([], (MailStatus.WAITING, 1))


def test_sent_messages_are_forgotten_after_a_month() -> None:
    message(status=MailStatus.SENT, sent_at=NOW - timedelta(days=31))
    kept = message(status=MailStatus.SENT, sent_at=NOW - timedelta(days=29))
    assert forget_old(now=NOW) == 1
    assert set(OutboxMessage.objects.all()) == {kept}


def test_failed_messages_are_forgotten_after_three_months_and_waiting_ones_never() -> None:
    for status in (MailStatus.FAILED, MailStatus.WAITING):
        for days in (91, 89):
            row = message(status=status, subject=f"{status} {days}")
            OutboxMessage.objects.filter(pk=row.pk).update(created_at=NOW - timedelta(days=days))
    assert forget_old(now=NOW) == 1
    left = OutboxMessage.objects.values_list("subject", flat=True)
    assert sorted(left) == ["failed 89", "waiting 89", "waiting 91"]


def test_sending_is_due_every_minute() -> None:
    assert [name for name in names() if name in ("outbox", "old messages")] == ["outbox", "old messages"]
