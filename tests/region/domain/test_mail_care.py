from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from region.domain.mail_care import FLOW, hold_all, release_all
from region.domain.transition import GuardRefused, obstacle, transition
from region.enums import MailStatus
from region.models import AuditEvent, MailHold, OutboxMessage, User
from tests.factories.letters import new_letter
from tests.factories.roles import one_of_each_role, with_role
from tests.states import People, Step, steps, walk

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator() -> User:
    return with_role("administrator")


ENDS = {
    ("hold", "waiting"): "held",
    ("release", "held"): "waiting",
    ("try_now", "waiting"): "waiting",
    ("send_again", "failed"): "waiting",
    ("send_again", "uncertain"): "waiting",
    ("send_again", "bounced"): "waiting",
    ("mark_arrived", "uncertain"): "sent",
    ("mark_bounced", "sent"): "bounced",
}


@pytest.fixture
def people() -> People:
    return one_of_each_role()


@pytest.mark.once
@pytest.mark.parametrize("step", steps(FLOW), ids=str)
def test_every_act_in_every_state_for_every_role(step: Step, people: People) -> None:
    walk(step, record=new_letter(status=step.state), people=people)
    way = FLOW.states.find(step.name, step.state)
    assert (way.target if way else None) == ENDS.get((step.name, step.state))


def test_states_of_the_table_are_those_of_messages() -> None:
    assert FLOW.states.all == set(MailStatus.values)


def test_nobody_touches_mail_without_the_permission() -> None:
    auditor = with_role("auditor")
    for act in (
        lambda: transition(record=new_letter(), flow=FLOW, name="hold", by=auditor),
        lambda: hold_all(reason="x", by=auditor),
        lambda: release_all(by=auditor),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert MailHold.objects.count() == 0


def test_letter_sent_again_begins_anew(administrator: User) -> None:
    letter = new_letter(status=MailStatus.FAILED, attempts=8, last_error="SMTPDataError 554")
    done = transition(record=letter, flow=FLOW, name="send_again", by=administrator)
    assert (done.attempts, done.next_attempt_at, done.sent_at) == (0, None, None)
    assert OutboxMessage.objects.get().attempts == 0


def test_forgotten_secret_cannot_be_sent_again(administrator: User) -> None:
    letter = new_letter(status=MailStatus.BOUNCED, is_secret=True, body="")
    assert "forgotten" in obstacle(record=letter, flow=FLOW, name="send_again", by=administrator)
    with pytest.raises(GuardRefused, match="forgotten"):
        transition(record=letter, flow=FLOW, name="send_again", by=administrator)


def test_letter_that_arrived_was_sent_when_it_was_taken_up(administrator: User) -> None:
    secret = new_letter(status=MailStatus.UNCERTAIN, is_secret=True, body="123", claimed_at=NOW)
    done = transition(record=secret, flow=FLOW, name="mark_arrived", by=administrator)
    assert (done.sent_at, done.body) == (NOW, "")


def test_all_mail_is_held_once_with_a_reason_and_released(administrator: User) -> None:
    with pytest.raises(ValidationError):
        hold_all(reason=" ", by=administrator)
    first = hold_all(reason=" Maintenance ", by=administrator)
    assert hold_all(reason="Another", by=administrator) == first
    held = MailHold.objects.get()
    assert (held.reason, held.by, str(held)) == ("Maintenance", administrator, "Maintenance")
    assert [release_all(by=administrator), release_all(by=administrator)] == [True, False]
    acts = AuditEvent.objects.order_by("at").values_list("action", flat=True)
    assert list(acts) == ["mail.hold_all", "mail.release_all"]


def test_released_mail_is_sent_at_once(administrator: User, django_capture_on_commit_callbacks: Any) -> None:
    letters = [new_letter(), new_letter(status=MailStatus.HELD)]
    with django_capture_on_commit_callbacks(execute=True):
        hold_all(reason="Maintenance", by=administrator)
        transition(record=letters[1], flow=FLOW, name="release", by=administrator)
    assert set(OutboxMessage.objects.values_list("status", flat=True)) == {"waiting"}
    with django_capture_on_commit_callbacks(execute=True):
        release_all(by=administrator)
    assert set(OutboxMessage.objects.values_list("status", flat=True)) == {"sent"}
