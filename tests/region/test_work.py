"""What waits: order, piles, an area that does not answer; and the home pages."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from bs4 import BeautifulSoup

from region import office
from region.clock import today
from region.office import Card, Place, register_cards
from region.work import piles
from tests.factories.accounts import new_user
from tests.factories.roles import give_role, with_role

if TYPE_CHECKING:
    from django.test import Client

    from region.models import User

DAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@pytest.fixture
def no_sources(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "_sources", {place: {} for place in Place})


def card(what: str, **fields: Any) -> Card:
    return Card(what=what, url="/en/", button="Open", **fields)


def test_cards_lie_in_piles_by_time_the_sooner_first() -> None:
    cards = [
        card("later", due=DAY + timedelta(days=8)),
        card("near", due=DAY + timedelta(days=7)),
        card("today", due=DAY),
        card("no day"),
        card("late", due=DAY - timedelta(days=1)),
        card("later still", due=DAY - timedelta(days=9)),
        card("urgent without a day", is_urgent=True),
        card("today and urgent", due=DAY, is_urgent=True),
        card("first without a day", order=1),
    ]
    found = {pile.title: [item.card.what for item in pile.items] for pile in piles(cards, DAY)}
    assert found == {
        "Overdue": ["later still", "late"],
        "Today": ["today and urgent", "today", "urgent without a day"],
        "In the next seven days": ["near"],
        "Later": ["later", "first without a day", "no day"],
    }


def words(response: Any, selector: str) -> list[str]:
    soup = BeautifulSoup(response.content, "html.parser")
    return [" ".join(tag.get_text().replace("\u00a0", " ").split()) for tag in soup.select(selector)]


@pytest.mark.django_db
@pytest.mark.usefixtures("county", "no_sources")
@pytest.mark.parametrize(
    ("place", "path", "role"), [(Place.OFFICE, "/en/office/", "coordinator"), (Place.MY, "/en/my/", "signatory")]
)
class TestHome:
    """The home pages of both places."""

    def test_nothing_waits(self, client: Client, place: Place, path: str, role: str) -> None:
        client.force_login(with_role(role))
        assert words(client.get(path), ".empty h2") == ["Nothing waits for you"]

    def test_card_says_what_until_when_and_has_one_button(
        self, client: Client, place: Place, path: str, role: str
    ) -> None:
        person = with_role(role)

        def source(asked: User, now: datetime) -> list[Card]:
            assert asked == person
            assert now.tzinfo is not None
            return [card("Mend the roof", due=today() - timedelta(days=2), detail="of the town hall", is_urgent=True)]

        register_cards(place, "roof", source)
        client.force_login(person)
        response = client.get(path)
        assert words(response, ".pile h2") == ["Overdue 1"]
        assert words(response, ".work .what, .work .soft") == ["Mend the roof urgent", "of the town hall"]
        assert words(response, ".work .late") == ["2 days late"]
        assert words(response, ".work a.btn") == ["Open"]

    def test_area_that_fails_does_not_take_the_page_down(
        self, client: Client, caplog: pytest.LogCaptureFixture, place: Place, path: str, role: str
    ) -> None:
        def broken(_user: User, _now: datetime) -> list[Card]:
            raise RuntimeError("no such table")

        register_cards(place, "broken", broken)
        register_cards(place, "sound", lambda _user, _now: [card("Read the letter")])
        client.force_login(with_role(role))
        response = client.get(path)
        assert response.status_code == 200
        assert words(response, ".notice h2") == ["Not everything could be read"]
        assert words(response, ".work .what") == ["Read the letter"]
        assert "no such table" in caplog.text

    def test_anonymous_people_sign_in_first(self, client: Client, place: Place, path: str, role: str) -> None:
        assert client.get(path)["Location"] == f"/en/account/login/?next={path}"

    def test_without_the_role_it_is_forbidden(self, client: Client, place: Place, path: str, role: str) -> None:
        client.force_login(with_role("reader" if place is Place.OFFICE else "coordinator"))
        assert client.get(path).status_code == 403

    def test_it_is_only_read(self, client: Client, place: Place, path: str, role: str) -> None:
        client.force_login(with_role(role))
        assert client.post(path).status_code == 405


@pytest.mark.parametrize("path", ["/en/office/", "/en/my/"])
@pytest.mark.django_db
@pytest.mark.usefixtures("county")
def test_place_leads_somebody_without_a_role_to_what_to_do(path: str, client: Client) -> None:
    client.force_login(new_user())
    answer = client.get(path, follow=True)
    assert answer.redirect_chain == [("/en/home/", 302)]
    assert "You have no role here yet" in answer.content.decode()
    assert client.post(path).status_code == 403


@pytest.mark.django_db
@pytest.mark.usefixtures("county")
def test_home_leads_where_the_person_works(client: Client) -> None:
    client.force_login(with_role("coordinator"))
    assert client.get("/en/home/")["Location"] == "/en/office/"
    client.force_login(with_role("reader"))
    assert client.get("/en/home/")["Location"] == "/en/my/"


@pytest.mark.django_db
@pytest.mark.usefixtures("county")
def test_home_without_a_role_says_what_to_do(client: Client) -> None:
    client.force_login(new_user())
    response = client.get("/en/home/")
    assert response.status_code == 200
    assert words(response, "h1") == ["You have no role here yet"]


@pytest.mark.django_db
@pytest.mark.usefixtures("county")
@pytest.mark.parametrize("place", ["office", "my"])
def test_place_without_a_language_is_opened_in_the_persons_own(client: Client, place: str) -> None:
    browser = client.get(f"/{place}/", headers={"accept-language": "pl"})
    assert (browser.status_code, browser["Location"]) == (302, f"/pl/{place}/")
    client.force_login(give_role(new_user(language="en"), "coordinator"))
    assert client.get(f"/{place}/", headers={"accept-language": "pl"})["Location"] == f"/en/{place}/"
