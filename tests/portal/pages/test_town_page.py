"""What a town's page says of the town hall and its districts, and who may point it at another town."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup

from portal.models import TownPage
from tests.factories import places, trees
from tests.factories.accounts import new_administrator
from tests.factories.pictures import picture
from tests.factories.trees import Tree

if TYPE_CHECKING:
    from django.test import Client

    from region.models import RegionProfile


@pytest.fixture
def tree(county: RegionProfile) -> Tree:
    """A Czech site."""
    return trees.trees("cs")["cs"]


def page(client: Client) -> BeautifulSoup:
    """The page of Stříbro as a reader gets it."""
    return BeautifulSoup(client.get("/cs/mesta/stribro/").content, "html.parser")


def test_town_hall_can_be_reached_from_the_page(tree: Tree, client: Client) -> None:
    trees.town_page(tree, places.town(slug="stribro", data_box="abc123", website="https://stribro.example"))
    panel = page(client).select("aside[aria-labelledby=town-hall] li")
    assert [item.get_text(" ", strip=True) for item in panel][2:3] == ["Datová schránka: abc123"]
    assert [tag["href"] for item in panel for tag in item.select("a")] == [
        "tel:+420377111222",
        "https://stribro.example",
        "/cs/kdo-odpovida/stribro/zprava/",
    ]


def test_town_hall_of_which_nothing_is_known_leaves_no_block(tree: Tree, client: Client) -> None:
    trees.town_page(tree, places.town(slug="stribro", phone="", email=""))
    assert page(client).select("#town-hall") == []


def test_photo_is_shown_with_its_description(tree: Tree, client: Client) -> None:
    photo = picture("max-1200x800", description="Náměstí")
    trees.town_page(tree, places.town(slug="stribro", photo=photo))
    assert [tag["alt"] for tag in page(client).select("figure.picture img")] == ["Náměstí"]


def test_districts_say_their_streets_and_lie_on_a_map_that_moves(tree: Tree, client: Client) -> None:
    town = places.town(slug="stribro")
    places.district(town=town, name="Střed", streets="Dlouhá, Krátká", boundary=places.square(13, 49))
    trees.town_page(tree, town)
    shown = page(client)
    assert [tag.get_text() for tag in shown.select("ol.plates .small")] == ["Dlouhá, Krátká"]
    assert [str(tag["data-data"]).rsplit("?")[-1] for tag in shown.select("button[data-leaflet]")] == ["town=stribro"]


@pytest.mark.parametrize("saved", [True, False])
def test_town_is_chosen_once(saved: bool, tree: Tree) -> None:
    town, other = places.town(), places.town()
    instance = trees.town_page(tree, town) if saved else TownPage(locale=tree["towns"].locale)
    kind = TownPage.get_edit_handler().get_form_class()
    data = {"title": "A", "slug": "a", "town": str(other.pk), "introduction": "null"}
    form = kind(data, instance=instance, parent_page=tree["towns"], for_user=new_administrator())
    form.is_valid()
    assert form.cleaned_data["town"] == (town if saved else other)
