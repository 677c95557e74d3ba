"""A citizen reads: switches language, hides an alert, searches."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.browser.addresses import LANGUAGES, SEARCH
from tests.browser.words import word

if TYPE_CHECKING:
    from tests.browser.conftest import Reading
    from tests.browser.watching import Watched

TOWNS = {"cs": "/cs/mesta/domazlice/", "pl": "/pl/miasta/domazlice/", "en": "/en/towns/domazlice/"}
NAMES = {"cs": "Čeština", "pl": "Polski", "en": "English"}


@pytest.mark.parametrize(("source", "target"), [("cs", "pl"), ("pl", "en"), ("en", "cs")])
def test_language_switch_leads_to_the_same_page(reader: Watched, source: str, target: str) -> None:
    from playwright.sync_api import expect

    page = reader.open(TOWNS[source])
    page.get_by_role("link", name=NAMES[target]).first.click()
    expect(page).to_have_url(re.compile(f"{TOWNS[target]}$"))
    expect(page.locator("html")).to_have_attribute("lang", target)


@pytest.mark.parametrize("javascript", [True, False])
def test_alert_can_be_hidden(read: Reading, javascript: bool) -> None:
    from playwright.sync_api import expect

    page = read(java_script_enabled=javascript).open("/cs/")
    banner = page.locator("[data-alert]").first
    expect(banner).to_be_visible()
    banner.get_by_text(word("Hide this notice", "cs")).click()
    expect(banner).to_be_hidden()


def test_hidden_alert_stays_hidden_on_the_next_page(reader: Watched) -> None:
    from playwright.sync_api import expect

    page = reader.open("/cs/")
    page.locator("[data-alert]").first.get_by_text(word("Hide this notice", "cs")).click()
    reader.open("/cs/mesta/")
    expect(page.locator("[data-alert]").first).to_be_hidden()


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("language", LANGUAGES)
def test_search_finds_a_town_without_its_diacritics(read: Reading, language: str, width: int) -> None:
    from playwright.sync_api import expect

    page = read(viewport={"width": width, "height": 800}).open(f"/{language}/")
    opener = page.locator("details.find summary")
    if opener.is_visible():
        opener.click()
    page.locator("#site-search").fill("domazlice")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"/{language}/{SEARCH[language]}/"))
    expect(page.locator("main").get_by_role("link", name="Domažlice").first).to_be_visible()


def test_unread_visitor_gets_no_cookie(reader: Watched) -> None:
    for path in ("/cs/", "/cs/mesta/", "/cs/kdo-odpovida/", TOWNS["cs"]):
        reader.open(path)
    assert reader.context.cookies() == []
