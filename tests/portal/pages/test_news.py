"""Narrowing the list of news by what stands in the address."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.http import QueryDict

from portal.models import NewsPage
from portal.pages.news import narrowed
from tests.factories import places, trees
from tests.factories.pages import topic as new_topic

if TYPE_CHECKING:
    from django.test import Client

    from region.models import RegionProfile


@pytest.mark.parametrize("query", ["topic=%00", "town=%00", "topic=a%00b", "topic=a+b", "year=0000", "year=20261"])
def test_value_that_means_nothing_never_reaches_the_database(query: str) -> None:
    assert narrowed(NewsPage.objects.all(), QueryDict(query)).query.is_empty()


@pytest.mark.parametrize("query", ["year=0000", "year=0001", "year=9999", "year=%D9%A2%D9%A0%D9%A2%D9%A6", "topic=%00"])
def test_list_narrowed_to_nothing_is_still_a_page(query: str, county: RegionProfile, client: Client) -> None:
    trees.news(trees.trees("cs")["cs"], title="Novinka")
    response = client.get(f"/cs/novinky/?{query}")
    assert (response.status_code, list(response.context["items"])) == (200, [])


@pytest.mark.parametrize(
    ("query", "found"),
    [("", ["B", "A"]), ("topic=voda", ["A"]), ("town=stribro", ["B"]), ("year=2025", ["A"]), ("year=2026", ["B"])],
)
def test_list_is_narrowed_by_topic_town_and_year(query: str, found: list[str], county: RegionProfile) -> None:
    tree = trees.trees("cs")["cs"]
    trees.news(tree, title="A", topics=[new_topic(slug="voda")], date=date(2025, 3, 1))
    trees.news(tree, title="B", towns=[places.town(slug="stribro")])
    news = narrowed(NewsPage.objects.in_language(tree["home"].locale_id), QueryDict(query))
    assert [page.title for page in news] == found
