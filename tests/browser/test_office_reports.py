"""Cameras, remote access and figures in the office: three journeys of their users, and axe on what they meet."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

import pytest

from tests.browser.test_looks import NARROW, WIDE, faults

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Page

    from tests.browser.conftest import Reading
    from tests.browser.serving import Portal

    SignIn = Callable[[str, str], Page]

# New in every run, so that a portal kept between runs serves as well.
NUMBER = int(time.time()) % 900_000 + 100_000
# What no link leads to.
STATES = (
    "cameras/?q=xyzzy",
    "cameras/bulk/?action=publish&all=1",
    "cameras/bulk/?action=suspend&all=1",
    "cameras/access/?q=xyzzy",
)


@pytest.fixture
def sign_in(read: Reading, portal: Portal) -> Iterator[SignIn]:
    """Opens a window in which somebody of a role is signed in; forms that are refused answer with 422."""
    windows = []

    def signing_in(role: str, language: str) -> Page:
        windows.append(read())
        page = windows[-1].open(f"/{language}/account/login/")
        page.locator("[name=login]").fill(portal.accounts[role].email)
        page.locator("[name=password]").fill(portal.accounts[role].password)
        page.locator("form:has([name=password]) button[type=submit]").first.click()
        page.wait_for_url(re.compile("/office/"))
        return page

    yield signing_in
    for window in windows:
        window.forgive("422")


def clean(page: Page) -> None:
    """No fault for axe, and nothing wider than a phone."""
    assert faults(page) == []
    page.set_viewport_size(NARROW)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= NARROW["width"]
    page.set_viewport_size(WIDE)


def send(page: Page, **values: str) -> None:
    """Fill in a form of the office by the names of its fields and send it by keyboard."""
    for name, value in values.items():
        field = page.locator(f"main [name={name}]")
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    page.locator("main form button[type=submit]").last.press("Enter")
    page.wait_for_load_state()


def save(page: Page, **values: str) -> None:
    """The same in a form of Wagtail."""
    for name, value in values.items():
        field = page.locator(f"form [name={name}]").first
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(value)
        elif field.get_attribute("type") == "checkbox":
            field.check()
        else:
            field.fill(value)
    page.locator("footer button[type=submit]").first.press("Enter")
    page.wait_for_load_state()


def test_states_of_lists_are_clean(sign_in: SignIn, portal: Portal) -> None:
    page = sign_in("camera_registrar", "pl")
    for path in STATES:
        page.goto(f"{portal.url}/pl/office/{path}")
        clean(page)


def test_registrar_publishes_a_point_from_nothing(sign_in: SignIn, portal: Portal) -> None:
    page = sign_in("camera_registrar", "cs")
    systems = f"{portal.url}/cs/office/cameras/systems/"
    page.goto(systems)
    page.locator("main a[href*='camerasystem/add']").click()
    save(page, name_cs=f"Kamery {NUMBER}", slug=f"kamery-{NUMBER}", country="CZ", is_published="on")
    assert page.url == systems
    own = page.locator(f"section:has(#system-kamery-{NUMBER})")
    needed = own.locator(".rows--asked a")
    needed.nth(0).click()
    save(page, controller="Statutární město", notice_url="https://mesto.example/kamery")
    assert page.url == systems
    own.locator("a[href*='legalbasis/add']").first.click()
    save(page, article="čl. 6 odst. 1 písm. e)", purpose_cs="Pořádek u přechodů")
    own.locator("a[href*='dpia/add']").click()
    save(page, done_on="2024-05-01", outcome="acceptable")
    own.locator("a[href*='/cs/office/cameras/?system=']").click()
    page.locator("main .office-top a.btn, main a.btn[href$='/cameras/new/']").first.click()
    system = page.locator(f"[name=system] option:has-text('Kamery {NUMBER}')").get_attribute("value") or ""
    clean(page)
    send(page, system=system, code=f"B-{NUMBER}", name="Náměstí", stage="active")
    assert page.locator(".errors a").count() == 1
    assert page.locator("[name=name]").input_value() == "Náměstí"
    clean(page)
    send(page, since="1. 7. 2020")
    clean(page)
    page.locator("a[href$='/device/']").first.press("Enter")
    clean(page)
    page.locator("[name=analytics][value=none]").check()
    send(
        page,
        kind="fixed",
        sensor_count="1",
        has_audio="no",
        face_recognition="no",
        since="1. 7. 2020",
    )
    page.locator("a[href$='/publish/']").press("Enter")
    send(page)
    page.locator("main a[href*='/cs/cisla/kamery/body/']").first.press("Enter")
    page.wait_for_url(re.compile(rf"/B-{NUMBER}/$"))
    assert page.locator("h1").inner_text() == "Náměstí"


def test_services_get_access_that_two_approve(sign_in: SignIn, portal: Portal) -> None:
    services = sign_in("services", "pl")
    services.goto(f"{portal.url}/pl/office/cameras/access/new/")
    system = services.locator("[name=system] option").nth(1).get_attribute("value") or ""
    body = f"Komenda Policji {NUMBER}"
    send(
        services,
        system=system,
        body=body,
        purpose="Bezpieczeństwo",
        legal_basis="art. 20",
        asked_from="1.12.2030",
        asked_until="1.12.2035",
    )
    assert services.locator(".errors a").get_attribute("href") == "#id_asked_until"
    assert services.locator("[name=body]").input_value() == body
    clean(services)
    send(services, asked_until="30.11.2031")
    assert services.locator("h1").inner_text() == body
    access = services.url.partition("/office/")[2]
    registrar, head = sign_in("camera_registrar", "cs"), sign_in("head", "cs")
    for page, name in ((registrar, "approve_technically"), (head, "approve_financially"), (registrar, "grant")):
        page.goto(f"{portal.url}/cs/office/{access}")
        clean(page)
        page.locator(f"a[href$='/step/{name}/']").press("Enter")
        clean(page)
        send(page)
        assert page.url.endswith(access)
    assert services.goto(f"{portal.url}/pl/office/{access}")
    assert services.locator("main .tag").inner_text().strip().endswith("przyznany")
    registrar.locator("a[href$='/step/revoke/']").press("Enter")
    send(registrar)
    assert registrar.locator("[name=reason][aria-invalid=true]").count() == 1
    send(registrar, reason="Útvar zanikl")
    services.reload()
    assert services.locator("main .tag").inner_text().strip().endswith("odebrany")
    assert services.locator("a[href*='/renew/']").count() == 0


def test_analyst_enters_two_values_and_decides(sign_in: SignIn, portal: Portal) -> None:
    page = sign_in("analyst", "en")
    admin = f"{portal.url}/admin/snippets/reports"
    for name in ("page", "answer"):
        page.goto(f"{admin}/sourcedocument/add/")
        key = f"{name}-{NUMBER}"
        save(
            page,
            title_en=key,
            short_en=key,
            key=key,
            issuer="City",
            dated_earliest="2025-12-03",
            dated_latest="2025-12-15",
        )
    page.goto(f"{admin}/metric/add/")
    save(
        page,
        name_en=f"Calls {NUMBER}",
        key=f"calls-{NUMBER}",
        topic="interventions",
        definition_en="Calls.",
        unit_en="calls",
        counting_unit="event",
        is_published="on",
    )
    page.locator(".messages a[href*='observation/add']").click()
    page.locator("[name=source]").select_option(label=f"page-{NUMBER}")
    save(page, period_from="2024-01-01", period_until="2024-12-31", value="7500")
    page.locator(".messages a[href*='observation/add']").click()
    page.locator("[name=source]").select_option(label=f"answer-{NUMBER}")
    save(page, value="7208")
    page.locator(".messages a[href*='resolution/add']").click()
    save(page, reason="The answer is signed.", public_note_en="It was signed by the city.")
    page.goto(f"{portal.url}/en/figures/calls-{NUMBER}/")
    shown = page.locator("main").inner_text()
    assert "It was signed by the city." in shown
    assert "7,208" in shown
    assert "7,500" in shown
