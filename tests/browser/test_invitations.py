"""The pages behind the link of an invitation, in every state they know."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.people import PASSWORD, invitation_links, new_person
from tests.browser.test_signing_in import problems, sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Reading
    from tests.browser.serving import Account, Portal
    from tests.browser.watching import Watched


@pytest.fixture(scope="module")
def known(portal: Portal) -> Account:
    return new_person(portal)


@pytest.fixture(scope="module")
def links(portal: Portal, known: Account) -> dict[str, str]:
    return invitation_links(portal, known)


def follow(window: Watched, token: str, language: str = "en") -> Page:
    return window.open(f"/{language}/account/invitation/{token}/")


@pytest.mark.parametrize("language", ["cs", "pl", "en"])
def test_newcomer_reads_and_errs_without_a_fault(read: Reading, links: dict[str, str], language: str) -> None:
    window = read()
    page = follow(window, links["new"], language)
    assert problems(page) == []
    page.locator("[name=way][value=password]").check()
    assert problems(page) == []
    page.locator("main form button[type=submit]").click()
    page.locator(".errors").wait_for()
    assert page.locator("main .err:visible").count() == 3
    assert problems(page) == []
    window.forgive("400")


@pytest.mark.parametrize("javascript", [True, False])
def test_password_is_asked_for_where_one_is_chosen(read: Reading, links: dict[str, str], *, javascript: bool) -> None:
    page = follow(read(java_script_enabled=javascript), links["new"])
    field = page.locator("[name=password]")
    assert field.is_hidden()
    page.locator("[name=way][value=password]").check()
    assert field.is_visible()


@pytest.mark.parametrize(
    ("standing", "words"),
    [
        ("expired", "The invitation has expired."),
        ("withdrawn", "The invitation no longer holds."),
        ("used", "The invitation has been used already"),
        ("unknown", "Perhaps a part of the address was lost."),
    ],
)
def test_dead_link_says_what_to_do(read: Reading, links: dict[str, str], standing: str, words: str) -> None:
    window = read()
    page = follow(window, links.get(standing, "xyzzy"))
    assert words in page.locator("main").inner_text()
    assert problems(page) == []
    window.forgive("410")
    window.forgive("404")


def test_somebody_with_an_account_is_led_to_it_and_accepts(
    read: Reading, links: dict[str, str], known: Account
) -> None:
    window = read()
    page = follow(window, links["known"])
    assert problems(page) == []
    page.locator("main a.btn").click()
    page.wait_for_url("**/account/login/**")
    page.locator("[name=login]").fill(known.email)
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/account/invitation/")
    assert problems(page) == []
    page.get_by_role("button", name="Accept the role").click()
    page.wait_for_url(lambda url: "/invitation/" not in url)
    assert page.locator(".logo b").inner_text() == "Office"


def test_another_account_is_asked_to_sign_out(read: Reading, links: dict[str, str], known: Account) -> None:
    window = read()
    sign_in(window, known)
    page = follow(window, links["new"])
    assert "You are signed in to another account" in page.locator("main").inner_text()
    assert problems(page) == []
