"""The language switch and the addresses for search engines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from tests.factories import trees
from tests.factories.cameras import camera_system
from tests.factories.figures import new_metric
from tests.factories.trees import Tree

if TYPE_CHECKING:
    from django.test import Client

    from region.models import RegionProfile

XHTML = "{http://www.w3.org/1999/xhtml}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture
def site(county: RegionProfile) -> dict[str, Tree]:
    """A site in three languages with one piece of news in Czech and Polish, and one in Czech alone."""
    made = trees.trees("cs", "pl", "en")
    page = trees.news(made["cs"], slug="oboje")
    trees.news(made["pl"], slug="oba", translation_key=page.translation_key)
    trees.news(made["cs"], slug="jen-cesky")
    return made


def switch(client: Client, address: str) -> list[tuple[str, bool]]:
    """Addresses of the switch on a page, and whether they lead to a translation."""
    links = client.get(address).context["language_links"]
    return [(link.url, link.translated) for link in links]


def test_switch_leads_to_the_same_page(site: dict[str, Tree], client: Client) -> None:
    assert switch(client, "/cs/novinky/") == [("/cs/novinky/", True), ("/pl/aktualnosci/", True), ("/en/news/", True)]


def test_switch_says_what_is_not_translated_and_leads_home(site: dict[str, Tree], client: Client) -> None:
    assert switch(client, "/cs/novinky/oboje/") == [
        ("/cs/novinky/oboje/", True),
        ("/pl/aktualnosci/oba/", True),
        ("/en/", False),
    ]


def test_switch_keeps_the_filters_of_a_list(site: dict[str, Tree], client: Client) -> None:
    found = switch(client, "/cs/novinky/?year=2026&page=2")
    assert found[1] == ("/pl/aktualnosci/?year=2026", True)


def test_switch_on_a_view_leads_to_the_view(site: dict[str, Tree], client: Client) -> None:
    urls = [url for url, _translated in switch(client, "/en/who-is-responsible/")]
    assert urls[2] == "/en/who-is-responsible/"
    assert [url[:4] for url in urls] == ["/cs/", "/pl/", "/en/"]


def test_switch_on_a_page_that_is_not_there_leads_home(site: dict[str, Tree], client: Client) -> None:
    response = client.get("/cs/nic/")
    assert response.status_code == 404
    assert [(link.url, link.translated) for link in response.context["language_links"]] == [
        ("/cs/", False),
        ("/pl/", False),
        ("/en/", False),
    ]


def test_switch_shows_only_languages_of_the_region(
    site: dict[str, Tree], county: RegionProfile, client: Client
) -> None:
    county.languages = ["cs", "pl"]
    county.save()
    assert [url for url, _translated in switch(client, "/cs/")] == ["/cs/", "/pl/"]


@pytest.mark.parametrize(
    ("address", "codes"),
    [("/cs/novinky/", ["cs", "pl", "en"]), ("/cs/novinky/oboje/", ["cs", "pl"]), ("/cs/novinky/jen-cesky/", [])],
)
def test_page_names_its_translations(address: str, codes: list[str], site: dict[str, Tree], client: Client) -> None:
    body = client.get(address).content.decode()
    assert re.findall(r'<link rel="alternate" hreflang="(\w+)"', body) == codes
    assert re.findall(r'<link rel="canonical" href="[^"]*?(/cs/[^"]*)"', body) == [address]


def sitemap(client: Client) -> dict[str, list[str | None]]:
    """Addresses with the languages of their translations."""
    root = ET.fromstring(client.get("/sitemap.xml").content)
    return {
        (url.findtext(f"{SITEMAP}loc") or "").removeprefix("http://127.0.0.1:8000"): [
            link.get("hreflang") for link in url.findall(f"{XHTML}link")
        ]
        for url in root
    }


def test_sitemap_names_every_page_with_its_translations(site: dict[str, Tree], client: Client) -> None:
    found = sitemap(client)
    assert found["/cs/novinky/oboje/"] == ["cs", "pl"]
    assert found["/cs/novinky/jen-cesky/"] == []
    assert len([url for url in found if url.startswith("/en/")]) == len(site["en"]) + 1


def test_sitemap_names_figures_and_camera_systems_once_they_are_public(site: dict[str, Tree], client: Client) -> None:
    before = sitemap(client)
    assert not any("cisla" in url for url in before)
    new_metric(key="seen", topic="interventions")
    new_metric(key="hidden", topic="cameras", is_published=False)
    camera_system(slug="secret", is_published=False)
    added = {url for url in sitemap(client).keys() - before.keys() if url.startswith("/cs/")}
    assert added == {"/cs/cisla/", "/cs/cisla/zasahy/", "/cs/cisla/seen/"}
    assert sitemap(client)["/cs/cisla/seen/"] == ["cs", "pl", "en"]
    camera_system(slug="stod")
    added = sitemap(client).keys() - before.keys()
    assert {"/cs/cisla/kamery/", "/cs/cisla/kamery/systemy/stod/"} <= added
    assert {client.get(url).status_code for url in added} == {200}
    assert not any("hidden" in url or "secret" in url for url in added)


def test_robots_are_kept_from_the_editors_screens(county: RegionProfile, client: Client) -> None:
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert "Disallow: /admin/" in lines
    assert lines[-1] == "Sitemap: http://127.0.0.1:8000/sitemap.xml"


@pytest.mark.parametrize(
    ("accepted", "address"), [("pl,en;q=0.5", "/pl/"), ("de", "/cs/"), ("en-GB", "/en/"), ("", "/cs/")]
)
def test_root_leads_to_the_readers_language(accepted: str, address: str, county: RegionProfile, client: Client) -> None:
    response = client.get("/", headers={"accept-language": accepted})
    assert (response.status_code, response["Location"]) == (302, address)
    assert "Accept-Language" in response["Vary"]
