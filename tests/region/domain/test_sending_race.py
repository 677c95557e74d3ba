"""Several processes send at the same moment: each message goes out once."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core import mail
from django.utils import timezone

from region.domain.sending import send_waiting
from region.models import MailHold, OutboxMessage, User
from tests.races import race, shared_database

LETTERS = 20


@pytest.mark.django_db(transaction=True)
def test_messages_are_sent_once_by_eight_senders(tmp_path: Path) -> None:
    now = timezone.now()
    letters = [
        OutboxMessage(to="jana@example.org", subject=str(number), body="Lampa.", created_at=now)
        for number in range(LETTERS)
    ]
    with shared_database(tmp_path, [ContentType, User, OutboxMessage, MailHold], letters):
        sent = race(lambda _number: send_waiting(now=now), threads=8)
    assert sum(count for count in sent if isinstance(count, int)) == LETTERS, sent
    assert sorted(int(letter.subject) for letter in mail.outbox) == list(range(LETTERS))
