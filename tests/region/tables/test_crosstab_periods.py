from __future__ import annotations

from datetime import date

import pytest

from region.tables.crosstab_picks import PERIODS, YEARS, cells_of, timeless, year_groups
from region.tables.crosstabs import Crosstab, read_crosstab
from region.tables.periods import parse_period, year_of
from region.tables.periods_in_words import part_of_year


def table(text: str) -> Crosstab:
    rows = [line.split("|") for line in text.splitlines()]
    return read_crosstab([(number, row) for number, row in enumerate(rows, start=1)])


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("I. čtvrtletí 2023", (1, 1), (3, 31)), ("2. čtvrtletí 2023", (4, 1), (6, 30)), ("4Q2023", (10, 1), (12, 31)),
        ("Q3 2023", (7, 1), (9, 30)), ("2023 Q1", (1, 1), (3, 31)), ("II kwartał 2023", (4, 1), (6, 30)),
        ("1. pololetí 2023", (1, 1), (6, 30)), ("II półrocze 2023", (7, 1), (12, 31)), ("1-3/2023", (1, 1), (3, 31)),
        ("leden – březen 2023", (1, 1), (3, 31)), ("I-VI 2023", (1, 1), (6, 30)), ("IX/2023", (9, 1), (9, 30)),
        ("2023 leden", (1, 1), (1, 31)),
    ],
)  # fmt: skip
def test_parts_of_years(text: str, first: tuple[int, int], last: tuple[int, int]) -> None:
    assert parse_period(text) == part_of_year(text) == (date(2023, *first), date(2023, *last))


@pytest.mark.parametrize("text", ["2022/23", "celkem 2021", "13/2023", "4. pololetí 2023", "březen-leden 2023", "x"])
def test_what_is_no_part_of_a_year(text: str) -> None:
    assert part_of_year(text) is None


def test_year_of_a_part_of_it_is_not_taken_for_the_whole() -> None:
    assert [year_of(text) for text in ("1-6/2024 celkem", "2022/23", "rok 2024", "k 31. 12. 2024")] == [
        None, None, 2024, 2024,
    ]  # fmt: skip
    found = table("What|1-3/2024|1-6/2024|rok 2023\nfines|10|20|50\ncalls|5|9|21\n")
    cells = list(cells_of(found, "|fines", YEARS))
    assert [(cell.text, cell.period) for cell in cells] == [
        ("10", (date(2024, 1, 1), date(2024, 3, 31))),
        ("20", (date(2024, 1, 1), date(2024, 6, 30))),
        ("50", (date(2023, 1, 1), date(2023, 12, 31))),
    ]


def test_months_in_rows_and_years_in_columns() -> None:
    found = table("Měsíc|2022|2023\nleden|10|20\nprosinec|11|21\nCelkem|21|41\n")
    cells = list(cells_of(found, PERIODS, YEARS))
    assert [(cell.text, cell.period and cell.period[0], cell.period and cell.period[1]) for cell in cells] == [
        ("10", date(2022, 1, 1), date(2022, 1, 31)),
        ("20", date(2023, 1, 1), date(2023, 1, 31)),
        ("11", date(2022, 12, 1), date(2022, 12, 31)),
        ("21", date(2023, 12, 1), date(2023, 12, 31)),
    ]
    assert timeless(found, PERIODS, YEARS) == ["Celkem"]


def test_one_year_above_the_numbers_is_a_heading() -> None:
    found = table("What|2023\nfines|10\ncalls|5\n")
    assert (found.header_row, [cell.text for cell in cells_of(found, "|calls", YEARS)]) == (1, ["5"])


def test_years_in_rows_and_roman_months_in_columns() -> None:
    found = table("Rok|I|II|XII|Celkem\n2022|1|2|3|6\n2023|4|5|6|15\n")
    cells = list(cells_of(found, PERIODS, YEARS))
    assert [(cell.text, cell.period and cell.period[0]) for cell in cells] == [
        ("1", date(2022, 1, 1)), ("2", date(2022, 2, 1)), ("3", date(2022, 12, 1)),
        ("4", date(2023, 1, 1)), ("5", date(2023, 2, 1)), ("6", date(2023, 12, 1)),
    ]  # fmt: skip
    assert timeless(found, PERIODS, YEARS) == ["Celkem"]
    assert timeless(found, "|2022", "celkem") == []


def test_columns_of_years_of_several_things() -> None:
    found = table("Rodzaj|2022 mandaty|2022 pouczenia|2023 mandaty|2023 pouczenia\nhałas|1|2|3|4\npsy|5|6|7|8\n")
    groups = year_groups(found)
    assert groups == {f"{YEARS}|mandaty": "mandaty", f"{YEARS}|pouczenia": "pouczenia"}
    cells = list(cells_of(found, "|psy", f"{YEARS}|pouczenia"))
    assert [(cell.text, cell.period and cell.period[0].year) for cell in cells] == [("6", 2022), ("8", 2023)]
    assert year_groups(table("Rodzaj|2022|2023\nhałas|1|2\npsy|5|6\n")) == {}
