"""A coordinator imports a file on screen and undoes it: by mouse, by keyboard, and once without JavaScript."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.browser.conftest import Reading
    from tests.browser.serving import Portal
    from tests.browser.watching import Watched

HOME = "/en/office/imports/"
# New in every run, so that a portal kept between runs serves as well.
NUMBER = int(time.time()) % 900_000 + 100_000


def _sign_in(window: Watched, portal: Portal) -> Page:
    page = window.open("/en/account/login/")
    page.locator("[name=login]").fill(portal.accounts["coordinator"].email)
    page.locator("[name=password]").fill(portal.accounts["coordinator"].password)
    page.locator("form:has([name=password]) button[type=submit]").first.click()
    page.wait_for_url("**/office/**")
    return page


def _file(folder: Path, code: int) -> Path:
    path = folder / f"towns-{code}.csv"
    path.write_bytes(f"x;obec;druh\n{code};Zkušebnice {code};obec\n;Bezkódová;obec\n".encode("cp1250"))
    return path


def _upload(page: Page, portal: Portal, path: Path) -> None:
    page.goto(f"{portal.url}{HOME}new/")
    page.locator("[name=importer][value=towns]").check()
    page.locator("[name=file]").set_input_files(path)
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/columns/")


def _press(page: Page, selector: str, address: str) -> None:
    """Reach a button or link by keyboard alone, and press it."""
    page.locator(selector).focus()
    page.keyboard.press("Enter")
    page.wait_for_url(address)


@pytest.mark.parametrize(
    "options",
    [{}, {"java_script_enabled": False}, {"viewport": {"width": 360, "height": 740}}],
    ids=["wide", "no script", "phone"],
)
def test_coordinator_imports_towns_and_undoes_it(
    read: Reading, portal: Portal, tmp_path: Path, options: dict[str, object]
) -> None:
    from playwright.sync_api import expect

    code = NUMBER + len(str(options))
    page = _sign_in(read(locale="en-GB", **options), portal)
    _upload(page, portal, _file(tmp_path, code))
    expect(page.locator("main")).to_contain_text("A column that the file must have was not found")
    page.locator("[name=column-0]").select_option("code")
    _press(page, "button[value=check]", "**/check/")
    expect(page.locator("main")).to_contain_text(f"Zkušebnice {code}")
    expect(page.locator("main")).to_contain_text("This cell must not be empty.")
    _press(page, "a[href$='/confirm/']", "**/confirm/")
    page.locator("[name=skip_rejected]").check()
    _press(page, "main form button[type=submit]", "**/imports/*/")
    expect(page.locator("h1")).to_have_text("Written")
    _press(page, "a[href$='/undo/']", "**/undo/")
    _press(page, "main form button[type=submit]", "**/imports/*/")
    expect(page.locator("h1")).to_have_text("Undone")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth") if not options else True
