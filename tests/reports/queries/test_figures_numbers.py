"""Numbers of a figure in a line: what a reader of a dashboard sees before any chart."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from reports.asked import Asked
from reports.domain.figures import correct_observation
from reports.models import Metric
from reports.queries.figures import chart_and_numbers, figure_page
from reports.queries.figures_charts import unit_words
from tests.factories.figures import krakow_interventions, new_metric, new_source, observe, year

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]

SO_FAR = {
    "period_from": date(2025, 1, 1),
    "period_until": None,
    "as_of_earliest": date(2025, 3, 3),
    "as_of_latest": date(2025, 3, 3),
}


def numbers(metric: Metric) -> list[tuple[str, str]]:
    return [(fact.label, fact.value) for fact in chart_and_numbers(metric, Asked())[1]]


def test_range_of_two_sources_then_growth_by_source_then_the_year_that_runs() -> None:
    assert numbers(krakow_interventions().metric) == [
        ("2024", "8,480–8,489, 2 official sources"),
        ("2023 → 2024", "+13.1% to +17.8% by source"),
        ("2025, incomplete", "8,956 (as of 3–15\u00a0December\u00a02025)"),
    ]


def test_one_source_has_one_growth() -> None:
    metric, source = new_metric(), new_source()
    observe(metric, source, 100, **year(2023))
    observe(metric, source, 90, **year(2024))
    assert numbers(metric) == [("2024", "90"), ("2023 → 2024", "−10.0%")]


def test_only_a_part_is_known_and_nothing_is() -> None:
    metric = new_metric()
    assert numbers(metric) == []
    observe(metric, new_source(), 7, status="part", **SO_FAR)
    assert numbers(metric) == [("2025, incomplete", "7 (as of 3\u00a0March\u00a02025)")]


@pytest.mark.parametrize(
    ("counting_unit", "words"), [("event", "number of tows"), ("money", "tows"), ("ratio", "tows")]
)
def test_unit_by_itself(counting_unit: str, words: str) -> None:
    assert unit_words(new_metric(unit_en="tows", counting_unit=counting_unit)) == words


def test_history_tells_the_reason_of_a_correction_in_the_readers_language() -> None:
    metric = new_metric(name_pl="Kamery")
    row = observe(metric, new_source(), 569)
    correct_observation(
        observation=row, reasons={"cs": "Prohozené číslice.", "pl": "Zamienione cyfry."}, by=None, value=Decimal(596)
    )
    with translation.override("pl"):
        page = figure_page(metric.key, Asked())
    assert page is not None
    assert [change.why for change in page.changes] == ["Zamienione cyfry.", ""]
