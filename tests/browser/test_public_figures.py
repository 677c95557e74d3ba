"""Figures, cameras and interventions as their readers meet them: in three languages, by keyboard, on other sites."""

from __future__ import annotations

import re
import tomllib
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from django.conf import settings

from tests.browser.people import figures_in
from tests.browser.serving import HOST, ROOT
from tests.browser.test_looks import NARROW, WIDE, faults
from tests.browser.words import word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from tests.browser.conftest import Reading
    from tests.browser.serving import Portal
    from tests.browser.watching import Watched

KRAKOW = ROOT / "portal" / "demo" / "content" / "krakow" / "metrics.toml"
INTERVENTIONS = "interventions-by-camera"
# Each page in the states that look unlike: full, narrowed, past, empty, refused.
PAGES = {
    "figures": "/cs/cisla/",
    "figure of a document": "/cs/cisla/plzen-cameras/",
    "figure of two documents": f"/cs/cisla/{INTERVENTIONS}/",
    "figure of the past": "/cs/cisla/plzen-cameras/?as_of=2020-01-01",
    "figure of a register": "/cs/cisla/cameras-points-by-surroundings/",
    "line": "/cs/cisla/interventions-by-month/",
    "map": "/cs/cisla/interventions-by-district/",
    "frame": f"/cs/cisla/{INTERVENTIONS}/embed/",
    "corrections": "/cs/cisla/opravy/",
    "interventions": "/cs/cisla/zasahy/",
    "interventions, narrowed": "/cs/cisla/zasahy/?since=2024&until=2024",
    "interventions, nothing": "/cs/cisla/zasahy/?category=wreck&since=2025&until=2024",
    "cameras": "/cs/cisla/kamery/",
    "cameras, past": "/cs/cisla/kamery/?until=2024",
    "points": "/cs/cisla/kamery/body/",
    "points, nothing": "/cs/cisla/kamery/body/?stage=rejected",
    "point": "/cs/cisla/kamery/body/PLZ-08/",
    "system": "/cs/cisla/kamery/systemy/mks-plzen/",
}
LARGE = """() => Object.assign(document.documentElement.style,
    {fontSize: "200%", letterSpacing: ".12em", wordSpacing: ".16em"})"""
FOCUS = """() => {
    const seen = document.activeElement, style = getComputedStyle(seen);
    return parseFloat(style.outlineWidth) >= 2 && style.outlineStyle !== "none" ? seen.name || seen.textContent : "";
}"""


@pytest.fixture(scope="module")
def krakow(portal: Portal) -> None:
    """The figure on which two documents of Kraków differ, beside the figures of the demo region."""
    facts = tomllib.loads(KRAKOW.read_text(encoding="utf-8"))
    own = {
        "source": facts["source"],
        "metric": [one for one in facts["metric"] if one["key"] == INTERVENTIONS],
        "observation": [one for one in facts["observation"] if one["metric"] == INTERVENTIONS],
    }
    figures_in(portal, own)


@pytest.mark.usefixtures("krakow")
def test_axe_finds_no_fault_and_nothing_leaves_a_narrow_page(read: Reading) -> None:
    window = read(viewport=NARROW)
    found = []
    for name, path in PAGES.items():
        page = window.open(path)
        page.evaluate("() => document.querySelectorAll('details').forEach((each) => { each.open = true })")
        for size in (NARROW, WIDE):
            page.set_viewport_size(size)
            found += [f"{name} {size['width']}: {fault}" for fault in faults(page)]
            found += [f"{name} {size['width']}: scrolls sideways"] * is_too_wide(page)
        # Text of twice the size, with the wide spaces that WCAG 1.4.12 names.
        page.evaluate(LARGE)
        found += [f"{name}: large text scrolls sideways"] * is_too_wide(page)
        levels = page.evaluate("() => [...document.querySelectorAll('h1,h2,h3,h4')].map((each) => +each.tagName[1])")
        steps = pairwise(levels)
        found += [f"{name}: headings {levels}"] * (levels[0] != 1 or any(after - before > 1 for before, after in steps))
    window.forgive("400")
    assert "\n".join(found) == ""


def loosely(words: str) -> re.Pattern[str]:
    """Words in which every space may be one at which no line ends."""
    return re.compile(r"\s".join(map(re.escape, words.split())))


def said(message: str, language: str) -> re.Pattern[str]:
    """The message in the reader's language, however its spaces hold together."""
    return loosely(word(message, language))


def is_too_wide(page: Page) -> bool:
    """Whether a reader would have to scroll sideways."""
    wide: bool = page.evaluate("() => document.documentElement.scrollWidth > innerWidth")
    return wide


