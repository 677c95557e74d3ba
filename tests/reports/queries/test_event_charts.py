"""Which years and months of a register are compared, marked or left out of what a chart's title finds."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from region.chart import Missing, PointStatus
from reports.asked import Asked
from reports.models import Correction, EventLoad, EventMonth, EventRegister, EventSummary
from reports.queries.event_areas import events_per_inhabitants
from reports.queries.event_charts import MOST_MONTHS, events_by_category, events_by_month, events_by_year
from reports.queries.event_counts import categories_with_events, event_years, towns_with_events
from tests.factories.event_registers import category, register
from tests.factories.places import town

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("county")]
AT = "2024-01-01T00:00Z"


def counted(into: EventRegister, *months: date, rows: int = 10, is_part: bool = False, **of: Any) -> None:
    """Whole months of a register with so many events each."""
    load, _made = EventLoad.objects.get_or_create(
        register=into, defaults={"file_name": "f.csv", "sha256": "0" * 64, "at": AT}
    )
    for month in months:
        EventMonth.objects.get_or_create(
            register=into,
            month=month,
            is_current=True,
            defaults={"load": load, "rows": rows, "is_part": is_part, "at": AT},
        )
        if rows:
            EventSummary.objects.create(register=into, month=month, year=month.year, rows=rows, **of)


def year(number: int) -> list[date]:
    return [date(number, month, 1) for month in range(1, 13)]


@pytest.fixture
def police() -> EventRegister:
    return register(key="police", name_en="Interventions", is_published=True)


def statuses(asked: Asked | None = None) -> list[tuple[str, PointStatus]]:
    chart = events_by_year(asked or Asked())
    assert chart is not None
    return [(name, point.status) for name, point in zip(chart.categories, chart.series[0].points, strict=True)]


def title(asked: Asked | None = None) -> str:
    chart = events_by_year(asked or Asked())
    assert chart is not None
    return chart.title


def test_a_year_of_eleven_whole_months_is_no_whole_year(police: EventRegister) -> None:
    counted(police, *year(2022), *year(2023)[:11])
    assert statuses() == [("2022", PointStatus.FINAL), ("2023", PointStatus.PART)]
    assert title() == "Interventions: 120 in 2022"


def test_a_year_with_one_month_that_is_not_whole_is_no_whole_year(police: EventRegister) -> None:
    counted(police, *year(2022), *year(2023)[:11])
    counted(police, date(2023, 12, 1), is_part=True)
    assert statuses() == [("2022", PointStatus.FINAL), ("2023", PointStatus.PART)]


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (10, 12, "144 in 2023, 20% more than in 2022"),
        (12, 10, "120 in 2023, 17% less than in 2022"),
        (10, 10, "120 in 2023, as many as in 2022"),
        (0, 10, "120 in 2023"),
    ],
)
def test_the_last_whole_year_is_compared_with_the_one_before(
    police: EventRegister, before: int, after: int, words: str
) -> None:
    counted(police, *year(2022), rows=before)
    counted(police, *year(2023), rows=after)
    assert title() == f"Interventions: {words}"


def test_a_year_is_compared_with_no_other_than_the_whole_one_before(police: EventRegister) -> None:
    counted(police, *year(2020), *year(2022))
    assert title() == "Interventions: 120 in 2022"
    counted(police, *year(2021)[:6])
    assert title() == "Interventions: 120 in 2022"


def test_only_the_category_that_is_asked_for_is_counted(police: EventRegister) -> None:
    noise, wrecks = category("noise"), category("wrecks")
    counted(police, *year(2022), rows=3, category=noise)
    counted(police, *year(2022), rows=4, category=wrecks)
    assert title(Asked(category="noise")) == "Interventions: 36 in 2022"
    assert title() == "Interventions: 84 in 2022"
    chart = events_by_category(Asked())
    assert chart is not None
    assert [point.value for point in chart.series[0].points] == [48, 36]


def test_years_that_are_asked_for_are_both_included(police: EventRegister) -> None:
    counted(police, *year(2020), *year(2021), *year(2022), *year(2023))
    assert [name for name, _status in statuses(Asked(since=2021, until=2022))] == ["2021", "2022"]
    assert title(Asked(since=2021, until=2022)) == "Interventions: 120 in 2022, as many as in 2021"
    chart = events_by_category(Asked(since=2021, until=2022))
    assert chart is not None
    assert [point.value for point in chart.series[0].points] == [240]


def test_months_between_known_ones_are_unknown_and_corrected_ones_are_marked(police: EventRegister) -> None:
    counted(police, date(2022, 12, 1), date(2023, 3, 1))
    counted(police, date(2023, 1, 1), rows=0)
    counted(police, date(2023, 4, 1), is_part=True)
    Correction.objects.create(
        at=AT, register="police", month=date(2023, 3, 1), before={}, after={}, reason_en="Late rows."
    )
    chart = events_by_month(Asked())
    assert chart is not None
    points = {name: (point.missing or point.value, point.status.value) for name, point in
              zip(chart.categories, chart.series[0].points, strict=True)}  # fmt: skip
    assert {name.replace("\u00a0", " "): told for name, told in points.items()} == {
        "December 2022": (Decimal(10), "final"),
        "January 2023": (Decimal(0), "final"),
        "February 2023": (Missing.UNKNOWN, "final"),
        "March 2023": (Decimal(10), "corrected"),
        "April 2023": (Decimal(10), "part"),
    }
    assert dict(statuses())["2023"] == PointStatus.PART


def test_the_latest_months_are_drawn(police: EventRegister) -> None:
    counted(police, *year(2020), *year(2021), *year(2022), *year(2023))
    chart = events_by_month(Asked())
    assert chart is not None
    assert len(chart.categories) == MOST_MONTHS
    assert chart.categories[-1].endswith("2023")


def test_events_for_a_thousand_inhabitants(police: EventRegister) -> None:
    home = town(name="Teplice", inhabitants=49_563, inhabitants_year=2021)
    counted(police, *year(2022), rows=9, town=home)
    counted(police, *year(2023)[:6], rows=30, town=home)
    chart = events_per_inhabitants(Asked(town=home))
    assert chart is not None
    assert [point.value for point in chart.series[0].points] == [
        (Decimal(108_000) / 49_563).quantize(Decimal("0.000001")),
        (Decimal(180_000) / 49_563).quantize(Decimal("0.000001")),
    ]
    assert chart.title == "Interventions, Teplice: 2.2 for each 1,000 inhabitants in 2022"


def test_a_register_that_is_not_published_is_told_of_nowhere() -> None:
    hidden = register(key="hidden")
    counted(hidden, *year(2022), town=town(), category=category("noise"))
    assert events_by_year(Asked()) is None
    assert events_by_year(Asked(source="hidden")) is None
    assert (list(towns_with_events()), list(categories_with_events()), event_years()) == ([], [], [])
