"""Rules of showing figures where documents are odd: parts of years, guesses, withdrawn values, periods in periods."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from region.chart import ChartKind, PointStatus
from reports.asked import Asked
from reports.chart_table import table_of
from reports.domain.figures import correct_observation, withdraw_observation
from reports.domain.figures_conflicts import resolve_conflict
from reports.models import MetricBreak
from reports.queries.figures import FigurePage, figure_page, figure_topics
from reports.queries.figures_words import days
from tests.factories.figures import krakow_interventions, new_metric, new_source, observe, year

if TYPE_CHECKING:
    from region.models import RegionProfile

pytestmark = pytest.mark.django_db
YEAR_2025 = year(2025)
PART = {"status": "part", "as_of_earliest": date(2025, 10, 1), "as_of_latest": date(2025, 10, 1)}
WHY = {"en": "A typing error."}


@pytest.fixture(autouse=True)
def _region(city: RegionProfile) -> None:
    """Every figure belongs to a region."""


def page(key: str = "m") -> FigurePage:
    found = figure_page(key, Asked())
    assert found is not None
    return found


def line(key: str = "m") -> str:
    """The number of a figure in the list of all, and of when it is."""
    shown = next(one for topic in figure_topics() for one in topic.lines if one.key == key)
    return f"{shown.value} ({shown.when})"


def test_a_part_of_a_year_makes_no_range_with_a_whole_one() -> None:
    metric = new_metric(key="m")
    observe(metric, new_source(), 900, **YEAR_2025, **PART)
    observe(metric, new_source(), 1200, **YEAR_2025)
    assert page().title == "Interventions by camera: 1,200 (2025)"


def test_no_difference_is_told_against_a_withdrawn_value() -> None:
    metric, first, second = new_metric(key="m"), new_source(), new_source()
    for number, values in ((2023, (10, 12)), (2024, (20, 26))):
        for source, value in zip((first, second), values, strict=True):
            row = observe(metric, source, value, **year(number))
    withdraw_observation(observation=row, reasons=WHY, by=None)
    chart = page().chart
    assert chart is not None
    rows = [[cell.text for cell in cells] for cells in table_of(chart).rows]
    assert [cells[-1] for cells in rows] == ["+2 (+20.0%)", "not applicable"]


def test_no_difference_is_told_between_a_part_and_a_whole_year() -> None:
    metric, first, second = new_metric(key="m"), new_source(short_en="a"), new_source(short_en="b")
    observe(metric, first, 10, **year(2024))
    observe(metric, second, 12, **year(2024))
    observe(metric, first, 900, **YEAR_2025, **PART)
    observe(metric, second, 1200, **YEAR_2025)
    chart = page().chart
    assert chart is not None
    assert table_of(chart).rows[1][-1].text == "not applicable"


def test_three_sources_differ_by_the_widest_gap() -> None:
    metric = new_metric(key="m")
    for value in (100, 100, 150):
        observe(metric, new_source(), value)
    chart = page().chart
    assert chart is not None
    assert not chart.shows_difference
    assert "2024: the values differ by up to 50 (50.0%)." in chart.note


def test_the_list_follows_decisions() -> None:
    krakow = krakow_interventions(key="m")
    observe(krakow.metric, krakow.page, 9000, **YEAR_2025)
    row = observe(krakow.metric, krakow.answer, 9100, **YEAR_2025)
    assert line() == "9,000–9,100 (2025, 2 official sources)"
    resolve_conflict(preferred=row, reason="newer", public_notes=WHY, by=None)
    assert line() == "9,100 (2025)"


def test_a_preferred_guess_stays_a_guess() -> None:
    metric = new_metric(key="m")
    row = observe(metric, new_source(), 300, precision="approximate")
    observe(metric, new_source(), 280)
    assert page().title == "Interventions by camera: about 280–300, 2 official sources (2024)"
    resolve_conflict(preferred=row, reason="newer", public_notes=WHY, by=None)
    assert page().title == "Interventions by camera: about 300 (2024)"


def test_values_that_only_bound_do_not_grow() -> None:
    metric, source = new_metric(key="m"), new_source()
    observe(metric, source, 100, **year(2023), precision="at_least")
    observe(metric, source, 150, **year(2024))
    assert page().growth_words == ""
    assert page().title == "Interventions by camera: 150 (2024)"


def test_growth_of_guesses_is_a_guess() -> None:
    metric, source = new_metric(key="m"), new_source()
    observe(metric, source, 100, **year(2023), precision="approximate")
    observe(metric, source, 150, **year(2024))
    assert page().growth_words == "From 2023 to 2024 it changed by about +50.0%."


def test_to_date_over_more_years_is_not_called_a_year() -> None:
    metric = new_metric(key="m")
    to_date = {"period_from": date(2024, 1, 1), "period_until": None}
    observe(metric, new_source(), 5, **to_date, as_of_earliest=date(2026, 3, 1), as_of_latest=date(2026, 3, 1))
    shown = page()
    assert shown.chart is not None
    assert shown.chart.categories == ("since January\u00a02024",)
    assert shown.changes[0].period == "since January\u00a02024"


def test_a_break_within_longer_periods_ends_growth() -> None:
    metric, source = new_metric(key="m"), new_source()
    observe(metric, source, 10, period_from=date(2021, 1, 1), period_until=date(2022, 12, 31))
    observe(metric, source, 30, period_from=date(2023, 1, 1), period_until=date(2024, 12, 31))
    assert page().growth_words != ""
    MetricBreak.objects.create(metric=metric, year=2024, words_en="new method")
    assert page().growth_words == ""


def test_months_after_a_break_grow_again() -> None:
    metric, source = new_metric(key="m"), new_source()
    MetricBreak.objects.create(metric=metric, year=2024, words_en="new method")
    observe(metric, source, 10, period_from=date(2024, 2, 1), period_until=date(2024, 2, 29))
    observe(metric, source, 30, period_from=date(2024, 3, 1), period_until=date(2024, 3, 31))
    assert "+200.0%" in page().growth_words


def test_a_month_within_the_year_takes_no_growth_away() -> None:
    metric, source = new_metric(key="m"), new_source()
    observe(metric, source, 100, **year(2023))
    observe(metric, source, 9, period_from=date(2024, 1, 1), period_until=date(2024, 1, 31))
    observe(metric, source, 150, **year(2024))
    assert page().growth_words == "From 2023 to 2024 it changed by +50.0%."


def test_periods_of_different_length_make_no_line() -> None:
    metric, source = new_metric(key="m"), new_source()
    for number in range(2012, 2021):
        observe(metric, source, number, **year(number))
    shown = page().chart
    assert shown is not None
    assert shown.kind is ChartKind.LINES
    observe(metric, source, 9, period_from=date(2020, 1, 1), period_until=date(2020, 1, 31))
    shown = page().chart
    assert shown is not None
    assert shown.kind is ChartKind.BARS


def test_a_line_leaves_room_for_years_of_which_nobody_speaks() -> None:
    metric, source = new_metric(key="m"), new_source()
    for number in (*range(2010, 2018), 2020, 2021):
        observe(metric, source, number, **year(number))
    shown = page().chart
    assert shown is not None
    assert shown.categories == tuple(map(str, range(2010, 2022)))
    assert [point.value is None for point in shown.series[0].points] == [*[False] * 8, True, True, False, False]


def test_decimal_places_of_a_source_are_not_cut_off() -> None:
    metric = new_metric(key="m", decimals=0)
    observe(metric, new_source(), "13.75")
    shown = page()
    assert shown.title == "Interventions by camera: 13.75 (2024)"
    assert shown.chart is not None
    assert shown.chart.decimals == 2
    assert shown.changes[0].after == "13.75"


def test_a_quotient_of_a_part_is_a_part() -> None:
    above, below = new_metric(key="a"), new_metric(key="b")
    new_metric(key="m", numerator=above, denominator=below, decimals=1)
    source = new_source()
    row = observe(above, source, 5, **YEAR_2025)
    correct_observation(observation=row, reasons=WHY, by=None, value=Decimal(6))
    observe(below, source, 2, **YEAR_2025, **PART)
    shown = page().chart
    assert shown is not None
    assert shown.series[0].points[0].status is PointStatus.PART
    assert "as of 1" in shown.series[0].points[0].note


def test_dividing_by_at_least_gives_no_least() -> None:
    above, below = new_metric(key="a"), new_metric(key="b")
    new_metric(key="m", numerator=above, denominator=below, decimals=1)
    source = new_source()
    observe(above, source, 6)
    observe(below, source, 2, precision="at_least")
    assert page().title == "Interventions by camera: about 3.0 (2024)"


def test_days_known_to_the_year() -> None:
    assert days(date(2024, 1, 1), date(2025, 12, 31)) == "2024–2025"
