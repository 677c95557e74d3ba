"""Signing in with a passkey, an app, a recovery code, a code by e-mail; every page of one's account looked over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.people import letter_code, new_person
from tests.browser.test_looks import faults
from tests.browser.watching import Watched
from tests.factories.factors import app_code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from tests.browser.serving import Account, Portal

ANONYMOUS = (
    "login",
    "login/code",
    "signup",
    "inactive",
    "password/reset",
    "password/reset/done",
    "3rdparty/login/cancelled",
)
OWN = ("", "details", "email", "password/change", "2fa", "2fa/webauthn", "sessions", "logout", "reauthenticate")
PROTECTED = ("2fa/totp/activate", "2fa/webauthn/add")


@pytest.fixture
def person(portal: Portal) -> Account:
    return new_person(portal)


@pytest.fixture
def window(chromium: Browser, portal: Portal) -> Iterator[Watched]:
    """A window under the name localhost: browsers give no passkeys to an address of numbers."""
    context = chromium.new_context(
        viewport={"width": 1280, "height": 900}, locale="en-GB", reduced_motion="reduce", accept_downloads=True
    )
    context.set_default_timeout(20_000)
    watched = Watched(context, portal.url.replace("127.0.0.1", "localhost"))
    yield watched
    context.close()
    assert watched.complaints == []


def sign_in(window: Watched, account: Account) -> Page:
    page = window.open("/en/account/login/")
    page.locator("[name=login]").fill(account.email)
    page.locator("[name=password]").fill(account.password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda url: "/account/login/" not in url)
    return page


def sign_out(window: Watched) -> Page:
    page = window.open("/en/account/logout/")
    page.locator("main").get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/account/login/")
    return page


def confirm(page: Page, account: Account) -> None:
    page.wait_for_url("**/account/reauthenticate/**")
    page.locator("[name=password]").fill(account.password)
    page.get_by_role("button", name="Continue").click()


def problems(page: Page) -> list[str]:
    """What axe finds, wide and narrow, and whether the narrow page scrolls sideways."""
    found = faults(page)
    page.set_viewport_size({"width": 320, "height": 700})
    found += faults(page)
    width = page.evaluate("() => document.documentElement.scrollWidth")
    page.set_viewport_size({"width": 1280, "height": 900})
    return found + ([f"{width} px wide"] if width > 320 else [])


def looked_over(window: Watched, *paths: str) -> None:
    """Nothing is wrong with these pages of one's account."""
    found = {path: problems(window.open(f"/en/account/{path}/")) for path in paths}
    assert {path: told for path, told in found.items() if told} == {}


def is_in(window: Watched) -> bool:
    return "Your account" in window.open("/en/account/").locator("h1").inner_text()


def with_authenticator(window: Watched) -> None:
    """A device that keeps passkeys and knows its owner, as a phone does."""
    session = window.context.new_cdp_session(window.page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_passkey_is_added_and_opens_the_account(window: Watched, person: Account) -> None:
    with_authenticator(window)
    page = sign_in(window, person)
    window.open("/en/account/2fa/webauthn/add/")
    confirm(page, person)
    page.locator("[name=name]").fill("Work laptop")
    page.get_by_role("button", name="Add the passkey").click()
    page.wait_for_url("**/recovery-codes/")
    assert page.locator(".codes li").count() == 10
    assert "Work laptop" in window.open("/en/account/2fa/webauthn/").locator("main").inner_text()
    looked_over(window, "2fa/webauthn", "2fa/webauthn/reauthenticate")
    for name in ("Remove Work laptop", "Rename Work laptop"):
        window.open("/en/account/2fa/webauthn/").get_by_role("link", name=name).click()
        page.wait_for_url("**/keys/**")
        assert problems(page) == []
    sign_out(window)
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(lambda url: "/account/" not in url)
    assert is_in(window)
    # After the password, the passkey is the second step.
    sign_out(window)
    sign_in(window, person)
    page.wait_for_url("**/2fa/authenticate/")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(lambda url: "/account/" not in url)
    assert is_in(window)


def test_unknown_device_is_told_in_words(window: Watched) -> None:
    with_authenticator(window)
    page = window.open("/en/account/login/")
    page.get_by_role("button", name="Use a passkey").click()
    told = page.locator("[data-passkey-problem]:visible")
    told.wait_for()
    assert "You can try again" in told.inner_text()
    assert problems(page) == []


def test_app_and_recovery_code_open_the_account(window: Watched, person: Account) -> None:
    page = sign_in(window, person)
    window.open("/en/account/2fa/totp/activate/")
    confirm(page, person)
    secret = page.locator(".key").inner_text().replace(" ", "")
    page.locator("[name=code]").fill(app_code(secret))
    page.get_by_role("button", name="Connect the app").click()
    page.wait_for_url("**/recovery-codes/")
    assert page.get_by_role("button", name="Print").is_visible()
    with page.expect_download() as saving:
        page.get_by_role("link", name="Save as a file").click()
    assert saving.value.suggested_filename == "recovery-codes.txt"
    recovery = page.locator(".codes li").first.inner_text()
    looked_over(
        window, "2fa/recovery-codes", "2fa/recovery-codes/generate", "2fa/totp/deactivate", "2fa/reauthenticate"
    )
    sign_out(window)
    sign_in(window, person)
    page.wait_for_url("**/2fa/authenticate/")
    assert problems(page) == []
    page.locator("[name=code]").fill(app_code(secret, ahead=1))
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "/account/" not in url)
    sign_out(window)
    sign_in(window, person)
    page.locator("[name=code]").fill(recovery)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "/account/" not in url)
    assert "9 left" in window.open("/en/account/").locator("main").inner_text()


def test_code_by_letter_opens_the_account(window: Watched, person: Account, portal: Portal) -> None:
    page = window.open("/en/account/login/code/")
    page.locator("[name=email]").fill(person.email)
    page.get_by_role("button", name="Send me a code").click()
    page.wait_for_url("**/login/code/confirm/")
    assert problems(page) == []
    page.locator("[name=code]").fill("0000-0000")
    page.get_by_role("button", name="Sign in").click()
    page.locator(".errors").wait_for()
    assert problems(page) == []
    page.locator("[name=code]").fill(letter_code(portal, person))
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "/account/" not in url)
    assert is_in(window)


def test_everything_but_passkeys_works_without_javascript(chromium: Browser, portal: Portal, person: Account) -> None:
    context = chromium.new_context(java_script_enabled=False, locale="en-GB")
    watched = Watched(context, portal.url)
    page = sign_in(watched, person)
    assert is_in(watched)
    watched.open("/en/account/2fa/webauthn/add/")
    confirm(page, person)
    assert "Passkeys need JavaScript" in page.locator("main").inner_text()
    sign_out(watched)
    context.close()


@pytest.mark.parametrize("language", ["cs", "pl", "en"])
def test_pages_of_the_account_are_for_everybody(window: Watched, person: Account, language: str) -> None:
    found = {path: problems(window.open(f"/{language}/account/{path}/")) for path in ANONYMOUS}
    page = sign_in(window, person)
    for path in OWN:
        found[path] = problems(window.open(f"/{language}/account/{path}/".replace("//", "/")))
    window.open("/en/account/2fa/totp/activate/")
    confirm(page, person)
    for path in PROTECTED:
        found[path] = problems(window.open(f"/{language}/account/{path}/"))
    assert {path: told for path, told in found.items() if told} == {}
