from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from region.domain.address_index import rebuild
from region.models import OfficerAssignment, RegionProfile, SecurityDistrict, Town
from tests.conftest import QueryCounter
from tests.factories.people import assignment, officer
from tests.factories.places import district, square, street, town

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def places(county: RegionProfile) -> None:
    """A town with two districts, a town without any, one street through both districts."""
    place = town(name="Stříbro", slug="stribro", boundary=square(13, 49, 1))
    district(town=place, code="1", name="Sever", boundary=square(13.1, 49.1, 0.1))
    district(town=place, code="2", name="Jih", boundary=square(13.2, 49.1, 0.1))
    town(name="Sušice", slug="susice", boundary=square(15, 49, 1), member_since=date(2011, 6, 1))
    assignment(town=place, officer=officer(rank="", name="Marie Městská"))
    street(place="Stříbro", name="Dlouhá", houses={"1": (13.15, 49.15), "2": (13.25, 49.15), "50": (13.5, 49.5)})
    street(place="Sušice", name="Dlouhá", houses={"1": (15.5, 49.5)})
    street(place="Sušice", name="Krátká", houses={"1": (15.5, 49.5)})
    rebuild()


def asked(client: Client, **question: str) -> Any:
    return client.get(reverse("region:finder"), question)


def heading(response: Any) -> str:
    """Heading of the answer."""
    section = BeautifulSoup(response.content, "html.parser").select_one("main section h2")
    return " ".join(section.get_text().split()) if section else ""


def links(response: Any, selector: str) -> list[tuple[str, str]]:
    found = BeautifulSoup(response.content, "html.parser").select(selector)
    return [(" ".join(link.get_text().split()), str(link["href"])) for link in found]


@pytest.mark.parametrize(("language", "start"), [("cs", "/cs/"), ("pl", "/pl/"), ("en", "/en/who-is-responsible/")])
def test_finder_stands_in_every_language(language: str, start: str, client: Client) -> None:
    with override(language):
        address = reverse("region:finder")
    assert address[: len(start)] == start
    assert client.get(address).status_code == 200


def test_finder_lists_towns_with_their_districts(client: Client) -> None:
    found = links(asked(client), ".places a")
    start = reverse("region:finder")
    assert found == [
        ("1 Stříbro", f"{start}stribro/"),
        ("1 Sever", f"{start}stribro/1/"),
        ("2 Jih", f"{start}stribro/2/"),
        ("2 Sušice", f"{start}susice/"),
    ]


def test_finder_draws_the_map_with_links(client: Client) -> None:
    found = BeautifulSoup(asked(client).content, "html.parser").select("svg a[href]")
    assert {str(link["href"]) for link in found} == {
        reverse("region:town", args=["stribro"]),
        reverse("region:town", args=["susice"]),
    }


@pytest.mark.parametrize(
    ("question", "target"),
    [
        ({"address": "Dlouhá 1, Stříbro"}, ("district", ["stribro", "1"])),
        ({"address": "dlouha 2 stribro"}, ("district", ["stribro", "2"])),
        ({"address": "Krátká 1"}, ("town", ["susice"])),
        ({"address": "Stříbro"}, ("town", ["stribro"])),
        ({"lat": "49.15", "lon": "13.25"}, ("district", ["stribro", "2"])),
        ({"lat": "49.5", "lon": "15.5"}, ("town", ["susice"])),
    ],
)
def test_finder_leads_to_the_lasting_page(
    question: dict[str, str], target: tuple[str, list[str]], client: Client
) -> None:
    response = asked(client, **question)
    name, words = target
    assert (response.status_code, response["Location"]) == (302, reverse(f"region:{name}", args=words))


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ({"address": "Dlouhá 50, Stříbro"}, "This place lies in Stříbro, but in none of its districts"),
        ({"lat": "49.9", "lon": "13.9"}, "This place lies in Stříbro, but in none of its districts"),
        ({"lat": "51", "lon": "20"}, "This place lies in no town of the programme"),
        ({"address": "Dlouhá 1"}, "Which of these do you mean?"),
        ({"address": "Krátk"}, "Did you mean this?"),
        ({"address": "Dlouhá, Stříbro"}, "Dlouhá, Stříbro runs through several districts: choose the house number"),
        ({"address": "Krátká 77"}, "We know the street, but not this house number"),
        ({"address": "Dlouhá 77"}, "We know the street, but not this house number"),
        ({"address": "Neznámá 5"}, "We did not find this address"),
        ({"street": "999999"}, "We did not find this address"),
    ],
)
def test_finder_says_in_words_what_it_found(question: dict[str, str], words: str, client: Client) -> None:
    response = asked(client, **question)
    assert (response.status_code, heading(response).replace("\xa0", " ")) == (200, words)


def test_finder_between_districts_gives_the_people_of_the_town(client: Client) -> None:
    response = asked(client, lat="49.9", lon="13.9")
    page = BeautifulSoup(response.content, "html.parser")
    assert [name.get_text() for name in page.select(".person h3")] == ["Marie Městská"]
    assert page.select_one("aside a[href='tel:+420377111222']") is not None


