from __future__ import annotations

from datetime import UTC, datetime, timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPServerDisconnected
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django_tasks_db.models import DBTaskResult

from region.domain import sending
from region.domain.outbox import forget_old, put
from region.domain.sending import AT_ONCE, LOST_AFTER, PAUSES, ask_to_send, give_up_lost, send_waiting
from region.domain.tick import names
from region.enums import MailStatus
from region.models import MailHold, OutboxMessage
from tests.factories.accounts import new_user
from tests.factories.letters import new_letter

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


def test_server_out_of_reach_costs_no_attempt_and_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = message(), message()

    def refuse(_self: object) -> bool:
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.open", refuse)
    assert [send_waiting(now=NOW + timedelta(days=day)) for day in range(9)] == [0] * 9
    assert state(first) == (MailStatus.WAITING, 0, None, "ConnectionRefusedError")
    assert state(second) == (MailStatus.WAITING, 0, None, "")


def test_server_that_goes_away_leaves_the_rest_untouched(monkeypatch: pytest.MonkeyPatch) -> None:
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
    claim = sending._claimed

    def late(seen: OutboxMessage, own: UUID) -> bool:
        claim(seen, uuid4())
        return claim(seen, own)

    monkeypatch.setattr(sending, "_claimed", late)
    assert send_waiting(now=NOW) == 0
    assert (mail.outbox, state(row)[:2]) == ([], (MailStatus.SENDING, 1))


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


class Server:
    """Stands for the connection to an SMTP server: its text may break off, or the server refuse it."""

    def __init__(self, error: Exception, *, before: bool = False) -> None:
        self.error, self.before, self.connection = error, before, self

    def open(self) -> bool:
        return True

    def close(self) -> None:
        """Do nothing."""

    def data(self, text: object) -> object:
        raise self.error

    def send_messages(self, _mails: list[EmailMessage]) -> int:
        if self.before:
            raise self.error
        self.data("text")
        return 1


@pytest.mark.parametrize(
    ("server", "status"),
    [
        (Server(SMTPServerDisconnected("gone")), MailStatus.UNCERTAIN),
        (Server(TimeoutError("slow")), MailStatus.UNCERTAIN),
        (Server(SMTPServerDisconnected("gone"), before=True), MailStatus.WAITING),
        (Server(SMTPDataError(452, b"full")), MailStatus.WAITING),
        (Server(SMTPDataError(554, b"no")), MailStatus.FAILED),
    ],
)
def test_message_whose_text_broke_off_is_not_sent_again_by_itself(
    server: Server, status: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = message()
    monkeypatch.setattr(sending, "get_connection", lambda **_named: server)
    assert send_waiting(now=NOW) == 0
    assert state(row)[0] == status
    assert "data" not in vars(server)


def test_message_keeps_its_number_whenever_it_is_sent() -> None:
    row = message(reply_to="")
    send_waiting(now=NOW)
    headers = mail.outbox[0].extra_headers
    assert headers == {"Message-ID": f"<{row.pk.hex}@localhost>", "Auto-Submitted": "auto-generated"}


def test_message_whose_sender_died_is_perhaps_sent() -> None:
    row = new_letter(status=MailStatus.SENDING, claimed_at=NOW)
    assert [give_up_lost(now=NOW + LOST_AFTER), give_up_lost(now=NOW + LOST_AFTER + timedelta(seconds=1))] == [0, 1]
    assert state(row)[0] == MailStatus.UNCERTAIN


def test_text_of_a_secret_is_forgotten_once_it_is_sent() -> None:
    row, other = message(is_secret=True), message()
    send_waiting(now=NOW)
    state(row), state(other)
    assert (row.body, other.body) == ("", "Nesvítí.")


def test_only_secrets_go_out_while_all_mail_is_held() -> None:
    message()
    message(is_secret=True, subject="Code")
    MailHold.objects.create(since=NOW, by=new_user(), reason="Maintenance")
    assert send_waiting(now=NOW) == 1
    assert [sent.subject for sent in mail.outbox] == ["Code"]


def test_put_writes_one_row_for_a_key() -> None:
    first = put(to="a@example.org", subject="A\r\nBcc: b@example.org", body="x", kind="invitation", key="1")
    second = put(to="c@example.org", subject="C", body="y", kind="invitation", key="1")
    other = put(to="c@example.org", subject="C", body="y", kind="digest", key="1")
    assert (first == second, first == other) == (True, False)
    assert first.subject == "A Bcc: b@example.org"
    assert put(to="c@example.org", subject="x" * 300, body="y", kind="digest").subject == "x" * 200


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"to": ""}, ValidationError),
        ({"to": "a@example.org\nBcc: b@example.org"}, ValidationError),
        ({"reply_to": "no address"}, ValidationError),
        ({"kind": "No kind"}, ValueError),
    ],
)
def test_put_refuses_what_cannot_be_sent(fields: dict[str, Any], error: type[Exception]) -> None:
    known = {"to": "a@example.org", "subject": "A", "body": "x", "kind": "invitation"}
    with pytest.raises(error):
        put(**{**known, **fields})
    assert OutboxMessage.objects.count() == 0


def test_message_is_sent_once_its_transaction_ended(django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        put(to="a@example.org", subject="A", body="x", kind="invitation")
        assert mail.outbox == []
    assert [sent.subject for sent in mail.outbox] == ["A"]


def test_task_sends_all_that_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "AT_ONCE", 2)
    monkeypatch.setattr(sending, "send_waiting", lambda *, now: send_waiting(now=now, limit=2))
    for _ in range(5):
        message()
    assert sending.send_soon.func() == 5


def test_sending_is_asked_for_once_while_it_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    waiting = DBTaskResult.objects.create(
        task_path=sending.send_soon.module_path,
        args_kwargs={"args": [], "kwargs": {}},
        backend_name="default",
        run_after=NOW - timedelta(days=1),
    )
    message()
    ask_to_send()
    assert mail.outbox == []
    waiting.delete()
    ask_to_send()
    assert len(mail.outbox) == 1
