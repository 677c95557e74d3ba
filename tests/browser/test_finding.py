"""A citizen finds out who is responsible: by address, from the list, by keyboard, without JavaScript."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.browser.addresses import FINDER, LANGUAGES
from tests.browser.words import word

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.browser.conftest import Reading
    from tests.browser.watching import Watched

ADDRESS = "Náměstí Míru 1, Domažlice"
TOWN = "Domažlice"
DISTRICT = "1"


def _ask(page: Page, language: str, address: str = ADDRESS) -> None:
    page.locator("#address").fill(address)
    page.get_by_role("button", name=word("Find the people responsible", language)).click()


def _expect_people(page: Page, language: str) -> None:
    """The page names people for the district of the address, at an address that can be kept."""
    from playwright.sync_api import expect

    expect(page).to_have_url(re.compile(f"/{language}/{FINDER[language]}/domazlice/{DISTRICT}/"))
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Historický střed")
    expect(page.locator(".people li").first).to_be_visible()
    expect(page.locator("main").get_by_text("112").first).to_be_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_address_on_the_home_page_leads_to_people(reader: Watched, language: str) -> None:
    page = reader.open(f"/{language}/")
    _ask(page, language)
    _expect_people(page, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_list_leads_to_people(reader: Watched, language: str) -> None:
    page = reader.open(f"/{language}/{FINDER[language]}/")
    page.locator("main .places").get_by_role("link", name=TOWN).first.click()
    page.locator("main").get_by_role("link", name="Historický střed").first.click()
    _expect_people(page, language)


def test_suggestion_is_chosen_by_keyboard_alone(reader: Watched) -> None:
    from playwright.sync_api import expect

    page = reader.open("/cs/")
    field = page.locator("#address")
    for _stop in range(30):
        page.keyboard.press("Tab")
        if field.evaluate("field => field === document.activeElement"):
            break
    page.keyboard.type("namesti miru 1 domazlic", delay=20)
    expect(page.get_by_role("option").first).to_contain_text(TOWN)
    page.keyboard.press("ArrowDown")
    expect(field).to_have_attribute("aria-activedescendant", "address-option-1")
    page.keyboard.press("Enter")
    _expect_people(page, "cs")


def test_click_on_the_button_counts_while_suggestions_are_open(reader: Watched) -> None:
    page = reader.open("/cs/")
    button = page.get_by_role("button", name=word("Find the people responsible", "cs"))
    before = button.bounding_box()
    page.locator("#address").fill(ADDRESS)
    page.get_by_role("option").first.wait_for()
    box = button.bounding_box()
    assert box
    # Near the edge: a button that moved when the list opens or closes would lose the click.
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 4)
    page.mouse.down()
    assert button.bounding_box() == box == before
    page.mouse.up()
    _expect_people(page, "cs")


def test_suggestions_close_when_somebody_goes_elsewhere(reader: Watched) -> None:
    from playwright.sync_api import expect

    page = reader.open("/cs/")
    field, option = page.locator("#address"), page.get_by_role("option").first
    ways: tuple[Callable[[], None], ...] = (page.locator("h1").click, lambda: page.keyboard.press("Tab"))
    for leave in ways:
        field.fill("")
        field.fill(ADDRESS)
        option.wait_for()
        leave()
        expect(option).to_be_hidden()
        expect(field).to_have_attribute("aria-expanded", "false")


def test_every_stop_of_the_keyboard_is_visible(reader: Watched) -> None:
    page = reader.open("/cs/")
    hidden = []
    for _stop in range(25):
        page.keyboard.press("Tab")
        # Links of a drawn map show the focus by the lines of their shapes, which have no outline.
        if page.evaluate(
            """() => {
                const stop = document.activeElement;
                return !stop.closest("svg") && (getComputedStyle(stop).outlineStyle === "none" || !stop.offsetWidth);
            }"""
        ):
            hidden.append(page.evaluate("() => document.activeElement.outerHTML.slice(0, 120)"))
    assert hidden == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_finder_works_without_javascript(read: Reading, language: str) -> None:
    page = read(java_script_enabled=False).open(f"/{language}/{FINDER[language]}/")
    _ask(page, language)
    _expect_people(page, language)


def test_misspelt_address_is_understood(reader: Watched) -> None:
    from playwright.sync_api import expect

    page = reader.open("/cs/")
    _ask(page, "cs", "Namesti Mirru 1, Domazlice")
    expect(page.locator("main")).to_contain_text("Náměstí Míru")


def test_unknown_address_says_what_to_do(reader: Watched) -> None:
    from playwright.sync_api import expect

    page = reader.open("/cs/")
    _ask(page, "cs", "Xyzzyqwk 99999")
    expect(page.locator("main")).to_contain_text(word("We did not find this address", "cs"))
    expect(page.locator("#address")).to_have_value("Xyzzyqwk 99999")


def test_result_opens_again_from_its_address(reader: Watched, read: Reading) -> None:
    page = reader.open("/cs/")
    _ask(page, "cs")
    _expect_people(page, "cs")
    again = read().open(page.url.removeprefix(reader.url))
    _expect_people(again, "cs")
