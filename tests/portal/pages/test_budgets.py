"""How many queries a page costs when nothing is remembered, and that the number of things on it does not matter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.cache import caches
from wagtail.models import Site

from portal.snippets import Alert
from region import memory
from region.models import Town
from region.queries.officers import PHOTO_FILTER
from region.queries.profile import current_profile
from tests.factories import people, places, trees
from tests.factories.pages import topic as new_topic
from tests.factories.pictures import picture
from tests.factories.trees import Tree, moment

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django.fixtures import SettingsWrapper as Settings

    from region.models import RegionProfile
    from tests.conftest import QueryCounter


@pytest.fixture
def tree(county: RegionProfile) -> Tree:
    """A Czech site with an alert."""
    alert = Alert.objects.create(title_cs="Vítr", since=moment("2020-01-01T00:00:00+00:00"))
    photo = picture("max-1200x800")
    photo.get_rendition("max-1200x800")  # found once, it is remembered for all readers
    alert.towns = [places.town(slug="first", boundary=places.square(12, 49), photo=photo)]
    alert.save()
    made = trees.trees("cs")["cs"]
    trees.town_page(made, alert.towns.get())
    return made


def fill(tree: Tree, count: int) -> None:
    """Give the first town ``count`` more districts, people, news and events, and the site as many more towns."""
    town = Town.objects.get(slug="first")
    topic = new_topic()
    for _turn in range(count):
        district = places.district(town=town, boundary=places.square(12, 49))
        officer = people.officer(photo=picture(PHOTO_FILTER))
        people.assignment(district=district, officer=officer, substitute=people.officer())
        trees.news(tree, towns=[town], topics=[topic])
        trees.event(tree, town=town)
        trees.town_page(tree, places.town(boundary=places.square(13, 49)))


def cost(client: Client, count_queries: QueryCounter, address: str) -> int:
    """Queries of a reader when this process remembers nothing but the region's profile and the roots of the site."""
    caches["objects"].clear()
    current_profile()
    Site.get_site_root_paths()
    with count_queries() as seen:
        assert client.get(address).status_code == 200
    return len(seen)


@pytest.fixture(autouse=True)
def _outside_a_transaction(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    """Remember within a request as a server does; a test runs in a transaction, where nothing is remembered."""
    monkeypatch.setattr(memory, "in_transaction", lambda: False)
    settings.PAGE_CACHE_MB = 0


ADDRESSES = {"/cs/": 20, "/cs/mesta/first/": 16, "/cs/mesta/": 16, "/cs/novinky/": 16, "/cs/akce/": 16}


@pytest.mark.parametrize("address", ADDRESSES)
def test_queries_of_a_page_are_the_same_for_one_three_and_fifteen(
    address: str, tree: Tree, client: Client, count_queries: QueryCounter
) -> None:
    costs = []
    for more in (1, 2, 12):
        fill(tree, more)
        costs.append(cost(client, count_queries, address))
    assert costs == [costs[0]] * 3
    assert costs[0] <= ADDRESSES[address]