def test_czech_citizen_finds_the_number_of_cameras_its_source_and_the_file(reader: Watched) -> None:
    from playwright.sync_api import expect

    page = reader.open("/cs/")
    page.get_by_role("navigation").get_by_role("link", name=word("Figures", "cs"), exact=True).first.click()
    page.locator("main").get_by_role("link", name=re.compile(f"{word('Open the dashboard', 'cs')}.*Kamery")).click()
    expect(page).to_have_url(re.compile("/cs/cisla/kamery/$"))
    line = page.locator("#documents ~ *, section[aria-labelledby=documents] li").filter(has_text="Plzni").first
    expect(line).to_contain_text("přibližně 300")
    page.get_by_role("link", name="Kamery v městském systému v Plzni").click()
    about = page.get_by_role("complementary", name=word("About this figure", "cs"))
    expect(about).to_contain_text("Tisková zpráva")
    expect(about.locator("q")).to_contain_text("na tři stovky kamer")
    with page.expect_download() as waited:
        page.get_by_role("link", name="CSV").click()
    rows = waited.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert "300" in rows[1]
    assert "2024" in rows[1]
    # Back leads to the list with everything as it was.
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text(word("Cameras", "cs"))


@pytest.mark.usefixtures("krakow")
def test_polish_journalist_compares_both_sources_and_shows_the_chart_on_her_site(
    read: Reading, chromium: Browser, portal: Portal
) -> None:
    from playwright.sync_api import expect

    page = read(java_script_enabled=False).open("/pl/liczby/interwencje/")
    shown = page.locator(f"section[aria-labelledby=metric-{INTERVENTIONS}]")
    for words in ("8 480–8 489, 2 oficjalne źródła", "+13,1%", "+17,8%", "8 956 (stan 3–15 grudnia 2025)"):
        expect(shown.locator("dl.facts")).to_contain_text(loosely(words))
    shown.get_by_role("link", name=said("Details and downloads", "pl")).click()
    expect(page.locator("main svg text").filter(has_text=re.compile(r"różnica 292"))).to_be_visible()
    page.get_by_text(said("Embed this figure", "pl")).click()
    code = page.locator("#embed code").inner_text()
    assert re.fullmatch(r'<iframe src="\S+/pl/liczby/[a-z-]+/embed/" title="[^"]+" [^<>]*></iframe>', code)
    with site(code.replace(settings.BASE_URL, portal.url)) as address:
        context = chromium.new_context(viewport={"width": 360, "height": 900})
        theirs = context.new_page()
        theirs.goto(address)
        drawn = theirs.frame_locator("iframe")
        expect(drawn.get_by_role("heading", level=1)).to_contain_text(re.compile("13–\u2060?18%"))
        expect(drawn.locator("figure.chart > svg")).to_be_visible()
        expect(drawn.get_by_role("link").last).to_have_attribute("target", "_blank")
        # What may not be framed stays out of the frame: the browser puts its own refusal there.
        theirs.goto(f"{address}?plain")
        assert "chrome-error://chromewebdata/" in addresses_in_frame(theirs)
        assert context.cookies() == []
        context.close()


def addresses_in_frame(page: Page) -> Iterator[str]:
    """Where the page's frame is, asked until it is somewhere: at first it is nowhere yet."""
    for _moment in range(100):
        (frame,) = page.frames[1:]
        yield frame.url
        if frame.url:
            return
        page.wait_for_timeout(100)


@contextmanager
def site(code: str) -> Iterator[str]:
    """The address of a page of another origin that holds the line of HTML; with ``?plain`` the figure's own page."""

    class Theirs(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            # Without "lazy" the page has loaded when its frame has.
            plain = code.replace("/embed/", "/").replace(' loading="lazy"', "")
            line = plain if "?plain" in self.path else code
            body = f'<!doctype html><html lang="pl"><title>x</title><body>{line}</body></html>'.encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_words: object) -> None:
            """Quiet."""

    with ThreadingHTTPServer((HOST, 0), Theirs) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_address[1]}/"
        server.shutdown()


def test_english_reader_filters_by_keyboard_without_scripts_goes_back_and_prints(read: Reading) -> None:
    from playwright.sync_api import expect

    page = read(java_script_enabled=False).open("/en/figures/interventions/")
    page.locator("select[name=until]").focus()
    seen = []
    for key in ("2024", "Tab"):
        page.keyboard.type(key) if key.isdigit() else page.keyboard.press(key)
        seen.append(page.evaluate(FOCUS))
    assert "" not in seen, "focus is not seen"
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"[?&]until=2024"))
    expect(page.locator("select[name=until]")).to_have_value("2024")
    expect(page.locator("main")).not_to_contain_text("in 2025")
    page.get_by_role("link", name=re.compile("^Details and downloads")).first.click()
    expect(page).to_have_url(re.compile(r"[?&]until=2024"))
    page.go_back()
    expect(page.locator("select[name=until]")).to_have_value("2024")
    page.emulate_media(media="print")
    expect(page.locator("form.filters")).to_be_hidden()
    expect(page.locator("figure.chart table").first).to_be_visible()
    assert page.pdf().startswith(b"%PDF-")
