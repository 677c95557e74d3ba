from __future__ import annotations

import time
from typing import Any
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from region.domain.messages import Fate
from region.forms.messages import new_token
from region.models import OfficerAssignment, OutboxMessage, RegionProfile
from region.views import messages
from region.views.messages import MESSAGES_AN_HOUR
from tests.factories.people import assignment, officer
from tests.factories.places import district, town

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(county: RegionProfile) -> OfficerAssignment:
    place = district(town=town(name="Stříbro", slug="stribro"), code="3", name="Východ")
    return assignment(district=place, officer=officer(rank="prap.", name="Jana Nová", email="jana@policie.example"))


def address(row: OfficerAssignment) -> str:
    return reverse("region:message", args=[row.pk])


def values(**fields: str) -> dict[str, str]:
    known = {"name": "Karel", "email": "karel@example.org", "text": "U školy nesvítí lampa."}
    return {**known, "subject": "", "token": new_token(now=time.time() - 10), **fields}


def soup(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def heading(response: Any) -> str:
    found = soup(response).select_one("h1")
    return " ".join(found.get_text().split()) if found else ""


def test_form_says_who_reads_and_shows_emergency_numbers_first(client: Client, here: OfficerAssignment) -> None:
    response = client.get(address(here))
    page = soup(response)
    lead = page.select_one(".lead")
    assert lead is not None
    assert " ".join(lead.get_text().split()) == (
        "Only one person will read your message: prap. Jana Nová, state police officer. "
        "Policie České republiky, Stříbro, district 3 Východ."
    )
    parts = [str(part.name) for part in page.select(".sos, form[method=post]")]
    assert parts == ["section", "form"]
    assert "jana@policie.example" not in response.content.decode()


def test_form_sets_no_cookie_and_is_never_kept(client: Client, here: OfficerAssignment) -> None:
    response = client.get(address(here))
    assert (dict(response.cookies), "no-store" in response["Cache-Control"]) == ({}, True)


def test_message_is_taken_over_without_a_cookie(here: OfficerAssignment) -> None:
    strict = Client(enforce_csrf_checks=True)
    response = strict.post(address(here), values())
    assert (response.status_code, response["Location"]) == (302, reverse("region:message-sent", args=[here.pk]))
    assert OutboxMessage.objects.get().to == "jana@policie.example"
    sent = strict.get(response["Location"])
    assert heading(sent) == "Your message is on its way"
    assert "jana@policie.example" not in sent.content.decode()


def test_message_sent_twice_has_one_effect(client: Client, here: OfficerAssignment) -> None:
    body = values()
    assert [client.post(address(here), body).status_code for _ in range(2)] == [302, 302]
    assert OutboxMessage.objects.count() == 1


def test_errors_stand_at_the_fields_and_in_the_summary(client: Client, here: OfficerAssignment) -> None:
    response = client.post(address(here), values(email="karel", text=""))
    page = soup(response)
    assert response.status_code == 422
    assert [str(link["href"]) for link in page.select(".errors a")] == ["#id_email", "#id_text"]
    assert len(page.select(".field .err")) == 2
    kept = {str(field["name"]): field.get("value") for field in page.select("input[name=name], input[name=email]")}
    assert kept == {"name": "Karel", "email": "karel"}
    assert OutboxMessage.objects.count() == 0


def test_message_refused_as_a_machines_can_be_sent_again(
    client: Client, here: OfficerAssignment, monkeypatch: pytest.MonkeyPatch
) -> None:
    response = client.post(address(here), values(subject="Buy", token="forged"))
    assert response.status_code == 422
    token = soup(response).select_one("input[name=token]")
    assert token is not None
    later = time.time() + 10
    monkeypatch.setattr(time, "time", lambda: later)
    assert client.post(address(here), values(token=str(token["value"]))).status_code == 302


def test_messages_beyond_the_limit_are_refused_with_the_text_kept(client: Client, here: OfficerAssignment) -> None:
    codes = [client.post(address(here), values()).status_code for _ in range(MESSAGES_AN_HOUR + 1)]
    assert codes == [302] * MESSAGES_AN_HOUR + [429]
    page = soup(client.post(address(here), values()))
    text = page.select_one("textarea")
    assert text is not None
    assert text.get_text().strip() == "U školy nesvítí lampa."
    assert OutboxMessage.objects.count() == MESSAGES_AN_HOUR


def test_message_to_an_invented_person_says_that_nothing_was_sent(client: Client, here: OfficerAssignment) -> None:
    here.officer.is_example = True
    here.officer.save()
    assert "This person is invented" in client.get(address(here)).content.decode()
    response = client.post(address(here), values(), follow=True)
    assert heading(response) == "Nothing was sent"
    assert OutboxMessage.objects.count() == 0


def test_message_through_the_town_hall_says_so(client: Client, here: OfficerAssignment) -> None:
    here.officer.email = ""
    here.officer.save()
    assert "pass it on to this person: prap. Jana Nová" in client.get(address(here)).content.decode()
    response = client.post(address(here), values(), follow=True)
    assert "It goes to the town hall of Stříbro" in response.content.decode()


def test_message_to_a_town_hall_is_taken_over(client: Client, here: OfficerAssignment) -> None:
    start = reverse("region:town-message", args=["stribro"])
    assert "The town hall of Stříbro will read your message" in client.get(start).content.decode()
    response = client.post(start, values(), follow=True)
    assert heading(response) == "Your message is on its way"
    assert OutboxMessage.objects.get().to == here.town.email


def test_person_who_left_between_reading_and_sending_gets_nothing(
    client: Client, here: OfficerAssignment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages, "write_to_person", lambda **_named: Fate.NOBODY)
    assert client.post(address(here), values()).status_code == 404


@pytest.mark.parametrize("name", ["message", "message-sent"])
def test_message_to_an_unknown_person_is_not_found(name: str, client: Client, county: RegionProfile) -> None:
    assert client.get(reverse(f"region:{name}", args=[uuid4()])).status_code == 404


@pytest.mark.parametrize("name", ["town-message", "town-message-sent"])
def test_message_to_an_unknown_town_hall_is_not_found(name: str, client: Client, county: RegionProfile) -> None:
    assert client.get(reverse(f"region:{name}", args=["neni"])).status_code == 404


def test_letter_sent_again_does_not_count_towards_the_limit(client: Client, here: OfficerAssignment) -> None:
    again = values()
    assert [client.post(address(here), again).status_code for _ in range(MESSAGES_AN_HOUR + 2)] == [302] * 8
    assert client.post(address(here), values()).status_code == 302
    assert OutboxMessage.objects.count() == 2
