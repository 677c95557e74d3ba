"""Headings of crosstabs whose words repeat, and rows that cannot be told apart from year to year."""

from __future__ import annotations

import pytest

from region.tables.crosstab_picks import column_keys, row_keys, row_like
from region.tables.crosstabs import Crosstab, read_crosstab


def table(text: str) -> Crosstab:
    """A crosstab of lines with cells divided by bars."""
    return read_crosstab([(place, line.split("|")) for place, line in enumerate(text.splitlines(), start=1)])


def headings(text: str) -> list[str]:
    return [one.heading for one in table(text).measures]


def test_a_word_that_stands_above_itself_is_said_once() -> None:
    assert headings("Area|Total|Total\n|Total|Men\na|10|4\nb|20|9\nc|7|3\n") == ["Total", "Total Men"]


def test_a_note_above_many_columns_is_a_title_and_no_heading() -> None:
    found = table("Police statistics||2015||\nArea|Found|Solved|Men|Women\na|10|4|3|1\nb|20|9|5|4\nc|7|3|2|2\n")
    assert [one.heading for one in found.measures] == ["Found", "Solved", "Men", "Women"]
    assert (found.header_depth, found.titles) == (1, ("Police statistics 2015",))


def test_a_row_that_two_of_the_new_file_could_be_is_none() -> None:
    new = row_keys(table("Code|Crime|2024\n1|Theft in total|10\n2|Theft|4\n3|Fraud|2\n"))
    assert row_like("9|theft", new) == ""
    assert row_like("9|fraud", new) == "3|fraud"
    assert row_like("3|swindle", new) == "3|fraud"


@pytest.mark.parametrize("year", [2023, 2024])
def test_a_column_of_another_year_is_the_same_column(year: int) -> None:
    keys = column_keys(table(f"Crime|Found {year}|Solved {year}\nTheft|10|3\nFraud|4|2\nNoise|1|1\n"))
    assert list(keys.values()) == [1, 2]
    assert not any(str(year) in key for key in keys)


def test_the_last_row_of_headings_merges_nothing() -> None:
    assert headings("Area|All||Rest\n|one||two\na|10|4|3\nb|20|9|5\nc|7|3|2\n") == ["All one", "All", "Rest two"]
