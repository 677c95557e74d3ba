"""Charts in a browser: nothing stands upon anything else, and Plotly comes only when it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.browser.conftest import Reading

CHARTS = "/design/?lang={}&charts=all"
# Texts of each drawing that cover each other by more than a hair, or leave the page; map labels lie in their areas.
COVERED = """() => [...document.querySelectorAll("figure.chart > svg")].flatMap((svg) => {
    const seen = [...svg.querySelectorAll("text")].filter((text) => text.checkVisibility());
    const boxes = seen.map((text) => [text.textContent, text.getBoundingClientRect()]);
    const wide = document.documentElement.clientWidth;
    const out = boxes.filter(([, box]) => box.left < -1 || box.right > wide + 1).map(([words]) => `outside: ${words}`);
    const meet = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2
        && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 5;
    const pairs = boxes.flatMap(([words, box], index) =>
        boxes.slice(index + 1).filter(([, other]) => meet(box, other)).map(([others]) => `${words} | ${others}`));
    return [...out, ...pairs];
})"""


@pytest.mark.parametrize("language", ["cs", "pl", "en"])
@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_no_text_of_a_chart_covers_another(read: Reading, width: int, language: str) -> None:
    page = read(viewport={"width": width, "height": 900}).open(CHARTS.format(language))
    assert page.locator("figure.chart > svg").count() == 15
    assert page.evaluate(COVERED) == []


def test_covering_text_would_be_seen(read: Reading) -> None:
    page = read(viewport={"width": 360, "height": 900}).open(CHARTS.format("en"))
    page.evaluate("() => document.querySelectorAll('.val').forEach((text) => text.setAttribute('y', '20'))")
    assert page.evaluate(COVERED) != []


def test_plotly_is_loaded_only_when_a_reader_explores(read: Reading) -> None:
    from playwright.sync_api import expect

    window = read(viewport={"width": 1280, "height": 900})
    asked: list[str] = []
    window.page.on("request", lambda request: asked.append(request.url))
    page = window.open(CHARTS.format("en"))
    page.wait_for_load_state("networkidle")
    assert [address for address in asked if "plotly" in address] == []
    buttons = page.locator("[data-explore]")
    buttons.nth(0).focus()
    page.keyboard.press("Enter")
    live = page.locator(".chart-live")
    expect(live.locator(".bars .point")).to_have_count(6)  # the missing one is an empty path
    expect(live).to_be_focused()
    expect(buttons.nth(0)).to_be_hidden()
    # A second chart uses the same script; the policy has nothing to complain of, or the window would.
    buttons.nth(1).click()
    expect(page.locator(".chart-live")).to_have_count(2)
    assert len([address for address in asked if "plotly" in address]) == 1


def test_chart_that_cannot_be_explored_stays(read: Reading) -> None:
    from playwright.sync_api import expect

    window = read(viewport={"width": 1280, "height": 900})
    page = window.open(CHARTS.format("en"))
    page.route("**/plotly*", lambda route: route.abort())
    page.locator("[data-explore]").first.click()
    expect(page.get_by_text("The chart could not be loaded.")).to_be_visible()
    expect(page.locator("figure.chart > svg").first).to_be_visible()
    window.forgive("ERR_FAILED")


def test_chart_needs_no_script(read: Reading) -> None:
    from playwright.sync_api import expect

    page = read(java_script_enabled=False).open(CHARTS.format("en"))
    expect(page.locator("figure.chart > svg").first).to_be_visible()
    expect(page.locator("[data-explore]").first).to_be_hidden()
