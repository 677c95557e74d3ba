"""A coordinator imports a file on screen and undoes it: by mouse, by keyboard, without JavaScript, and a long one."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from tests.browser.addresses import towns_of

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.browser.conftest import Reading
    from tests.browser.serving import Portal
    from tests.browser.watching import Watched

HOME = "/en/office/imports/"
# New in every run, so that a portal kept between runs serves as well.
NUMBER = int(time.time()) % 900_000 + 100_000
LONG = 8_000


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


def _long_file(folder: Path) -> Path:
    """Towns with decimal commas, in cp1250."""
    rows = (
        f"{NUMBER}{number:05};Obec {number} u Žihle;obec;1 234;2025;ČSÚ;49,7{number % 100:02};13,3{number % 100:02}"
        for number in range(LONG)
    )
    path = folder / "towns-long.csv"
    path.write_bytes("\n".join(("kód;název;druh;obyvatel;rok;zdroj;lat;lon", *rows)).encode("cp1250"))
    return path


def _done(page: Page) -> int:
    """How many rows the page says are done; -1 where the work is over."""
    from playwright.sync_api import Error

    with suppress(Error):
        text = page.locator("#progress [role=status]").inner_text(timeout=3_000)
        return int("".join(filter(str.isdigit, text.partition(" of ")[0])) or 0)
    return -1


def _watch(page: Page) -> list[int]:
    """What the page told, without being loaded anew, until it told of two different numbers or the work was over."""
    told: list[int] = []
    ends = time.monotonic() + 300
    while len({*told} - {0}) < 2 and time.monotonic() < ends and (done := _done(page)) >= 0:
        told.append(done)
        page.wait_for_timeout(300)
    return told


def _follow(page: Page, portal: Portal) -> None:
    """See the bar grow, leave, come back by the list, see it go on (or the end); wait for the end."""
    page.wait_for_url("**/progress/")
    before = _watch(page)
    assert max(before, default=0) > 0, before
    assert sorted(before) == before
    page.goto(f"{portal.url}{HOME}")
    page.get_by_role("link", name="towns-long.csv").first.click()
    after = _watch(page)
    assert sorted(before + after) == before + after
    _await_end(page)


def _await_end(page: Page) -> None:
    page.wait_for_url(lambda url: not url.endswith("/progress/"), timeout=300_000)


def test_long_import_tells_how_far_it_is_to_whoever_leaves_and_returns(
    read: Reading, portal: Portal, tmp_path: Path
) -> None:
    from playwright.sync_api import expect

    page = _sign_in(read(locale="en-GB"), portal)
    before = towns_of(portal.database)
    _upload(page, portal, _long_file(tmp_path))
    page.locator("button[value=check]").click()
    _follow(page, portal)
    expect(page.locator("main")).to_contain_text(f"{LONG:,}")
    _press(page, "a[href$='/confirm/']", "**/confirm/")
    page.locator("main form button[type=submit]").click()
    _follow(page, portal)
    expect(page.locator("h1")).to_have_text("Written")
    assert len(towns_of(portal.database)) == len(before) + LONG
    _press(page, "a[href$='/undo/']", "**/undo/")
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/imports/*/**")
    _await_end(page)
    expect(page.locator("h1")).to_have_text("Undone")
    assert towns_of(portal.database) == before
