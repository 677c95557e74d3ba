"""Drawings stay as they are: each kind of chart is compared with its file in tests/golden/charts.

When a change is meant, `RENEW_GOLDEN=1 pytest tests/reports/charts/test_golden.py` writes the files anew; look at
each of them in a browser at /design/?charts=all before they are committed.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from portal.views.gallery_charts import all_charts
from region.chart import Chart, ChartKind
from reports.charts.drawing import draw
from reports.charts.sheet import CARD, PAGE
from reports.charts.standalone import standalone
from tests.reports.charts.drawn import WORDS

GOLDEN = Path(__file__).resolve().parents[2] / "golden" / "charts"
CHARTS = {chart.key: chart for chart in all_charts()}


def compared(name: str, made: str) -> None:
    """Fail unless the file says the same; write it instead where that is asked for."""
    path = GOLDEN / f"{name}.svg"
    if os.environ.get("RENEW_GOLDEN"):
        path.write_text(made + "\n", encoding="utf-8")
    assert path.read_text(encoding="utf-8") == made + "\n"


@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)
def test_drawing_is_as_it_was(chart: Chart) -> None:
    svg = draw(chart, WORDS, ident="golden", description="What it shows", size=PAGE).svg
    compared(chart.key, svg.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1))


def test_drawing_for_a_card_is_as_it_was() -> None:
    svg = draw(CHARTS["interventions"], WORDS, ident="golden", size=CARD).svg
    compared("interventions-card", svg.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1))


def test_file_that_stands_alone_is_as_it_was() -> None:
    compared("interventions-file", standalone(CHARTS["interventions"], WORDS, "What it shows"))


def test_every_kind_has_its_file() -> None:
    assert {chart.kind for chart in CHARTS.values()} == set(ChartKind)


def test_no_file_is_left_over() -> None:
    names = {path.stem for path in GOLDEN.glob("*.svg")}
    assert names == {*CHARTS, "interventions-card", "interventions-file"}


@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)
def test_drawing_is_small(chart: Chart) -> None:
    assert len(draw(chart, WORDS, ident="fig1-golden", description="What it shows").svg.encode()) <= 12_000
