"""The directory of towns and the overview on the home page."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from portal.pages.town_lists import directory, overview
from tests.factories import places, trees
from tests.factories.trees import Tree

if TYPE_CHECKING:
    from region.models import RegionProfile


@pytest.fixture
def tree(county: RegionProfile) -> Tree:
    """A Czech site with members of two joining dates, one town in preparation and one that has left."""
    made = trees.trees("cs")["cs"]
    for town in (
        places.town(name="Stříbro", slug="stribro", boundary=places.square(13, 49)),
        places.town(name="Horní Bříza", slug="horni-briza", member_since=date(2011, 6, 1)),
        places.town_in_preparation(name="Dobřany", slug="dobrany"),
        places.former_town(name="Manětín", slug="manetin"),
    ):
        trees.town_page(made, town)
    return made


def shown(query: dict[str, str], tree: Tree) -> dict[str, list[str]]:
    """Names of towns by heading."""
    found = directory(query, tree["towns"].locale_id, "cs")
    return {group.title: [item.name for item in group.items] for group in found["groups"]}


@pytest.mark.parametrize(
    ("query", "groups"),
    [
        ({}, {"Since 1\u00a0July\u00a02010": ["Stříbro"], "Since 1\u00a0June\u00a02011": ["Horní Bříza"]}),
        ({"q": "briza"}, {"Members": ["Horní Bříza"]}),
        ({"q": "STŘÍ"}, {"Members": ["Stříbro"]}),
        ({"q": "Praha"}, {"Members": []}),
        ({"status": "preparation"}, {"In preparation": ["Dobřany"]}),
        ({"status": "former"}, {"Former members": ["Manětín"]}),
        (
            {"status": "nonsense"},
            {"Since 1\u00a0July\u00a02010": ["Stříbro"], "Since 1\u00a0June\u00a02011": ["Horní Bříza"]},
        ),
    ],
)
def test_directory_is_narrowed_by_status_and_name(
    query: dict[str, str], groups: dict[str, list[str]], tree: Tree
) -> None:
    assert shown(query, tree) == groups


def test_tabs_count_the_towns_of_each_status(tree: Tree) -> None:
    found = directory({}, tree["towns"].locale_id, "cs")
    assert [(tab.title, tab.count, tab.current) for tab in found["tabs"]] == [
        ("Members", 1 + 1, True),
        ("In preparation", 1, False),
        ("Former members", 1, False),
    ]


def test_overview_leads_to_the_towns_pages(tree: Tree) -> None:
    found = overview(tree["home"].locale_id, "cs", date(2026, 1, 1))
    urls = [item.url for group in found.groups for item in group.items]
    assert urls == ["/cs/mesta/stribro/", "/cs/mesta/horni-briza/"]
    assert found.map is not None
    assert [area.url for area in found.map.areas] == ["/cs/mesta/stribro/"]
    assert [(numbers, tone) for numbers, tone, _words in found.legend] == [("1", "amber"), ("2", "light")]


@pytest.mark.parametrize(("others", "marks"), [(True, [False, False]), (False, [True, False])])
def test_example_is_said_once_when_every_town_is_one(others: bool, marks: list[bool], county: RegionProfile) -> None:
    tree = trees.trees("cs")["cs"]
    for invented in (True, others):
        places.town(is_example=invented, name=f"Town {invented}")
    found: Any = overview(tree["home"].locale_id, "cs", date(2026, 1, 1))
    items = [item for group in found.groups for item in group.items]
    assert sorted((item.demo for item in items), reverse=True) == marks
    assert found.invented == others
