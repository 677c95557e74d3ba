"""Every kind of page: no fault that axe finds, no sideways scrolling on a narrow screen, small to load."""

from __future__ import annotations

import gzip
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlsplit

import pytest
from django.apps import apps
from wagtail.models import Page as WagtailPage

from tests.browser.addresses import ADDRESS, FINDER, LANGUAGES, MESSAGE, SEARCH, WORD, assignment, districts, pages

if TYPE_CHECKING:
    from playwright.sync_api import Page, Response, ViewportSize

    from tests.browser.conftest import Reading
    from tests.browser.serving import Portal
    from tests.browser.watching import Watched

NARROW: ViewportSize = {"width": 360, "height": 780}
WIDE: ViewportSize = {"width": 1280, "height": 900}
NARROWEST: ViewportSize = {"width": 320, "height": 700}
# Compressed bytes of HTML, CSS and JavaScript of a page without map or chart.
BUDGET = 30 * 1024
AXE = files("axe_playwright_python") / "axe.min.js"
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
Scheme = Literal["light", "dark"]
VARIANTS: list[tuple[Scheme, ViewportSize]] = [("light", WIDE), ("dark", NARROW), ("dark", WIDE), ("light", NARROW)]


@pytest.fixture(scope="session")
def kinds(portal: Portal) -> dict[str, dict[str, str]]:
    """Paths by language and kind of page: one of each, Wagtail's and ours."""
    found = pages(portal.database)
    slug, code = districts(portal.database)
    person = assignment(portal.database)
    for language in LANGUAGES:
        finder = f"/{language}/{FINDER[language]}/"
        search = f"/{language}/{SEARCH[language]}/"
        found[language] |= {
            "finder": finder,
            "finder: address": f"{finder}?address={ADDRESS}",
            "finder: nothing": f"{finder}?address=Xyzzyqwk",
            "finder: town": f"{finder}{slug}/",
            "finder: district": f"{finder}{slug}/{code}/",
            "finder: message": f"{finder}{person}/{MESSAGE[language]}/",
            "search": search,
            "search: found": f"{search}?q={WORD}",
            "search: nothing": f"{search}?q=Xyzzyqwk",
            "not found": f"/{language}/xyzzy/",
            "gallery": f"/design/?language={language}",
            "gallery: charts": f"/design/?lang={language}&charts=all",
        }
    return found


def faults(page: Page) -> list[str]:
    """What axe finds on the page as it stands."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    violations: list[dict[str, Any]] = page.evaluate("async (rules) => (await axe.run(rules)).violations", RULES)
    return [f"{found['id']}: {node['html'][:160]}" for found in violations for node in found["nodes"]]


def test_every_kind_of_page_has_an_example(kinds: dict[str, dict[str, str]]) -> None:
    models = {
        model._meta.model_name for model in apps.get_app_config("portal").get_models() if issubclass(model, WagtailPage)
    }
    assert {language: models - set(found) for language, found in kinds.items()} == {
        language: set() for language in LANGUAGES
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_no_fault(read: Reading, kinds: dict[str, dict[str, str]], language: str) -> None:
    """In light and dark, wide and narrow: two of the four pairs in Czech, one in Polish and one in English."""
    window = read()
    variants = {"cs": VARIANTS[:2], "pl": VARIANTS[2:3], "en": VARIANTS[3:]}[language]
    found = []
    for kind, path in kinds[language].items():
        if language != "cs" and kind.startswith("gallery"):
            continue  # what it holds is the same, and it is by far the longest page
        page = window.open(path)
        for scheme, size in variants:
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size(size)
            found += [f"{kind} {path} {scheme} {size['width']}: {fault}" for fault in faults(page)]
    window.forgive("404")
    assert "\n".join(found) == ""


def test_axe_finds_a_planted_fault(reader: Watched) -> None:
    page = reader.open("/cs/")
    page.evaluate("() => document.querySelector('main').append(document.createElement('img'))")
    assert [fault.split(":")[0] for fault in faults(page)] == ["image-alt"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_of_320_pixels_does_not_scroll_sideways(
    read: Reading, kinds: dict[str, dict[str, str]], language: str
) -> None:
    window = read(viewport=NARROWEST)
    found = []
    for kind, path in kinds[language].items():
        page = window.open(path)
        width = page.evaluate("() => document.documentElement.scrollWidth")
        if width > NARROWEST["width"]:
            found.append(f"{kind} {path}: {width} px")
    window.forgive("404")
    assert "\n".join(found) == ""


def test_text_of_twice_the_size_does_not_scroll_sideways(read: Reading, kinds: dict[str, dict[str, str]]) -> None:
    window = read(viewport={"width": 640, "height": 900})
    found = []
    for kind, path in kinds["cs"].items():
        page = window.open(path)
        page.evaluate("() => { document.documentElement.style.fontSize = '200%' }")
        width = page.evaluate("() => document.documentElement.scrollWidth")
        if width > 640:
            found.append(f"{kind} {path}: {width} px")
    window.forgive("404")
    assert "\n".join(found) == ""


def _weight(response: Response | None) -> dict[str, int]:
    """Compressed bytes of a piece of HTML, CSS or JavaScript, by its path."""
    kind = response.headers.get("content-type", "").split(";")[0] if response else ""
    if response is None or kind not in {"text/html", "text/css", "text/javascript", "application/javascript"}:
        return {}
    return {urlsplit(response.url).path: len(gzip.compress(response.body(), 6))}


@pytest.mark.parametrize("kind", ["newspage", "standardpage", "guidepage", "eventpage", "search", "finder: district"])
def test_page_without_map_is_light(read: Reading, kinds: dict[str, dict[str, str]], kind: str) -> None:
    window = read()
    weights: dict[str, int] = {}
    window.page.on("requestfinished", lambda request: weights.update(_weight(request.response())))
    window.open(kinds["cs"][kind])
    window.page.wait_for_load_state("networkidle")
    assert sum(weights.values()) <= BUDGET, weights


def test_page_moves_nothing_for_those_who_ask_for_calm(reader: Watched) -> None:
    page = reader.open("/cs/")
    assert page.evaluate("() => document.getAnimations().length") == 0
