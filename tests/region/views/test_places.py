from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django.test import Client
from django.urls import reverse
from wagtail.images import get_image_model
from wagtail.images.models import Filter
from wagtail.images.tests.utils import get_test_image_file

from region.models import RegionProfile, SecurityDistrict
from region.queries.officers import PHOTO_FILTER
from region.views import places
from tests.conftest import QueryCounter
from tests.factories.people import assignment, officer
from tests.factories.places import district, square, town

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 1)


@pytest.fixture(autouse=True)
def fixed_today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "today", lambda: TODAY)


@pytest.fixture
def here(county: RegionProfile) -> SecurityDistrict:
    """District 1 of Stříbro, drawn as a sketch; the town has a second one."""
    place = town(name="Stříbro", slug="stribro", website="https://stribro.example", data_box="abc1234")
    district(town=place, code="2", name="Jih")
    return district(
        town=place,
        code="1",
        name="Sever",
        streets="Dlouhá\nKrátká",
        boundary=square(13, 49),
        boundary_is_schematic=True,
    )


def page(response: Any) -> BeautifulSoup:
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def words(found: Tag | None) -> str:
    return " ".join(found.get_text(" ").split()) if found else ""


def district_page(client: Client, **question: str) -> Any:
    return client.get(reverse("region:district", args=["stribro", "1"]), question)


def names(found: BeautifulSoup) -> list[str]:
    return [words(name) for name in found.select(".person h3")]


def test_district_page_lists_people_with_functions_and_substitutes(client: Client, here: SecurityDistrict) -> None:
    row = assignment(
        district=here,
        officer=officer(rank="prap.", name="Jana Nová"),
        substitute=officer(rank="", name="Petr Zástup", organisation="Policie", phone="+420974111222"),
    )
    assignment(town=here.town, role="town_hall", officer=officer(rank="", name="Marie Městská", email=""))
    found = page(district_page(client))
    assert names(found) == ["prap. Jana Nová", "Marie Městská"]
    first, second = found.select(".person")
    assert words(first.select_one(".role")) == "State police officer"
    assert words(first.select_one(".area")) == "1 Sever"
    assert words(second.select_one(".area")) == "1–2 the whole town"
    assert "Stands in when away: Petr Zástup, Policie, +420 974 111 222" in words(first)
    link = first.select_one("a.go")
    assert link is not None
    assert link["href"] == reverse("region:message", args=[row.pk])


def test_district_page_leaves_out_an_organisation_that_is_not_known(client: Client, here: SecurityDistrict) -> None:
    assignment(district=here, substitute=officer(rank="", name="Petr Zástup", organisation="", phone=""))
    assert words(page(district_page(client)).select_one(".person .soft")) == "Stands in when away: Petr Zástup"


def test_district_page_says_the_day_and_the_emergency_numbers(client: Client, here: SecurityDistrict) -> None:
    found = page(district_page(client))
    assert words(found.select_one("h1")) == "Sever"
    assert "Valid on 1 March 2026" in words(found.select_one(".lead"))
    assert [words(link) for link in found.select(".tels a")] == ["112 Emergency", "158 Police"]


def test_district_page_never_prints_an_address_of_mail(client: Client, here: SecurityDistrict) -> None:
    assignment(
        district=here, officer=officer(email="tajna@policie.example"), substitute=officer(email="druha@x.example")
    )
    text = district_page(client).content.decode()
    assert [word in text for word in ("tajna@", "druha@", here.town.email)] == [False] * 3


def test_district_page_of_another_day_shows_who_was_responsible(client: Client, here: SecurityDistrict) -> None:
    assignment(district=here, officer=officer(rank="", name="Dřívější Pán"), until=date(2024, 12, 31))
    assignment(district=here, officer=officer(rank="", name="Dnešní Paní"), since=date(2025, 1, 1))
    past = page(district_page(client, day="2024-12-31"))
    assert (names(past), names(page(district_page(client)))) == (["Dřívější Pán"], ["Dnešní Paní"])
    assert past.select(".person a.go") == []
    robots = past.select_one("meta[name=robots]")
    assert robots is not None
    assert robots["content"] == "noindex"


