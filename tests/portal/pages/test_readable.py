"""A page that only some may read stands in no list, menu, feed, calendar or sitemap."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from wagtail.models import PageViewRestriction

from portal.models import GuidePage, MaterialPage, StandardPage
from tests.factories import places, trees
from tests.factories.pages import topic as new_topic

if TYPE_CHECKING:
    from django.test import Client

    from portal.pages.base import SitePage
    from region.models import RegionProfile

pytestmark = pytest.mark.once
SECRET = "Neverejne"


@pytest.fixture
def pages(county: RegionProfile) -> dict[str, SitePage]:
    """A Czech site with a page of every kind that lists show, called SECRET or under that part of the address."""
    tree = trees.trees("cs")["cs"]
    town, topics = places.town(name="Stribro", slug="stribro"), [new_topic(slug="voda")]
    trees.news(tree, title="Novinka", slug="novinka", topics=topics)
    words: dict[str, Any] = {"title": SECRET, "slug": "neverejne"}
    return {
        **tree,
        "town": trees.town_page(tree, town, **words),
        "one news": trees.news(tree, **words, towns=[town], topics=topics, date=date(2019, 1, 1)),
        "one event": trees.event(tree, **words, town=town),
        "one guide": trees.add(tree["faq"], GuidePage, **words),
        "one material": trees.add(tree["materials"], MaterialPage, **words, summary="Text."),
        "below": trees.add(tree["about"], StandardPage, **words),
        "below programme": trees.add(tree["programme"], StandardPage, **words),
        "top": trees.add(tree["home"], StandardPage, title="Nahore", slug="neverejne"),
    }


def shows(client: Client, address: str, words: str) -> bool:
    """Whether the words stand in what a reader gets."""
    response = client.get(address)
    assert response.status_code == 200
    return words in response.content.decode()


LISTS = [
    ("one news", "/cs/", "/novinky/neverejne/"),
    ("one news", "/cs/novinky/", SECRET),
    ("one news", "/cs/novinky/", "2019</option>"),
    ("one news", "/cs/novinky/", ">Stribro</option>"),
    ("one news", "/cs/novinky/novinka/", SECRET),
    ("one news", "/cs/mesta/neverejne/", "/novinky/neverejne/"),
    ("one news", "/cs/feeds/news.rss", SECRET),
    ("one news", "/cs/feeds/news/town/stribro.atom", SECRET),
    ("one event", "/cs/", "/akce/neverejne/"),
    ("one event", "/cs/akce/", SECRET),
    ("one event", "/cs/akce/", ">Stribro</option>"),
    ("one event", "/cs/mesta/neverejne/", "/akce/neverejne/"),
    ("one event", "/cs/feeds/events.ics", SECRET),
    ("one guide", "/cs/rady/", SECRET),
    ("one material", "/cs/materialy/", SECRET),
    ("below", "/cs/o-webu/", "/o-webu/neverejne/"),
    ("below programme", "/cs/program/", "/program/neverejne/"),
    ("top", "/cs/kontakty/", 'href="/cs/neverejne/"'),
    ("town", "/cs/", "/mesta/neverejne/"),
    ("town", "/cs/mesta/", "/mesta/neverejne/"),
    ("town", "/cs/akce/neverejne/", "/mesta/neverejne/"),
    ("one news", "/sitemap.xml", "/novinky/neverejne/"),
]


@pytest.mark.parametrize(("key", "address", "words"), LISTS)
def test_restricted_page_is_not_listed(
    key: str, address: str, words: str, pages: dict[str, SitePage], client: Client
) -> None:
    before = shows(client, address, words)
    PageViewRestriction.objects.create(page=pages[key].page_ptr, restriction_type=PageViewRestriction.LOGIN)
    assert (before, shows(client, address, words)) == (True, False)


def test_pages_below_a_restricted_one_are_not_listed(pages: dict[str, SitePage], client: Client) -> None:
    PageViewRestriction.objects.create(page=pages["news"].page_ptr, restriction_type=PageViewRestriction.LOGIN)
    assert shows(client, "/cs/", "/novinky/neverejne/") is False
    assert shows(client, "/cs/feeds/news.rss", SECRET) is False


def test_calendar_file_of_a_restricted_event_is_not_given(pages: dict[str, Any], client: Client) -> None:
    event = pages["one event"]
    PageViewRestriction.objects.create(page=event.page_ptr, restriction_type=PageViewRestriction.LOGIN)
    assert client.get(f"/cs{event.calendar_url()[3:]}").status_code == 404
