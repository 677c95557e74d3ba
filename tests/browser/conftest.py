"""Chromium and a running portal for the browser tests (``-m browser``)."""

from __future__ import annotations

import fcntl
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import pytest
from django.db import connection

from tests.browser.serving import DATABASE, Portal, known, serving
from tests.browser.watching import PATIENCE, Watched
from tests.plugins.prepared_database import FOLDER, Files, key_now

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
READY = "prepared"
DESKTOP = {"width": 1280, "height": 900}


class Reading(Protocol):
    """Opens a browser window; options are those of Playwright's contexts."""

    def __call__(self, **options: Any) -> Watched:
        """Open one more window."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything in this folder."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """The demo region, served. BROWSER_TEST_VAR names a folder to keep; with BROWSER_TEST_URL it is served already."""
    if address := os.environ.get("BROWSER_TEST_URL"):
        yield known(address, Path(os.environ["BROWSER_TEST_VAR"]))
        return
    kept = os.environ.get("BROWSER_TEST_VAR")
    folder = Path(kept) if kept else copied(tmp_path_factory)
    folder.mkdir(parents=True, exist_ok=True)
    with serving(folder) as running:
        yield running


def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the demo region for this process alone; the first process that asks makes it for all of them."""
    own = tmp_path_factory.mktemp("portal") / "var"
    common = tmp_path_factory.getbasetemp()
    common = common.parent if "PYTEST_XDIST_WORKER" in os.environ else common
    original = common / "prepared-portal"
    with (common / "prepared-portal.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (original / READY).exists():
            original.mkdir(exist_ok=True)
            begin_with_tables(original)
            with serving(original):
                pass
            (original / READY).touch()
    shutil.copytree(original, own)
    return own


def begin_with_tables(folder: Path) -> None:
    """Spare the portal the migrations, half of its preparation, where the other tests have kept what comes of them."""
    kept = Files(connection, FOLDER).path(key_now())
    if kept.exists():
        shutil.copy(kept, folder / DATABASE)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium."""
    from playwright.sync_api import expect, sync_playwright

    program = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not program:
        pytest.skip("Chromium is not installed")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def read(chromium: Browser, portal: Portal) -> Iterator[Reading]:
    """Opens windows; when the test is over, none of them may have had anything to complain about."""
    windows: list[Watched] = []

    def reading(**options: Any) -> Watched:
        chosen = {"viewport": DESKTOP, "color_scheme": "light", "reduced_motion": "reduce", **options}
        context = chromium.new_context(**chosen)
        context.set_default_timeout(PATIENCE)
        windows.append(Watched(context, portal.url))
        return windows[-1]

    yield reading
    for window in windows:
        window.context.close()
    assert "\n".join(complaint for window in windows for complaint in window.complaints) == ""


@pytest.fixture
def reader(read: Reading) -> Watched:
    """One ordinary window."""
    return read()
