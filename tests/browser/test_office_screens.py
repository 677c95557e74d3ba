"""Every screen of the office and of My that links lead to, for each role: no fault for axe, nothing wider than it."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

import pytest

from tests.browser.people import invitation_links, new_person
from tests.browser.test_looks import NARROW, WIDE, faults
from tests.browser.watching import ERROR

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page, ViewportSize

    from tests.browser.conftest import Reading
    from tests.browser.serving import Portal
    from tests.browser.watching import Watched

TABLET: ViewportSize = {"width": 768, "height": 900}
# A4 without its margins.
PAPER: ViewportSize = {"width": 672, "height": 950}
# The menu in one row; in two it would be twice as high.
ROW = 60
LINK = re.compile(r"""<a\b[^>]*?\bhref=["']([^"']+)""")
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
# Addresses that answer with a file, not with a page.
FILES = re.compile(r"/(?:export|copy)/|\.(?:csv|xlsx|pdf)$")
# Who looks in which language, and where he or she begins.
WALKS = [
    ("coordinator", "cs", "office"),
    ("administrator", "pl", "office"),
    ("auditor", "en", "office"),
    ("finance_approver", "cs", "office"),
    ("camera_registrar", "cs", "office"),
    ("analyst", "pl", "office"),
    ("services", "pl", "office"),
    ("signatory", "pl", "my"),
    ("accountant", "en", "my"),
    ("drafter", "cs", "my"),
]
# Screens deep in it that the walk must have met.
MET = {
    "office/organisations/*/edit/",
    "office/people/*/give/",
    "office/people/*/block/",
    "office/imports/new/",
    "office/mail/hold/",
    "office/running/",
    "office/personal-data/",
    "office/audit/*/",
    "office/cameras/*/edit/",
    "office/cameras/*/device/",
    "office/cameras/*/review/",
    "office/cameras/*/step/suspend/",
    "office/cameras/access/new/",
    "office/events/spellings/",
    "office/imports/mappings/",
    "my/organisation/*/edit/",
    "my/organisation/*/invite/",
    "my/organisation/*/accounts/new/",
}


@pytest.fixture(scope="module")
def long_addresses(portal: Portal) -> None:
    """People and letters with addresses so long that they could widen a list."""
    invitation_links(portal, new_person(portal))


def _kind(path: str) -> str:
    """An address without its language and without what tells one record from another."""
    return ID.sub("*", path).split("/", 2)[2]


def _sign_in(window: Watched, portal: Portal, role: str, language: str) -> None:
    page = window.open(f"/{language}/account/login/")
    page.locator("[name=login]").fill(portal.accounts[role].email)
    page.locator("[name=password]").fill(portal.accounts[role].password)
    page.locator("form:has([name=password]) button[type=submit]").first.click()
    page.wait_for_url(re.compile(r"/(?:office|my)/"))


def _links(path: str, html: str, root: str) -> Iterator[str]:
    for link in LINK.findall(html):
        parts = urlsplit(urljoin(path, unescape(link)))
        if parts.path.startswith(root) and not FILES.search(parts.path):
            yield parts.path


def _walk(window: Watched, root: str, seen: set[str]) -> Iterator[tuple[str, Page]]:
    """One page of each kind that was not seen yet, the first that a link leads to; others are only read for links."""
    waiting, known = [root], {_kind(root)}
    while waiting:
        path = waiting.pop(0)
        if _kind(path) in seen:
            answer = window.context.request.get(f"{window.url}{path}")
            assert answer.status < ERROR, path
            html = answer.text()
        else:
            page = window.open(path)
            html = page.content()
            yield _kind(path), page
        for link in _links(path, html, root):
            if _kind(link) not in known:
                known.add(_kind(link))
                waiting.append(link)


def _complaints(page: Page) -> list[str]:
    """What is wrong on a wide screen for axe, and on all screens with the width."""
    page.set_viewport_size(WIDE)
    return faults(page) + _too_wide(page)


def _too_wide(page: Page) -> list[str]:
    """Screens on which the page is wider than they are; ends on a phone."""
    found = []
    for size in (WIDE, TABLET, NARROW):
        page.set_viewport_size(size)
        width = page.evaluate("() => document.documentElement.scrollWidth")
        found += [f"{width} px wide on {size['width']}"] if width > size["width"] else []
    return found


def test_every_screen_is_clean(read: Reading, portal: Portal) -> None:
    found, seen = [], set[str]()
    for role, language, place in WALKS:
        window = read()
        _sign_in(window, portal, role, language)
        for kind, page in _walk(window, f"/{language}/{place}/", seen):
            seen.add(kind)
            found += [f"{role} {kind}: {one}" for one in _complaints(page)]
    assert set() == MET - seen
    assert "\n".join(found) == ""


@pytest.mark.parametrize("language", ["cs", "pl", "en"])
def test_pages_that_refuse_are_clean(read: Reading, portal: Portal, language: str) -> None:
    window = read()
    _sign_in(window, portal, "drafter", language)
    found = []
    for path in ("office/", "my/organisation/xyzzy/", "account/invitation/xyzzy/"):
        found += [f"{path}: {one}" for one in _complaints(window.open(f"/{language}/{path}"))]
    window.forgive("404")
    window.forgive("403")
    window.forgive("410")
    assert "\n".join(found) == ""


@pytest.mark.usefixtures("long_addresses")
def test_long_addresses_do_not_widen_lists(read: Reading, portal: Portal) -> None:
    window = read()
    _sign_in(window, portal, "administrator", "pl")
    found = {}
    for path in ("office/invitations/", "office/mail/"):
        page = window.open(f"/pl/{path}")
        assert "plzensky-kraj-bezpecnost" in page.locator("main").inner_text()
        found[path] = _too_wide(page)
    page = window.open("/pl/office/invitations/?q=prevence")
    page.locator("tbody a").first.click()
    page.wait_for_url("**/invitations/*-*/")
    found["one"] = _too_wide(page)
    assert {path: told for path, told in found.items() if told} == {}


# An auditor sees every area, and no other role has so many entries.
@pytest.mark.parametrize("language", ["cs", "pl", "en"])
def test_longest_menu_keeps_to_one_row(read: Reading, portal: Portal, language: str) -> None:
    window = read()
    _sign_in(window, portal, "auditor", language)
    box = window.open(f"/{language}/office/").locator(".nav--office .groups").bounding_box()
    assert box
    assert box["height"] < ROW


def test_groups_of_the_menu_open_one_at_a_time_without_javascript(read: Reading, portal: Portal) -> None:
    window = read(java_script_enabled=False)
    _sign_in(window, portal, "auditor", "en")
    page = window.open("/en/office/cameras/")
    first, second = page.locator(".group").nth(0), page.locator(".group").nth(1)
    assert first.locator("summary").get_attribute("aria-current") == "true"
    first.locator("summary").press("Enter")
    assert first.locator("a").last.is_visible()
    second.locator("summary").press("Enter")
    assert not first.locator("a").last.is_visible()
    inside = [link.bounding_box() for link in second.locator("a").all()]
    assert all(box and box["x"] >= 0 and box["x"] + box["width"] <= WIDE["width"] for box in inside)


def test_open_group_closes_when_one_goes_on(read: Reading, portal: Portal) -> None:
    window = read()
    _sign_in(window, portal, "auditor", "en")
    page = window.open("/en/office/")
    group = page.locator(".group").first
    for leave in ("Escape", "Tab", "click"):
        group.locator("summary").press("Enter")
        assert group.locator("a").first.is_visible()
        assert faults(page) == []
        if leave == "click":
            page.locator("h1").click()
        for _link in group.locator("a").all() if leave == "Tab" else ():
            page.keyboard.press("Tab")
        if leave != "click":
            page.keyboard.press(leave)
        assert not group.locator("a").first.is_visible()


def test_escape_closes_the_menu_of_a_phone(read: Reading, portal: Portal) -> None:
    window = read(viewport=NARROW)
    _sign_in(window, portal, "coordinator", "en")
    page = window.open("/en/office/")
    page.locator(".menu > summary").press("Enter")
    group = page.locator(".group").first
    group.locator("summary").press("Enter")
    assert group.locator("a").first.is_visible()
    for closed in (group, page.locator(".menu")):
        page.keyboard.press("Escape")
        assert not closed.locator("a").first.is_visible()
        assert page.evaluate("() => document.activeElement.tagName") == "SUMMARY"


@pytest.mark.usefixtures("long_addresses")
@pytest.mark.parametrize(
    ("role", "path"),
    [
        ("auditor", "office/people/"),
        ("auditor", "office/mail/"),
        ("auditor", "office/audit/"),
        ("camera_registrar", "office/cameras/"),
    ],
)
def test_lists_fit_on_paper(read: Reading, portal: Portal, role: str, path: str) -> None:
    window = read(viewport=PAPER)
    _sign_in(window, portal, role, "pl")
    page = window.open(f"/pl/{path}")
    page.emulate_media(media="print")
    box = page.locator("table").bounding_box()
    assert box
    assert box["x"] + box["width"] <= PAPER["width"]
    # Each column stands under its heading, without the boxes for choosing.
    assert _lefts(page, "thead th") == _lefts(page, "tbody tr:first-child > *")


def _lefts(page: Page, cells: str) -> list[float]:
    """Where the cells that are shown begin."""
    boxes = [cell.bounding_box() for cell in page.locator(cells).all()]
    return [box["x"] for box in boxes if box and box["width"]]
