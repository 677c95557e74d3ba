"""Pages as readers get them."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import Group
from wagtail.models import PageViewRestriction

from portal.models import Alert, GuidePage, MaterialPage, StandardPage
from region.models import Town
from tests.factories import people, places, trees
from tests.factories.pages import topic as new_topic
from tests.factories.trees import Tree, moment

if TYPE_CHECKING:
    from django.test import Client

    from region.models import RegionProfile

pytestmark = pytest.mark.once


@pytest.fixture
def site(county: RegionProfile) -> dict[str, Tree]:
    """A site in Czech and Polish, with a Czech town."""
    made = trees.trees("cs", "pl")
    trees.town_page(made["cs"], places.town(name="Stříbro", slug="stribro"))
    return made


def html(client: Client, address: str) -> str:
    """Body of a page that is there."""
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def heading(page: str) -> str:
    """Words of the first heading."""
    found = re.search(r"<h1[^>]*>(.*?)</h1>", page, re.DOTALL)
    assert found
    return re.sub(r"<[^>]+>", "", found[1]).strip()


def test_every_page_of_the_outline_is_served(site: dict[str, Tree], client: Client) -> None:
    addresses = [page.url for tree in site.values() for page in tree.values()]
    assert {address: client.get(address).status_code for address in addresses} == dict.fromkeys(addresses, 200)


def test_page_of_another_language_is_not_found_under_this_one(site: dict[str, Tree], client: Client) -> None:
    assert client.get("/pl/novinky/").status_code == 404
    assert client.get("/pl/aktualnosci/").status_code == 200


def test_address_below_a_page_that_has_no_children_is_not_found(site: dict[str, Tree], client: Client) -> None:
    assert client.get("/cs/kontakty/nic/").status_code == 404


def test_page_that_is_not_published_is_not_found(site: dict[str, Tree], client: Client) -> None:
    page = trees.news(site["cs"], slug="draft", live=False)
    assert client.get(page.url).status_code == 404


def test_language_without_a_tree_is_not_found(site: dict[str, Tree], client: Client) -> None:
    assert client.get("/en/").status_code == 404


def test_restricted_page_asks_to_sign_in(site: dict[str, Tree], client: Client) -> None:
    page = trees.add(site["cs"]["about"], StandardPage, slug="inside")
    restriction = PageViewRestriction.objects.create(page=site["cs"]["about"].page_ptr, restriction_type="groups")
    restriction.groups.add(Group.objects.get(name="Editors"))
    assert client.get(page.url).status_code == 302
    assert client.get("/cs/kontakty/").status_code == 200


def test_longer_heading_stands_above_a_short_title(site: dict[str, Tree], client: Client) -> None:
    trees.add(site["cs"]["about"], StandardPage, slug="long", title="Krátce", heading="Dlouze a podrobně")
    assert heading(html(client, "/cs/o-webu/long/")) == "Dlouze a\u00a0podrobně"


TITLE = 'A </script><script>alert("x")</script> & B'


@pytest.mark.parametrize("where", ["page", "list", "home", "feed"])
def test_markup_in_a_title_stays_text(where: str, site: dict[str, Tree], client: Client) -> None:
    page = trees.news(site["cs"], title=TITLE, lead=TITLE)
    address = {"page": page.url, "list": "/cs/novinky/", "home": "/cs/", "feed": "/cs/feeds/news.rss"}[where]
    assert "<script>alert" not in html(client, address)


def test_facts_for_machines_of_a_title_with_markup_can_be_read(site: dict[str, Tree], client: Client) -> None:
    body = html(client, trees.news(site["cs"], title=TITLE).url)
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', body, re.DOTALL)
    assert block
    facts = json.loads(block[1])
    assert facts["headline"] == TITLE
    assert facts["@type"] == "NewsArticle"


def test_alert_of_a_town_stands_on_its_page_and_the_home_page_only(site: dict[str, Tree], client: Client) -> None:
    alert = Alert.objects.create(title_cs="Výpadek vody", since=moment("2020-01-01T00:00:00+00:00"))
    alert.towns = [Town.objects.get(slug="stribro")]
    alert.save()
    addresses = ("/cs/", "/cs/mesta/stribro/", "/cs/mesta/")
    shown = {address: "Výpadek vody" in html(client, address) for address in addresses}
    assert shown == {"/cs/": True, "/cs/mesta/stribro/": True, "/cs/mesta/": False}


def test_town_without_people_and_news_has_no_empty_section(site: dict[str, Tree], client: Client) -> None:
    assert re.findall(r'<section[^>]*aria-labelledby="([a-z]+)"', html(client, "/cs/mesta/stribro/")) == []


def test_town_with_everything_has_every_section(site: dict[str, Tree], client: Client) -> None:
    town = Town.objects.get(slug="stribro")
    people.assignment(district=places.district(town=town))
    trees.news(site["cs"], towns=[town])
    trees.event(site["cs"], town=town)
    found = re.findall(r'<section[^>]*aria-labelledby="([a-z]+)"', html(client, "/cs/mesta/stribro/"))
    assert found == ["people", "districts", "news", "events"]


def test_officers_address_is_never_printed(site: dict[str, Tree], client: Client) -> None:
    town = Town.objects.get(slug="stribro")
    officer = people.officer(email="secret@example.org")
    people.assignment(town=town, officer=officer)
    body = html(client, "/cs/mesta/stribro/")
    assert officer.name in body
    assert "secret@example.org" not in body


@pytest.mark.parametrize(
    ("query", "found"),
    [("", 3), ("?topic=water", 1), ("?town=stribro", 1), ("?year=2025", 1), ("?year=x", 0), ("?topic=none", 0)],
)
def test_news_are_narrowed_by_topic_town_and_year(
    query: str, found: int, site: dict[str, Tree], client: Client
) -> None:
    town = Town.objects.get(slug="stribro")
    trees.news(site["cs"], topics=[new_topic(slug="water")])
    trees.news(site["cs"], towns=[town])
    trees.news(site["cs"], date=moment("2025-05-05T00:00:00+00:00").date())
    assert html(client, f"/cs/novinky/{query}").count('<time class="when"') == found


def test_guide_page_shows_answers(site: dict[str, Tree], client: Client) -> None:
    questions = [("question", {"question": "Komu zavolat?", "answer": "<p>Na 112.</p>"})]
    page = trees.add(site["cs"]["faq"], GuidePage, slug="help", questions=questions)
    assert html(client, page.url).count('<details class="fold"') == 1
    assert html(client, "/cs/rady/").count('<details class="fold"') == 1


def test_material_without_a_file_has_its_summary(site: dict[str, Tree], client: Client) -> None:
    page = trees.add(site["cs"]["materials"], MaterialPage, slug="paper", summary="Three points.")
    assert "Three points." in html(client, page.url)