def test_district_page_of_an_empty_day_is_of_today(client: Client, here: SecurityDistrict) -> None:
    assert "Valid on 1 March 2026" in words(page(district_page(client, day="")).select_one(".lead"))


@pytest.mark.parametrize("day", ["x", "2025-02-30", "1700-01-01", "9999-12-31", "\x00", "1" * 9000])
def test_district_page_of_no_day_answers_plainly(day: str, client: Client, here: SecurityDistrict) -> None:
    response = district_page(client, day=day)
    assert response.status_code == 400
    assert BeautifulSoup(response.content, "html.parser").select_one(".err") is not None


def test_district_page_marks_what_is_invented_or_sketched(client: Client, here: SecurityDistrict) -> None:
    here.is_example = True
    here.save()
    assignment(district=here, officer=officer(is_example=True))
    found = page(district_page(client))
    assert [len(found.select(selector)) for selector in (".kicker .demo", ".person .demo", ".plates .demo")] == [
        1,
        1,
        1,
    ]
    assert words(found.select_one("figcaption")) == "A sketch, not the exact boundaries."


def test_district_page_without_people_sends_to_the_town_hall(client: Client, here: SecurityDistrict) -> None:
    found = page(district_page(client))
    assert "Nobody is entered for this day" in words(found.select_one("section[aria-labelledby=people]"))
    assert "+420 377 111 222" in words(found.select_one("aside.panel"))


def test_district_page_shows_streets_and_its_neighbours(client: Client, here: SecurityDistrict) -> None:
    found = page(district_page(client))
    assert words(found.select_one("section[aria-labelledby=streets] p")) == "Dlouhá Krátká"
    assert [words(link) for link in found.select(".plates a")] == ["1 Sever", "2 Jih"]
    assert [words(link) for link in found.select(".plates a[aria-current]")] == ["1 Sever"]


def test_town_page_lists_those_of_the_whole_town(client: Client, here: SecurityDistrict) -> None:
    assignment(district=here)
    assignment(town=here.town, officer=officer(rank="", name="Marie Městská"))
    found = page(client.get(reverse("region:town", args=["stribro"])))
    assert (words(found.select_one("h1")), names(found)) == ("Stříbro", ["Marie Městská"])
    assert [words(link) for link in found.select("aside.panel a")] == [
        "+420 377 111 222",
        "Website",
        "Write a message to the town hall",
    ]


def test_town_page_without_districts_has_no_map(client: Client, county: RegionProfile) -> None:
    town(slug="susice", name="Sušice")
    found = page(client.get(reverse("region:town", args=["susice"])))
    assert found.select("figure.map, .plates") == []


@pytest.mark.parametrize("words_of_address", [["stribro", "99"], ["neni", "1"], ["neni"]])
def test_place_unknown_is_not_found(words_of_address: list[str], client: Client, here: SecurityDistrict) -> None:
    name = "region:district" if len(words_of_address) > 1 else "region:town"
    assert client.get(reverse(name, args=words_of_address)).status_code == 404


def test_district_page_makes_the_same_queries_however_many_people(
    client: Client, here: SecurityDistrict, count_queries: QueryCounter
) -> None:
    photo = get_image_model().objects.create(title="Portrét", file=get_test_image_file())
    key = Filter(spec=PHOTO_FILTER).get_cache_key(photo)
    photo.renditions.create(filter_spec=PHOTO_FILTER, focal_point_key=key, file=photo.file.name, width=160, height=160)
    counts = []
    for more in (1, 2, 27):
        for _ in range(more):
            assignment(district=here, officer=officer(photo=photo), substitute=officer())
        district_page(client)
        with count_queries() as made:
            found = page(district_page(client))
        counts.append((len(found.select(".person--photo")), len(made)))
    assert [people for people, _queries in counts] == [1, 3, 30]
    assert len({queries for _people, queries in counts}) == 1
