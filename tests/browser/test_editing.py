"""An editor signs in, writes news and changes a town; readers see it at once, although pages are kept in memory."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from tests.browser.addresses import page_id

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Reading
    from tests.browser.serving import Portal
    from tests.browser.watching import Watched

NEWS = "/cs/novinky/"
TOWN = "/cs/mesta/domazlice/"
# New in every run, so that a portal kept between runs serves as well.
NUMBER = int(time.time()) % 900_000 + 100_000
TITLE = f"Nové přechody {NUMBER}"


def _sign_in(window: Watched, portal: Portal, role: str) -> Page:
    page = window.open("/admin/login/")
    page.locator("[name=login]").fill(portal.accounts[role].email)
    page.locator("[name=password]").fill(portal.accounts[role].password)
    page.locator("form[action$='/account/login/'] button[type=submit]").click()
    page.wait_for_url("**/admin/")
    return page


def _act(page: Page, selector: str) -> None:
    """Press one of the buttons under Wagtail's form; all but the first lie in a menu."""
    button = page.locator(f"footer {selector}").first
    if not button.is_visible():
        page.locator("footer [data-w-dropdown-target=toggle]").first.click()
    button.click()
    page.locator(".messages .success").first.wait_for()


@pytest.mark.parametrize("locale", ["cs-CZ", "pl-PL", "en-GB"])
def test_sign_in_speaks_the_language_of_the_editor(read: Reading, locale: str) -> None:
    from playwright.sync_api import expect

    page = read(locale=locale).open("/admin/login/")
    expect(page.locator("html")).to_have_attribute("lang", locale[:2])


def test_news_of_an_editor_is_published_and_seen_at_once(read: Reading, portal: Portal) -> None:
    from playwright.sync_api import expect

    public = read()
    expect(public.open(NEWS).locator("main")).not_to_contain_text(TITLE)
    writing = _sign_in(read(locale="cs-CZ"), portal, "editor")
    writing.goto(f"{portal.url}/admin/pages/add/portal/newspage/{page_id(portal.database, 'newsindexpage', 'cs')}/")
    writing.locator("[name=title]").fill(TITLE)
    writing.locator("[name=lead]").fill("Město je otevře v září.")
    _act(writing, "[name=action-submit]")
    expect(public.open(NEWS).locator("main")).not_to_contain_text(TITLE)
    approving = _sign_in(read(locale="cs-CZ"), portal, "administrator")
    approving.goto(f"{portal.url}/admin/pages/{page_id(portal.database, 'newspage', 'cs', TITLE)}/edit/")
    _act(approving, "[data-workflow-action-name=approve]")
    expect(public.open(NEWS).locator("main")).to_contain_text(TITLE)
    public.page.get_by_role("link", name=TITLE).first.click()
    expect(public.page.get_by_role("heading", level=1)).to_contain_text(TITLE)


def test_changed_town_is_seen_at_once(read: Reading, portal: Portal) -> None:
    from playwright.sync_api import expect

    public = read()
    expect(public.open(TOWN).locator("main")).not_to_contain_text(f"{NUMBER:,}".replace(",", "\u00a0"))
    editing = _sign_in(read(locale="cs-CZ"), portal, "editor")
    editing.goto(f"{portal.url}/admin/snippets/region/town/?q=Domažlice")
    editing.locator("main").get_by_role("link", name="Domažlice", exact=True).click()
    editing.locator("[name=inhabitants]").fill(str(NUMBER))
    editing.locator("footer button[type=submit]").first.click()
    editing.locator(".messages .success").first.wait_for()
    expect(public.open(TOWN).locator("main")).to_contain_text(f"{NUMBER:,}".replace(",", "\u00a0"))
