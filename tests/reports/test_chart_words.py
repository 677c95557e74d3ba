"""What is said of a chart, in the three languages, and the table that says the same."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from django.utils import translation

from portal.views.gallery_charts import areas, bars, grouped, many_lines, points, years
from region.chart import Chart, ChartKind, Missing, Point, PointStatus, Precision, Series
from reports.chart_table import table_of
from reports.chart_words import description, gap_of, gap_words, short_number, value_words

D = Decimal
NB = "\u00a0"


def cells(chart: Chart) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table_of(chart).rows]


def test_description_says_both_sources_and_how_they_differ() -> None:
    with translation.override("en"):
        said = description(grouped())
    assert said == (
        "Unit: Interventions in a year. "
        "In 2023: 7,208 by the source “Answer to an interpellation, December 2025”, "
        "7,500 by the source “The city's website, 2025”. The sources differ by 292 (4.1%). "
        "In 2024: 8,489 by the source “Answer to an interpellation, December 2025”, "
        "8,480 by the source “The city's website, 2025”. The sources differ by 9 (0.1%). "
        "In 2025: 8,956 (incomplete period, counted to a day between 3 and 15 December) "
        "by the source “Answer to an interpellation, December 2025”, "
        "not known by the source “The city's website, 2025”."
    )


@pytest.mark.parametrize(
    ("language", "words"),
    [("cs", [f"7{NB}208", f"292 (4,1{NB}%)"]), ("pl", [f"7{NB}208", "292 (4,1%)"]), ("en", ["7,208", "292 (4.1%)"])],
)
def test_description_writes_numbers_as_its_readers_do(language: str, words: list[str]) -> None:
    with translation.override(language):
        said = description(grouped())
    assert [word for word in words if said.count(word) != 1] == []


@pytest.mark.parametrize(
    ("language", "words"), [("cs", " podle zdroje "), ("pl", " według źródła "), ("en", " by the source ")]
)
def test_description_speaks_the_language_of_its_reader(language: str, words: str) -> None:
    with translation.override(language):
        assert description(grouped()).count(words) == 6


def test_written_description_replaces_the_made_one() -> None:
    assert description(replace(grouped(), description="Look here.")) == "Look here."


def test_long_chart_is_said_by_its_ends_and_extremes() -> None:
    with translation.override("en"):
        said = description(years())
    assert said == (
        "Unit: Offences in a year. First 2008 (310); last 2022 (371); least 2020 (0); greatest 2014 (402). "
        "All values stand in the table. From 2016 on: counted by files and no longer by offences"
    )
    with translation.override("en"):
        assert description(many_lines()).count("greatest") == 8


def test_long_chart_tells_how_many_values_are_missing() -> None:
    values = points(*range(1, 13), Missing.UNKNOWN, Missing.CONFIDENTIAL)
    chart = Chart("k", "T", ChartKind.BARS, tuple(f"c{n}" for n in range(14)), (Series("S", values),), "")
    with translation.override("en"):
        assert description(chart).startswith(
            "First c0 (1); last c11 (12); least c0 (1); greatest c11 (12); 2 without a value."
        )
        nothing = replace(chart, series=(Series("S", points(*[Missing.UNKNOWN] * 14)),))
        assert description(nothing).startswith("14 without a value.")


@pytest.mark.parametrize(
    ("point", "words"),
    [
        (Point(D(300), precision=Precision.APPROXIMATE), f"≈{NB}300"),
        (Point(D(22), precision=Precision.AT_LEAST), f"≥{NB}22"),
        (Point(D(7500), precision=Precision.ROUNDED), "7,500 (rounded)"),
        (Point(D(5), low=D(3), high=D(8), status=PointStatus.PROVISIONAL), "5 (3–8; provisional)"),
        (Point(D(-5)), "\u22125"),
        (Point(missing=Missing.CONFIDENTIAL, note="three cases"), "confidential (three cases)"),
        (Point(D(0)), "0"),
    ],
)
def test_value_is_said_with_all_that_is_known_of_it(point: Point, words: str) -> None:
    with translation.override("en"):
        assert value_words(point, 0) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [("0", "0"), ("2.50", "2.5"), ("10000", "10,000"), ("1500000", f"1.5{NB}million"), ("-2e9", f"\u22122{NB}billion"),
     ("3.217e12", f"3.22{NB}trillion"), ("0.001", "0.001")],
)  # fmt: skip
def test_ticks_are_written_short(value: str, words: str) -> None:
    with translation.override("en"):
        assert short_number(D(value)) == words


def test_difference_is_the_second_less_the_first() -> None:
    assert gap_of(grouped(), 1) == (D(-9), D(-900) / D(8489))
    assert gap_of(grouped(), 2) is None
    assert gap_of(replace(grouped(), shows_difference=False), 0) is None
    with translation.override("en"):
        assert gap_words((D(-9), D("-0.106")), 0) == "\u22129 (\u22120.1%)"
        assert gap_words((D(5), None), 0) == "+5"


def test_table_holds_every_number_and_the_reason_for_every_gap() -> None:
    with translation.override("en"):
        assert cells(grouped()) == [
            ["2023", "7,208", "7,500", "+292 (+4.1%)"],
            ["2024", "8,489", "8,480", "\u22129 (\u22120.1%)"],
            [
                "2025, incomplete period, counted to a day between 3 and 15 December",
                "8,956",
                "not known",
                "not applicable",
            ],
        ]
        table = table_of(grouped())
        assert [column.title for column in table.columns] == [
            "Year",
            "Answer to an interpellation, December 2025",
            "The city's website, 2025",
            "Difference",
        ]
        assert table.caption.endswith(
            "Difference: The city's website, 2025 minus Answer to an interpellation, December 2025."
        )


def test_table_tells_zero_from_nothing() -> None:
    with translation.override("en"):
        rows = {row[0]: row[1] for row in cells(bars())}
    assert rows["A true zero"] == "0"
    assert [rows[f"Missing {number}"] for number in range(1, 5)] == [
        "did not occur", "not known", "not applicable", "confidential",
    ]  # fmt: skip
    assert rows["With an interval"] == "260 (210–330)"
    assert rows["Provisional, provisional"] == "390"


def test_table_of_a_map_leads_to_its_places() -> None:
    first = table_of(areas()).rows[0][0]
    assert (first.text, first.url, first.plate) == ("District 1", "#charts-1", "1")


def test_remark_common_to_a_row_is_said_once() -> None:
    point = Point(D(5), low=D(3), high=D(8), status=PointStatus.PART)
    chart = Chart("k", "T", ChartKind.DOTS, ("2025",), (Series("A", (point,)), Series("B", (point,))), "u")
    with translation.override("en"):
        assert cells(chart) == [["2025, incomplete period", "5 (3–8)", "5 (3–8)"]]
