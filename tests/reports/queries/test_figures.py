"""What readers see of a figure: ranges, growth by source, decisions, corrections, states of the past."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone, translation

from region.chart import Chart, ChartKind, Missing, Point, PointStatus
from reports import figures as registry
from reports.asked import Asked
from reports.domain.figures import correct_observation, withdraw_observation
from reports.domain.figures_conflicts import end_resolution, resolve_conflict
from reports.models import MetricBreak
from reports.queries.figures import FigurePage, figure_chart, figure_page, figure_topics
from reports.queries.figures_charts import headline
from reports.queries.figures_history import state_words
from reports.queries.figures_series import follows, series_of
from reports.queries.figures_values import values_of
from reports.queries.figures_words import period
from tests.factories.figures import krakow_interventions, new_metric, new_source, observe, year
from tests.factories.places import district, town

if TYPE_CHECKING:
    from region.models import RegionProfile
    from tests.conftest import QueryCounter

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _region(city: RegionProfile) -> None:
    """Every figure belongs to a region."""


def page(key: str = "interventions-by-camera", asked: Asked | None = None) -> FigurePage:
    found = figure_page(key, asked or Asked())
    assert found is not None
    return found


def chart_of(key: str = "interventions-by-camera", asked: Asked | None = None) -> Chart:
    found = figure_chart(key, asked or Asked())
    assert found is not None
    return found


def test_both_sources_are_drawn_and_the_title_tells_the_range_of_growth() -> None:
    krakow_interventions()
    shown = chart_of()
    assert shown.title == "Interventions by camera: 13–18% more in 2024 than in 2023"
    assert shown.kind is ChartKind.GROUPED
    assert shown.categories == ("2023", "2024", "2025")
    assert [one.name for one in shown.series] == ["answer", "city page"]
    assert [point.value for point in shown.series[0].points] == [7208, 8489, 8956]
    assert [point.value for point in shown.series[1].points] == [7500, 8480, None]
    assert shown.series[1].points[2].missing is Missing.UNKNOWN
    assert shown.shows_difference


def test_part_of_a_year_says_up_to_when_and_does_not_grow() -> None:
    krakow_interventions()
    shown = page()
    assert shown.chart is not None
    assert shown.chart.series[0].points[2] == Point(
        Decimal(8956), status=PointStatus.PART, note="as of 3–15\u00a0December\u00a02025"
    )
    assert "2025 is not complete (as of 3–15\u00a0December\u00a02025)" in shown.chart.note
    assert shown.growth is not None
    assert shown.growth.categories == ("2023 → 2024",)
    # In the order, so in the colours, of the sources in the chart above.
    assert shown.chart is not None
    assert [one.name for one in shown.growth.series] == [one.name for one in shown.chart.series]
    values = [one.points[0].value or 0 for one in shown.growth.series]
    assert [round(value, 1) for value in values] == [Decimal("17.8"), Decimal("13.1")]
    # The newest whole year stands first, as the range that both documents give.
    assert shown.lead.startswith("2024: 8,480–8,489, 2 official sources. Official documents give different numbers.")
    assert shown.growth_words == (
        "From 2023 to 2024 it changed by +13.1% to +17.8% by source. Growth is calculated within one source only."
    )


def test_rounding_does_not_explain_the_real_differences() -> None:
    krakow_interventions()
    note = chart_of().note
    assert "2023: rounding to 100 does not explain the difference (7,208\u00a0/ 7,500)." in note
    assert "2024: rounding to 10 does not explain the difference (8,489\u00a0/ 8,480)." in note


@pytest.mark.parametrize(
    ("values", "note"),
    [
        ((8490, 8489), "2024: rounding to 10 could explain the difference (8,490\u00a0/ 8,489)."),
        ((1800, 32400), ""),
        ((7211, 7208), ""),
        ((500, 500), ""),
    ],
)
def test_rounding_is_spoken_of_only_where_it_may_matter(values: tuple[int, int], note: str) -> None:
    metric = new_metric(key="one")
    for key, value in zip(("a", "b"), values, strict=True):
        observe(metric, new_source(key=key), value)
    assert chart_of("one").note == note


def test_headline_is_the_range_until_somebody_decides() -> None:
    krakow = krakow_interventions()
    rows = series_of(values_of(krakow.metric, as_of=None), {}).rows
    assert [headline(krakow.metric, row) for row in rows] == [
        "7,208–7,500, 2 official sources",
        "8,480–8,489, 2 official sources",
        "8,956",
    ]
    made = resolve_conflict(
        preferred=krakow.values["answer", 2024], reason="Counted anew", public_notes={"en": "Counted anew."}, by=None
    )
    decided = series_of(values_of(krakow.metric, as_of=None), {(date(2024, 1, 1), date(2024, 12, 31)): made}).rows
    assert headline(krakow.metric, decided[1]) == "8,489"


def test_a_decision_prefers_one_source_and_keeps_the_others() -> None:
    krakow = krakow_interventions()
    made = resolve_conflict(
        preferred=krakow.values["answer", 2024], reason="Counted anew", public_notes={"en": "Counted anew."}, by=None
    )
    shown = page()
    assert shown.title == "Interventions by camera: 18% more in 2024 than in 2023"
    assert shown.notes == ("Counted anew.",)
    assert shown.chart is not None
    assert shown.chart.series[0].points[1].note == "used in our totals"
    assert shown.chart.series[1].points[1].value == 8480
    end_resolution(resolution=made, by=None)
    assert page().title == "Interventions by camera: 13–18% more in 2024 than in 2023"
    assert page().notes == ()


def test_a_correction_marks_the_value_and_the_past_stays_readable() -> None:
    krakow = krakow_interventions()
    before = timezone.now()
    correct_observation(
        observation=krakow.values["page", 2023], reasons={"en": "A slip of ours."}, by=None, value=Decimal(7501)
    )
    shown = page()
    assert shown.chart is not None
    assert shown.chart.series[1].points[0] == Point(Decimal(7501), status=PointStatus.CORRECTED)
    assert [(one.before, one.after, one.reason) for one in shown.corrections] == [("7,500", "7,501", "A slip of ours.")]
    then = page(asked=Asked(as_of=before))
    assert then.chart is not None
    assert then.chart.series[1].points[0] == Point(Decimal(7500))
    assert then.corrections == ()
    assert len(shown.changes) == len(then.changes) + 1
    assert (shown.changes[0].before, shown.changes[0].after, shown.changes[0].why) == (
        "7,500",
        "7,501",
        "A slip of ours.",
    )


def test_before_anything_was_known_there_is_nothing() -> None:
    krakow_interventions()
    shown = page(asked=Asked(as_of=timezone.now() - timedelta(days=1)))
    assert shown.chart is None
    assert shown.title == "Interventions by camera"


def test_a_decision_of_today_is_not_shown_in_the_past() -> None:
    krakow = krakow_interventions()
    before = timezone.now()
    resolve_conflict(preferred=krakow.values["answer", 2024], reason="x", public_notes={"en": "x"}, by=None)
    assert page(asked=Asked(as_of=before)).notes == ()


def test_a_withdrawn_value_is_shown_and_counts_for_nothing() -> None:
    krakow = krakow_interventions()
    withdraw_observation(observation=krakow.values["page", 2023], reasons={"en": "Not ours."}, by=None)
    shown = page()
    assert shown.chart is not None
    assert shown.chart.series[1].points[0].status is PointStatus.WITHDRAWN
    assert shown.growth is None
    assert shown.title == "Interventions by camera: 18% more in 2024 than in 2023"
    assert shown.corrections[0].after == "7,500 (withdrawn)"


def test_growth_ends_at_a_break_in_the_series() -> None:
    krakow = krakow_interventions()
    MetricBreak.objects.create(metric=krakow.metric, year=2024, words_en="Other rules of counting")
    shown = page()
    assert shown.growth is None
    assert shown.growth_words == ""
    assert shown.chart is not None
    assert [(one.at, one.text) for one in shown.chart.breaks] == [(1, "Other rules of counting")]


def test_growth_is_never_taken_across_sources() -> None:
    metric = new_metric(key="one")
    observe(metric, new_source(), 100, **year(2023))
    observe(metric, new_source(), 150, **year(2024))
    shown = page("one")
    assert (shown.growth, shown.growth_words) == (None, "")
    assert shown.title == "Interventions by camera: 150 (2024)"


@pytest.mark.parametrize(
    ("values", "title"),
    [
        ((100, 50), "50% less in 2024 than in 2023"),
        ((100, 100), "as many in 2024 as in 2023"),
        ((1000, 1004), "0.4% more in 2024 than in 2023"),
    ],
)
def test_title_of_one_source(values: tuple[int, int], title: str) -> None:
    metric, source = new_metric(key="one"), new_source()
    for number, value in zip((2023, 2024), values, strict=True):
        observe(metric, source, value, **year(number))
    assert page("one").title == f"Interventions by camera: {title}"


def test_title_when_sources_disagree_about_the_direction() -> None:
    metric = new_metric(key="one")
    for values in ((100, 110), (100, 90)):
        source = new_source()
        for number, value in zip((2023, 2024), values, strict=True):
            observe(metric, source, value, **year(number))
    assert page("one").title == "Interventions by camera: between −10% and +10% in 2024 against 2023, by source"


def test_a_calculated_figure_divides_within_one_source() -> None:
    above, below = new_metric(key="cost", unit_en="zł"), new_metric(key="points")
    made = new_metric(key="cost-per-point", decimals=2, numerator=above, denominator=below, name_en="Cost of a point")
    answer, other = new_source(), new_source()
    since = {"period_from": date(2024, 5, 1), "period_until": None}
    known = {"as_of_earliest": date(2025, 12, 3), "as_of_latest": date(2025, 12, 15), **since}
    observe(above, answer, "1605167.44", **known)
    observe(below, answer, 68, **known)
    observe(below, other, 70, **known)
    shown = page(made.key)
    assert shown.title == "Cost of a point: 23,605.40 (since May\u00a02024)"
    assert shown.lead.startswith("Calculated by us: “Interventions by camera” divided by “Interventions by camera”")
    assert shown.chart is not None
    assert [[point.value for point in one.points] for one in shown.chart.series] == [[Decimal("23605.403529")]]


def test_areas_are_shown_apart_and_linked() -> None:
    metric, source, place = new_metric(key="cameras", is_state=True), new_source(), town(name="Plzeň", slug="plzen")
    observe(metric, source, 300, town=place, precision="approximate")
    observe(metric, source, 20, town=place, **year(2023))
    observe(metric, source, 5, district=district(town=place))
    shown = page("cameras")
    assert shown.kicker == "Interventions, Plzeň"
    assert shown.title == "Interventions by camera: about 300 (2024)"
    assert len(shown.elsewhere) == 1
    assert chart_of("cameras", Asked(town=place)).categories == ("2023", "2024")
    assert chart_of("cameras", Asked(since=2024)).categories == ("2024",)
    assert chart_of("cameras", Asked(until=2023)).categories == ("2023",)


def test_missing_values_keep_their_reason() -> None:
    metric, source = new_metric(key="one"), new_source()
    observe(metric, source, 0, **year(2022))
    observe(metric, source, None, missing="confidential", **year(2023))
    shown = chart_of("one")
    assert shown.series[0].points == (Point(Decimal(0)), Point(missing=Missing.CONFIDENTIAL))


def test_unpublished_and_unknown_figures_are_not_found() -> None:
    new_metric(key="draft", is_published=False)
    assert figure_page("draft", Asked()) is None
    assert figure_chart("draft", Asked()) is None
    assert figure_page("nothing", Asked()) is None


def test_texts_follow_the_language() -> None:
    krakow_interventions()
    with translation.override("cs"):
        assert page().name == "Zásahy díky kamerám"


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ((date(2023, 1, 1), date(2023, 12, 31)), (date(2024, 1, 1), date(2024, 12, 31)), True),
        ((date(2024, 1, 1), date(2024, 1, 31)), (date(2024, 2, 1), date(2024, 2, 29)), True),
        ((date(2022, 1, 1), date(2022, 12, 31)), (date(2024, 1, 1), date(2024, 12, 31)), False),
        ((date(2023, 1, 1), date(2023, 12, 31)), (date(2024, 1, 1), date(2024, 6, 30)), False),
        ((date(2023, 1, 1), None), (date(2024, 1, 1), None), False),
    ],
)
def test_only_periods_of_one_length_follow_each_other(
    before: tuple[date, date | None], after: tuple[date, date | None], expected: bool
) -> None:
    assert follows(before, after) is expected


def test_queries_do_not_grow_with_values(count_queries: QueryCounter) -> None:
    metric, source = new_metric(key="one"), new_source()
    observe(metric, source, 1, **year(2001))
    figure_page("one", Asked())
    with count_queries() as one:
        figure_page("one", Asked())
    for number in range(2002, 2010):
        observe(metric, new_source(), number, **year(number))
    with count_queries() as many:
        figure_page("one", Asked())
    assert len(one) == len(many) <= 10


def test_list_of_topics_costs_the_same_for_one_and_many(
    count_queries: QueryCounter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry, "_figures", {})
    krakow_interventions()
    figure_topics()
    with count_queries() as one:
        topics = figure_topics()
    line = topics[0].lines[0]
    assert (topics[0].code, line.name, line.value, line.when) == (
        "interventions",
        "Interventions by camera",
        "8,480–8,489",
        "2024, 2 official sources",
    )
    for number in range(3):
        observe(new_metric(topic="cameras"), new_source(), number)
    with count_queries() as many:
        figure_topics()
    assert len(one) == len(many) <= 6


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (date(2024, 1, 1), date(2024, 12, 31), "2024"),
        (date(2023, 1, 1), date(2024, 12, 31), "2023–2024"),
        (date(2024, 2, 1), date(2024, 2, 29), "February\u00a02024"),
        (date(2024, 3, 3), date(2024, 3, 9), "3–9\u00a0March\u00a02024"),
        (date(2024, 3, 30), date(2024, 4, 2), "30\u00a0March – 2\u00a0April\u00a02024"),
        (date(2023, 12, 30), date(2024, 1, 2), "30\u00a0December\u00a02023 – 2\u00a0January\u00a02024"),
        (date(2024, 3, 3), date(2024, 3, 3), "3\u00a0March\u00a02024"),
        (date(2024, 5, 1), None, "since May\u00a02024"),
        (date(2024, 5, 7), None, "since 7\u00a0May\u00a02024"),
        (date(2024, 1, 1), None, "2024"),
    ],
)
def test_periods_in_words(start: date, end: date | None, words: str) -> None:
    assert period(start, end) == words


@pytest.mark.parametrize(
    ("values", "official", "title"),
    [((5, 5), True, "5 (2024)"), ((5, 7), False, "5–7, 2 sources (2024)")],
)
def test_headline_of_two_sources(values: tuple[int, int], official: bool, title: str) -> None:
    metric = new_metric(key="one")
    for value in values:
        observe(metric, new_source(is_official=official), value)
    assert page("one").title == f"Interventions by camera: {title}"


def test_at_least_and_nothing_known() -> None:
    metric, source = new_metric(key="one"), new_source()
    observe(metric, source, 5, precision="at_least")
    assert page("one").title == "Interventions by camera: at least 5 (2024)"
    observe(new_metric(key="none"), source, None, missing="unknown")
    assert page("none").title == "Interventions by camera"


def test_list_shows_calculated_and_empty_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_figures", {})
    above, below, source = new_metric(order=1), new_metric(order=2), new_source()
    new_metric(order=3, numerator=above, denominator=below, decimals=1)
    new_metric(order=4)
    observe(above, source, 5)
    observe(below, source, 2)
    observe(above, source, 5, **year(2023))
    observe(below, source, 0, **year(2023))
    assert [line.value for line in figure_topics()[0].lines] == ["5", "2", "2.5", ""]


def test_a_district_by_itself() -> None:
    place = district()
    observe(new_metric(key="one"), new_source(), 5, district=place)
    assert page("one", Asked(district=place)).title == "Interventions by camera: 5 (2024)"


def test_a_break_after_the_last_value_is_not_drawn() -> None:
    krakow = krakow_interventions()
    MetricBreak.objects.create(metric=krakow.metric, year=2030, words_en="Later")
    assert chart_of().breaks == ()


@pytest.mark.parametrize(
    ("state", "words"),
    [({"value": None, "missing": "confidential"}, "confidential"), ({}, "."), ({"value": "1.50"}, "1.5")],
)
def test_values_of_corrections_in_words(state: dict[str, str | None], words: str) -> None:
    assert state_words(state) == words
