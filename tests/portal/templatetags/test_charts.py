"""The component of charts: what stands around the drawing, and that two on a page do not meet."""

from __future__ import annotations

import gzip
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.template import engines
from django.test import RequestFactory
from django.utils import translation

from portal.templatetags.words import nbsp
from portal.views.gallery_charts import all_charts, grouped, lines

STATIC = Path(settings.BASE_DIR) / "portal" / "static" / "portal"


def shown(template: str, request: Any = None, **context: Any) -> str:
    with translation.override("en"):
        return engines["django"].from_string(template).render(context, request)


def ids_of(page: str) -> list[str]:
    return re.findall(r'\bid="([^"]+)"', page)


@pytest.mark.parametrize("request_", [None, RequestFactory().get("/")], ids=["plain", "request"])
def test_two_drawings_of_one_chart_share_no_id(request_: Any) -> None:
    page = shown("{% figure chart %}{% figure chart compact=True %}{% figure chart %}", request_, chart=grouped())
    assert len(ids_of(page)) == len(set(ids_of(page)))
    used = set(re.findall(r"url\(#([^)]+)\)", page)) | set(" ".join(re.findall(r'labelledby="([^"]+)"', page)).split())
    assert used - set(ids_of(page)) == set()


def test_figure_says_its_finding_unit_note_and_sources() -> None:
    page = shown("{% figure chart level=3 %}", chart=grouped())
    assert re.findall(r"<h3[^>]*>(.*?)</h3>", page) == [grouped().title.replace("18 %", "18\u00a0%")]
    assert "Interventions in a\u00a0year. Do not compare 2025 with whole years." in page
    assert re.findall(r"<q>(.*?)</q>", page) == list(map(nbsp, grouped().sources[0].quotes))
    assert '<a href="#charts">The city&#x27;s\u00a0page about cameras</a>' in page
    assert page.count("<details") == 1


def test_card_leaves_out_table_and_sources_and_leads_on() -> None:
    page = shown('{% figure chart compact=True href="/f/" level=3 %}', chart=grouped())
    assert "<table" not in page
    assert "<q>" not in page
    assert re.findall(r'<h3[^>]*><a href="([^"]+)"', page) == ["/f/"]


def test_printed_figure_has_its_table_open_and_its_own_colours() -> None:
    page = shown("{% figure chart printed=True %}", chart=grouped())
    assert "<details" not in page
    assert page.count("<table") == 1
    assert "#14513f" in page


def test_explored_figure_names_what_is_loaded_on_demand() -> None:
    page = shown('{% figure chart explore_url="/x.json" %}', chart=grouped())
    assert re.findall(r'hidden data-explore="([^"]+)" data-plotly="([^"]+)"', page) == [
        ("/x.json", "/static/plotly/plotly.min.js")
    ]
    assert "<script" not in page


def test_notes_of_the_drawing_stand_under_it() -> None:
    page = shown("{% figure chart %}", chart=lines())
    assert "A: asked on the web as well as at the door" in page


def test_calculated_values_say_how() -> None:
    page = shown("{% figure chart %}", chart=replace(grouped(), how="A minus B."))
    assert "Calculated by us: A minus B." in page


def test_written_texts_are_escaped() -> None:
    page = shown("{% figure chart %}", chart=replace(grouped(), title="<s>", note="<i>", unit="<u>", key="<k>"))
    assert re.findall(r"<[siuk]>", page) == []


def test_twelve_charts_are_light() -> None:
    page = shown("{% for chart in charts %}{% figure chart %}{% endfor %}", charts=all_charts())
    files = [(STATIC / name).read_bytes() for name in ("site.css", "chart.css", "site.js", "chart.js")]
    assert len(all_charts()) == 12
    assert sum(len(gzip.compress(each, 6)) for each in (page.encode(), *files)) <= 60_000


def test_files_of_charts_stay_small() -> None:
    assert (STATIC / "chart.css").stat().st_size <= 8_000
    assert (STATIC / "chart.js").stat().st_size <= 2_048


def test_classes_of_rooms_reach_as_far_as_drawings_ask() -> None:
    style = (STATIC / "chart.css").read_text(encoding="utf-8")
    for letter, step, most in (("r", 8, 288 * 0.76), ("w", 16, 640 * 0.76)):
        numbers = [int(number) for number in re.findall(rf"\.{letter}(\d+) \{{padding-inline-end", style)]
        assert numbers == list(range(1, len(numbers) + 1))
        assert len(numbers) * step >= most
