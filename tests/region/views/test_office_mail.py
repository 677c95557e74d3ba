"""Mail on its way, as the office sees it."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from region.enums import MailStatus
from region.models import MailHold, OutboxMessage, User
from tests.conftest import QueryCounter
from tests.factories.letters import new_letter
from tests.factories.roles import with_role
from tests.factories.security import security_lines

pytestmark = pytest.mark.usefixtures("county")
LIST = "/en/office/mail/"


@pytest.fixture
def chief() -> User:
    """An administrator."""
    return with_role("administrator")


@pytest.fixture
def office(client: Client, chief: User) -> Client:
    client.force_login(chief)
    return client


def page_of(letter: OutboxMessage) -> str:
    return f"{LIST}{letter.pk}/"


def press(client: Client, address: str, **fields: str) -> str:
    response = client.post(address, {"form_key": str(uuid4()), **fields}, follow=True)
    assert response.status_code == 200
    return str(response.content.decode())


def test_list_shows_what_became_of_each_message_without_its_text(office: Client) -> None:
    new_letter(subject="Sad news", status=MailStatus.FAILED, last_error="SMTPDataError 554")
    page = office.get(LIST).content.decode()
    shown = ("Sad news", "jana@example.org", "does not accept the message. (554)", "message from a resident", "Nesvítí")
    assert [text in page for text in shown] == [True, True, True, True, False]


def test_list_takes_the_same_queries_for_one_message_and_for_three(office: Client, count_queries: QueryCounter) -> None:
    office.get(LIST)
    new_letter()
    with count_queries() as one:
        office.get(LIST)
    new_letter(), new_letter()
    with count_queries() as three:
        office.get(LIST)
    assert len(one) == len(three)


def test_list_is_narrowed_by_state_and_words(office: Client) -> None:
    new_letter(subject="Lamp")
    new_letter(subject="Bench", status=MailStatus.HELD)
    page = office.get(f"{LIST}?status=held&q=bench").content.decode()
    assert ("Bench" in page, "Lamp" in page) == (True, False)


def test_message_is_shown_with_its_text_and_the_view_is_noted(office: Client) -> None:
    letter = new_letter(reply_to="karel@example.org", next_attempt_at=timezone.now())
    with security_lines() as lines:
        page = office.get(page_of(letter)).content.decode()
    assert ("Nesvítí." in page, "karel@example.org" in page) == (True, True)
    assert [line["event.action"] for line in lines] == ["personal_data.view"]


def test_text_of_a_secret_is_not_shown(office: Client) -> None:
    page = office.get(page_of(new_letter(is_secret=True, body="KJFR-FLSB"))).content.decode()
    assert ("KJFR" in page, "only its reader may see" in page) == (False, True)


def test_message_is_held_back_and_released_by_buttons(office: Client) -> None:
    letter = new_letter()
    assert "held back" in press(office, f"{page_of(letter)}hold/")
    letter.refresh_from_db()
    assert letter.status == MailStatus.HELD
    press(office, f"{page_of(letter)}release/")
    letter.refresh_from_db()
    assert letter.status == MailStatus.WAITING


def test_act_that_no_longer_fits_says_so(office: Client) -> None:
    assert "Only a message that waits can be held back." in press(office, f"{page_of(new_letter(status='sent'))}hold/")


def test_unknown_act_or_message_is_not_found(office: Client) -> None:
    letter = new_letter()
    assert office.post(f"{page_of(letter)}eat/").status_code == 404
    assert office.get(f"{LIST}{uuid4()}/").status_code == 404


def test_several_messages_are_held_at_once(office: Client) -> None:
    first, second = new_letter(), new_letter(status=MailStatus.SENT)
    address = f"{LIST}bulk/?action=hold&pick={first.pk}&pick={second.pk}"
    page = office.get(address).content.decode()
    assert "Only a message that waits can be held back." in page
    press(office, address, keys=f"{first.pk}")
    assert list(OutboxMessage.objects.order_by("created_at").values_list("status", flat=True)) == ["held", "sent"]


def test_all_mail_is_held_with_a_reason_and_released(office: Client) -> None:
    assert office.get(f"{LIST}hold/").status_code == 200
    assert office.post(f"{LIST}hold/", {"form_key": str(uuid4()), "reason": ""}).status_code == 422
    page = press(office, f"{LIST}hold/", reason="The server moves")
    assert "The server moves" in page
    press(office, f"{LIST}release/")
    press(office, f"{LIST}release/")
    assert MailHold.objects.count() == 0


def test_auditor_reads_and_changes_nothing(client: Client) -> None:
    letter = new_letter()
    MailHold.objects.create(since=timezone.now(), by=with_role("administrator"), reason="The server moves")
    client.force_login(with_role("auditor"))
    pages = client.get(LIST).content.decode() + client.get(page_of(letter)).content.decode()
    assert ("Let e-mail go out" in pages, "Hold back" in pages, "Nesvítí." in pages) == (False, False, True)
    for address in (f"{page_of(letter)}hold/", f"{LIST}hold/", f"{LIST}release/"):
        assert client.post(address, {"form_key": str(uuid4())}).status_code == 403


def test_others_are_refused(client: Client) -> None:
    letter = new_letter()
    assert client.get(LIST).status_code == 302
    client.force_login(with_role("coordinator"))
    assert [client.get(address).status_code for address in (LIST, page_of(letter), f"{LIST}hold/")] == [403] * 3


def test_home_tells_of_mail_that_is_stuck_failed_or_held(office: Client, chief: User) -> None:
    home = "/en/office/"
    assert "e-mail" not in office.get(home).content.decode().split("<h1>")[1].split("shown itself")[0]
    stuck = new_letter()
    OutboxMessage.objects.update(created_at=timezone.now() - timedelta(hours=1))
    new_letter(status=MailStatus.FAILED)
    page = office.get(home).content.decode()
    assert ("1 e-mail waits too long" in page, "1 e-mail was not sent" in page) == (True, True)
    assert "The oldest was written on" in office.get(LIST).content.decode()
    MailHold.objects.create(since=timezone.now(), by=chief, reason="The server moves")
    page = office.get(home).content.decode()
    assert ("The server moves" in page, "waits too long" in page, stuck.pk is None) == (True, False, False)


def test_home_of_others_tells_nothing_of_mail(client: Client) -> None:
    new_letter(status=MailStatus.FAILED)
    client.force_login(with_role("coordinator"))
    page = client.get("/en/office/").content.decode()
    assert ("was not sent" in page, "shown itself" in page) == (False, False)
