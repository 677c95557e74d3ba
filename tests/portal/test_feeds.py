"""News as feeds."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from tests.factories import places, trees
from tests.factories.pages import topic as new_topic
from tests.factories.trees import Tree

if TYPE_CHECKING:
    from django.test import Client

    from region.models import RegionProfile

pytestmark = pytest.mark.once
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def site(county: RegionProfile) -> dict[str, Tree]:
    """Three Czech news, of a town, on a topic and neither, and a Polish one."""
    made = trees.trees("cs", "pl")
    trees.news(made["cs"], title="Ve městě", towns=[places.town(slug="stribro")])
    trees.news(made["cs"], title="O vodě", topics=[new_topic(slug="voda", name_cs="Voda")])
    trees.news(made["cs"], title="Vše & nic")
    trees.news(made["cs"], title="Skrytá", live=False)
    trees.news(made["pl"], title="Po polsku")
    return made


def titles(client: Client, address: str) -> list[str]:
    """Headings of the news in a feed, in their order."""
    response = client.get(address)
    assert response.status_code == 200
    root = ET.fromstring(response.content)
    entries = root.findall(f"{ATOM}entry") or root.findall("channel/item")
    return [entry.findtext(f"{ATOM}title") or entry.findtext("title") or "" for entry in entries]


@pytest.mark.parametrize("ending", ["rss", "atom"])
@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("/cs/feeds/news", ["Vše & nic", "O vodě", "Ve městě"]),
        ("/cs/feeds/news/town/stribro", ["Ve městě"]),
        ("/cs/feeds/news/topic/voda", ["O vodě"]),
        ("/pl/feeds/news", ["Po polsku"]),
    ],
)
def test_feed_holds_its_news(
    address: str, ending: str, found: list[str], site: dict[str, Tree], client: Client
) -> None:
    assert titles(client, f"{address}.{ending}") == found


def test_feed_of_an_unknown_town_is_not_found(site: dict[str, Tree], client: Client) -> None:
    assert client.get("/cs/feeds/news/town/nowhere.rss").status_code == 404


def test_item_has_the_topics_and_a_lasting_name(site: dict[str, Tree], client: Client) -> None:
    root = ET.fromstring(client.get("/cs/feeds/news/topic/voda.rss").content)
    item = root.find("channel/item")
    assert item is not None
    assert item.findtext("category") == "Voda"
    assert (item.findtext("guid") or "").endswith(":cs")


@pytest.mark.parametrize(
    "path",
    ["/cs/feeds/news.rss", "/cs/feeds/news.atom", "/cs/feeds/events.ics", "/sitemap.xml", "/robots.txt", "/"],
)
def test_nothing_is_written_to_what_is_only_read(client: Client, site: dict[str, Tree], path: str) -> None:
    assert client.post(path).status_code == 405
