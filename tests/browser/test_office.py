"""The office in a browser: home, a list, bulk actions, files; by keyboard, without JavaScript, for axe."""

from __future__ import annotations

import os
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Protocol

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from region.clock import today
from region.models import Organisation
from region.office import RECORDS, Card, Entry, Place, register_cards, register_entry
from tests.browser.test_looks import NARROW, NARROWEST, VARIANTS, faults
from tests.browser.watching import PATIENCE, Watched
from tests.factories.profiles import czech_county
from tests.factories.roles import give_role, new_organisation, with_role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

    from region.models import User

pytestmark = [
    pytest.mark.urls("tests.factories.lists"),
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
LANGUAGES = ("cs", "pl", "en")
NAMES = ("Alfa", "Beta", "Gama", "Delta", "Epsilon", "Zeta", "Theta", "Omega")


class Opening(Protocol):
    """Opens a signed-in window; options are those of Playwright's contexts."""

    def __call__(self, **options: Any) -> Watched:
        """Open one more window."""


@pytest.fixture(scope="session", autouse=True)
def database_beside_a_browser() -> None:
    """The browser's library keeps a loop running in this thread; our queries do not run in it.

    Holds to the end of the run: the test database may be taken down while the browser is still open.
    """
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture
def person(monkeypatch: pytest.MonkeyPatch) -> User:
    """Somebody of both places, for whom something waits; with organisations to look at."""
    monkeypatch.setattr("region.office._sources", {place: {} for place in Place})
    monkeypatch.setattr("region.office._entries", {})
    czech_county()
    register_entry(Entry("Samples", "samples:office-samples", ("region.enter_office",), group=RECORDS))
    for place in Place:
        register_cards(place, "samples", _cards)
    for number, name in enumerate(NAMES):
        until = today() + timedelta(days=3 * number - 3)
        made = new_organisation(name=name, member_since=date(2020, 1, 1), member_until=until)
    Organisation.objects.filter(name="Gama").update(place="moved")
    return give_role(with_role("coordinator"), "signatory", organisation=made)


def _cards(_user: User, _now: Any) -> list[Card]:
    late = today() - timedelta(days=2)
    return [
        Card("Verify an account", "/en/", "Verify", late, "of a town", is_urgent=True),
        Card("Read a letter", "/en/", "Read"),
    ]


@pytest.fixture
def window(chromium: Browser, live_server: LiveServer, person: User) -> Iterator[Opening]:
    """Opens windows in which ``person`` is signed in; none of them may have anything to complain about."""
    opened: list[Watched] = []

    def opening(**options: Any) -> Watched:
        context = chromium.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce", **options)
        context.set_default_timeout(PATIENCE)
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": _session(person), "url": live_server.url}])
        opened.append(Watched(context, live_server.url))
        return opened[-1]

    yield opening
    for one in opened:
        one.context.close()
    assert "\n".join(complaint for one in opened for complaint in one.complaints) == ""


def _session(person: User) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    return str(session.session_key)


def pages(language: str) -> dict[str, str]:
    """Addresses of every kind of page of the office."""
    office = f"/{language}/office"
    return {
        "home of the office": f"{office}/",
        "home of My": f"/{language}/my/",
        "list": f"{office}/samples/",
        "second page": f"{office}/samples/?page=2&sort=-until",
        "nothing matches": f"{office}/samples/?q=xyzzy",
        "bad filter": f"{office}/samples/?until=xyzzy",
        "views": f"{office}/samples/views/?q=a",
        "preview": f"{office}/samples/bulk/?action=move&all=1",
        "preview with a form": f"{office}/samples/bulk/?action=place&all=1",
        "nothing chosen": f"{office}/samples/bulk/?action=move",
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_no_fault(window: Opening, language: str) -> None:
    one = window()
    found = []
    for name, path in pages(language).items():
        page = one.open(path)
        for scheme, size in VARIANTS[:2]:
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size(size)
            found += [f"{name} {scheme}: {fault}" for fault in faults(page)]
    one.forgive("400")
    assert "\n".join(found) == ""


@pytest.mark.parametrize("size", [{"width": 320, "height": 700}, {"width": 768, "height": 900}])
def test_nothing_scrolls_sideways(window: Opening, size: Any) -> None:
    one = window()
    found = []
    for name, path in pages("cs").items():
        page = one.open(path)
        page.set_viewport_size(size)
        width = page.evaluate("() => document.documentElement.scrollWidth")
        if width > size["width"]:
            found.append(f"{name}: {width} px")
    one.forgive("400")
    assert found == []


def test_text_of_twice_the_size_does_not_scroll_sideways(window: Opening) -> None:
    one = window()
    found = []
    for name, path in pages("pl").items():
        page = one.open(path)
        page.set_viewport_size({"width": 640, "height": 900})
        page.evaluate("() => { document.documentElement.style.fontSize = '200%' }")
        width = page.evaluate("() => document.documentElement.scrollWidth")
        if width > 640:
            found.append(f"{name}: {width} px")
    one.forgive("400")
    assert found == []


def _places() -> dict[str, str]:
    return dict(Organisation.objects.exclude(place="").values_list("name", "place"))


def _focused(page: Page) -> str:
    return str(page.evaluate("() => document.activeElement.value || document.activeElement.textContent.trim()"))


def _tab_to(page: Page, words: str, *, most: int = 60) -> None:
    """Press Tab until something with these words has the focus."""
    for _press in range(most):
        page.keyboard.press("Tab")
        if words in _focused(page):
            return
    raise AssertionError(f"Tab never reached {words}: {_focused(page)}")


def test_keyboard_alone_changes_chosen_rows(window: Opening) -> None:
    page = window().open("/en/office/")
    page.keyboard.press("Tab")
    assert _focused(page) == "Skip to content"
    _tab_to(page, "Samples")
    page.keyboard.press("Enter")
    page.wait_for_url("**/samples/")
    _tab_to(page, str(Organisation.objects.get(name="Beta").pk))
    page.keyboard.press("Space")
    assert page.locator("[data-chosen]").inner_text() == "Chosen: 1"
    page.locator("button[name=action][value=move]").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/bulk/**")
    assert page.locator("p.lead").inner_text() == "1 will change."
    _tab_to(page, "Move")
    page.keyboard.press("Enter")
    page.wait_for_url("**/bulk/*-*/")
    assert page.locator("p.lead").inner_text() == "1 changed."
    assert faults(page) == []
    assert _places() == {"Beta": "moved", "Gama": "moved"}


def test_box_in_the_heading_chooses_the_page(window: Opening) -> None:
    page = window().open("/en/office/samples/")
    page.get_by_label("Choose all rows of this page").check()
    assert page.locator("input[name=pick]:checked").count() == 5
    assert page.locator("[data-chosen]").inner_text() == "Chosen: 5"


def test_everything_works_without_javascript(window: Opening) -> None:
    page = window(java_script_enabled=False).open("/en/office/samples/")
    page.get_by_label("Search").fill("a")
    page.get_by_role("button", name="Show").click()
    page.get_by_role("link", name="Until").click()
    page.get_by_role("link", name="Save this view").click()
    page.get_by_label("Name of the view").fill("Villages")
    page.get_by_role("button", name="Keep this view").click()
    assert page.locator(".views a[aria-current]").inner_text() == "Villages"
    page.get_by_label("All 7 rows that match").check()
    page.get_by_role("button", name="Move").click()
    assert page.locator("p.lead").inner_text() == "6 will change. 1 will not."
    page.get_by_role("button", name="Move").click()
    assert page.locator("p.lead").inner_text() == "6 changed."
    page.go_back()
    assert page.locator("p.lead").inner_text() == "Nothing will change."
    assert len(_places()) == 7


def test_file_is_downloaded(window: Opening) -> None:
    page = window().open("/en/office/samples/?q=beta")
    with page.expect_download() as taken:
        page.get_by_role("link", name="CSV").click()
    assert taken.value.suggested_filename == f"samples-{today():%Y-%m-%d}.csv"
    assert taken.value.path().read_text(encoding="utf-8-sig").splitlines()[1].startswith("Beta,municipality,")


def test_menu_opens_on_a_phone_without_javascript(window: Opening) -> None:
    page = window(java_script_enabled=False).open("/en/office/")
    page.set_viewport_size(NARROWEST)
    entry = page.get_by_role("link", name="Samples")
    assert not entry.is_visible()
    page.get_by_text("Menu", exact=True).click()
    entry.click()
    assert page.locator("h1").inner_text() == "Organisations"


def test_row_on_a_phone_has_its_box_and_labels(window: Opening) -> None:
    page = window().open("/en/office/samples/")
    page.set_viewport_size(NARROW)
    box = page.locator("input[name=pick]").first.bounding_box()
    name = page.locator("tbody th").first.bounding_box()
    assert box is not None
    assert name is not None
    assert box["x"] < name["x"]
    assert abs(box["y"] - name["y"]) < 40
