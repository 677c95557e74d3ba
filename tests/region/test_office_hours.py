from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from region.messages import Problem
from region.office_hours import parse_office_hours, parse_problem

MONDAY, WEDNESDAY = [0, "15:00", "17:00"], [2, "08:00", "12:00"]


@pytest.mark.parametrize(
    "text",
    [
        "po 15:00-17:00, st 8-12",
        "pn. 15–17; śr. 8.00–12.00",
        "Mon 15:00 - 17:00, Wed 8-12",
        "Wed 8-12, Mon 15-17",
        "pondělí od 15 do 17 hod. a středa 8–12 hod.",
    ],
)
def test_parse_office_hours_in_three_languages(text: str) -> None:
    assert parse_office_hours(text) == [MONDAY, WEDNESDAY]


def test_parse_office_hours_of_several_days_and_times() -> None:
    assert parse_office_hours("Po a st: 8-12, 13-17") == [
        [0, "08:00", "12:00"],
        [0, "13:00", "17:00"],
        [2, "08:00", "12:00"],
        [2, "13:00", "17:00"],
    ]


def test_parse_office_hours_of_a_span_of_days() -> None:
    assert [row[0] for row in parse_office_hours("pn–pt 8-16, nd 9-24")] == [0, 1, 2, 3, 4, 6]


def test_parse_office_hours_of_nothing() -> None:
    assert parse_office_hours(" ") == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("po", "are written as"),
        ("8-12", "are written as"),
        ("po 8-12-13", "are written as"),
        ("po * 8-12", "are written as"),
        ("st - 8-12", "are written as"),
        ("blah 8-12", "“blah” is not a day"),
        ("pá-po 8-12", "forwards"),
        ("po 12-8", "end later"),
        ("po 25-26", "no such time: 25"),
        ("po 8-12, po 11-13", "overlap"),
    ],
)
def test_parse_office_hours_that_are_none(text: str, words: str) -> None:
    with pytest.raises(Problem) as caught:
        parse_office_hours(text)
    assert words in str(caught.value)


@given(st.text(max_size=40))
def test_parse_office_hours_gives_hours_or_a_problem(text: str) -> None:
    try:
        hours = parse_office_hours(text)
    except Problem:
        return
    assert parse_problem(hours) == ""


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ([MONDAY, WEDNESDAY], ""),
        ("po", "Office hours are a list."),
        ([[7, "08:00", "09:00"]], "Each row is [weekday 0–6, from, to]."),
        ([[0, "8:00", "09:00"]], "Times are written as 08:00."),
        ([[0, "09:00", "09:00"]], "The end must be later than the beginning."),
    ],
)
def test_parse_problem_of_stored_hours(value: object, words: str) -> None:
    assert parse_problem(value) == words
