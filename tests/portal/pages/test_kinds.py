"""One page of each kind that editors write, in each language, as a reader gets it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model

from tests.factories.pages import event_page, guide_page, material_page, news_page, town_page
from tests.factories.pictures import picture

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from portal.domain.site import Pages
    from portal.pages.base import SitePage


@pytest.mark.parametrize("make", [news_page, event_page, material_page, guide_page, town_page])
@pytest.mark.parametrize("language", ["cs", "pl", "en"])
def test_page_is_shown_under_its_heading(
    site: Pages, client: Client, make: Callable[[Pages], dict[str, SitePage]], language: str
) -> None:
    page = make(site)[language]
    shown = BeautifulSoup(client.get(page.url).content, "html.parser")
    assert [tag["lang"] for tag in shown.select("html")] == [language]
    assert [" ".join(tag.get_text().split()) for tag in shown.select("h1")] == [page.title]


def test_picture_of_a_text_has_its_caption_and_no_description_of_its_own(site: Pages, client: Client) -> None:
    body = [("picture", {"image": picture("max-1200x900", description="Most"), "caption": "Most přes řeku"})]
    page = news_page(site, words={"body": body})["cs"]
    shown = BeautifulSoup(client.get(page.url).content, "html.parser")
    assert [tag.get_text() for tag in shown.select("figure.picture figcaption")] == ["Most přes řeku"]
    assert [tag["alt"] for tag in shown.select("figure.picture img")] == ["Most"]


def test_document_of_a_text_says_its_kind_and_size(site: Pages, client: Client) -> None:
    document = get_document_model().objects.create(title="Leták", file=ContentFile(b"x" * 2048, name="letak.pdf"))
    body = [("document", {"document": document, "title": "", "summary": "Jak poznat podvod."})]
    page = news_page(site, words={"body": body})["cs"]
    shown = BeautifulSoup(client.get(page.url).content, "html.parser").select_one("ul.files")
    assert shown is not None
    assert [tag.get_text() for tag in shown.select("a")] == ["Leták"]
    assert " ".join(shown.select("span.soft")[0].get_text().split()) == "PDF, 2 kB"


def test_past_event_stands_among_the_past_ones(site: Pages, client: Client) -> None:
    start, end = datetime(2020, 6, 1, 15, tzinfo=UTC), datetime(2020, 6, 1, 17, tzinfo=UTC)
    page = event_page(site, start=start, end=end)["cs"]
    index = site["events"]["cs"].url
    links = [
        [tag["href"] for tag in BeautifulSoup(client.get(address).content, "html.parser").select("main a[href]")]
        for address in (index, f"{index}?when=past")
    ]
    assert [page.url in found for found in links] == [False, True]