def test_finder_offers_choices_that_lead_to_the_answer(client: Client) -> None:
    found = links(asked(client, address="Dlouhá 1"), ".choices a")
    assert [label for label, _href in found] == ["Dlouhá 1, Stříbro", "Dlouhá 1, Sušice"]
    answers = [client.get(href).headers["Location"] for _label, href in found]
    assert answers == [reverse("region:district", args=["stribro", "1"]), reverse("region:town", args=["susice"])]


def test_finder_offers_house_numbers_that_lead_to_the_answer(client: Client) -> None:
    found = links(asked(client, address="Dlouhá, Stříbro"), ".numbers a")
    assert [label.rpartition(" ")[2] for label, _href in found] == ["1", "2", "50"]
    assert client.get(found[1][1]).headers["Location"] == reverse("region:district", args=["stribro", "2"])


def test_finder_keeps_what_was_typed(client: Client) -> None:
    page = BeautifulSoup(asked(client, address='Neznámá "5" <b>').content, "html.parser")
    field = page.select_one("input[name=address]")
    assert field is not None
    assert field["value"] == 'Neznámá "5" <b>'


def test_finder_answers_to_a_person_are_kept_by_nobody(client: Client) -> None:
    rules = [asked(client, address=text)["Cache-Control"] for text in ("Neznámá", "Stříbro")]
    assert rules == ["private, no-store", "private, no-store"]
    assert "no-store" not in asked(client).get("Cache-Control", "")


@pytest.mark.parametrize(
    "question",
    [
        "lat=NaN&lon=13",
        "lat=49&lon=inf",
        "lat=1e309&lon=1",
        "lat=91&lon=0",
        "lat=a&lon=b",
        "lat=49%00&lon=13",
        "street=-1",
        "street=99999999999999999999999",
        f"address={'x' * 10_000}",
        "address=%00",
    ],
)
def test_finder_asked_nonsense_answers_plainly(question: str, client: Client) -> None:
    response = client.get(f"{reverse('region:finder')}?{question}")
    assert response.status_code == 400
    assert BeautifulSoup(response.content, "html.parser").select_one("input[name=address]") is not None


@pytest.mark.parametrize(
    "text", ["%", "_", "'; DROP TABLE region_street; --", '"', "\\", "{{ 7*7 }}", "٣٣٣", "🙂", "1" * 200, "1/" * 100]
)
def test_finder_asked_signs_finds_nothing(text: str, client: Client) -> None:
    response = client.get(f"{reverse('region:finder')}?address={quote(text)}")
    assert (response.status_code, heading(response)) == (200, "We did not find this address")


@pytest.mark.parametrize("question", ["lat=49.1", "lon=13", "address=", "unknown=1", "address=%20%20"])
def test_finder_asked_nothing_shows_the_form(question: str, client: Client) -> None:
    response = client.get(f"{reverse('region:finder')}?{question}")
    assert (response.status_code, heading(response)) == (200, "Towns and municipalities")


def test_finder_takes_no_writing(client: Client) -> None:
    assert client.post(reverse("region:finder")).status_code == 405


def test_suggestions_are_options_with_their_target(client: Client) -> None:
    response = client.get(reverse("region:finder-suggestions"), {"address": "Dlou"}, headers={"HX-Request": "true"})
    page = BeautifulSoup(response.content, "html.parser")
    options = page.select("[role=option]")
    assert [(option["id"], " ".join(option.get_text().split())) for option in options] == [
        ("address-option-1", "Dlouhá, Stříbro street"),
        ("address-option-2", "Dlouhá, Sušice street"),
    ]
    assert client.get(str(options[1]["data-href"])).headers["Location"] == reverse("region:town", args=["susice"])
    assert page.select("html, script") == []


def test_suggestions_of_a_town_lead_to_it(client: Client) -> None:
    response = client.get(reverse("region:finder-suggestions"), {"address": "Sušic"})
    option = BeautifulSoup(response.content, "html.parser").select_one("[role=option]")
    assert option is not None
    assert option["data-href"] == reverse("region:town", args=["susice"])


@pytest.mark.parametrize("text", ["", "s", "\x00", "x" * 10_000, "%", "neznama"])
def test_suggestions_for_nothing_are_none(text: str, client: Client) -> None:
    response = client.get(reverse("region:finder-suggestions"), {"address": text})
    assert response.status_code == 200
    assert BeautifulSoup(response.content, "html.parser").select("[role=option]") == []


def test_suggestions_are_private_and_short_lived(client: Client) -> None:
    response = client.get(reverse("region:finder-suggestions"), {"address": "Dlou"})
    assert response["Cache-Control"] == "private, max-age=60"


def test_finder_makes_the_same_queries_however_many_towns(client: Client, count_queries: QueryCounter) -> None:
    counts = []
    for _ in range(2):
        asked(client)
        with count_queries() as made:
            asked(client, unknown="1")
        counts.append(len(made))
        for number in range(5):
            district(town=town(), code=str(number))
    assert counts[0] == counts[1]


def test_finder_without_any_town_says_so(client: Client, county: RegionProfile) -> None:
    OfficerAssignment.objects.all().delete()
    SecurityDistrict.objects.all().delete()
    Town.objects.all().delete()
    response = asked(client, unknown="1")
    assert links(response, ".places a") == []
    assert "No town is entered yet" in response.content.decode()
