from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from region.messages import Problem
from region.tables.values import cell_text, folded, parse_date, parse_degrees, parse_number, parse_whole


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1 605 167,44", "1605167.44"),
        ("1\u00a0605\u202f167.44", "1605167.44"),
        ("1605167,44", "1605167.44"),
        ("1.605", "1.605"),
        ("−5,2", "-5.2"),
        ("-5", "-5"),
        ("+7", "7"),
        (" 0012 ", "12"),
    ],
)
def test_parse_number_as_written(text: str, number: str) -> None:
    assert parse_number(text) == Decimal(number)


@given(
    number=st.decimals(min_value=-(10**9), max_value=10**9, places=3),
    mark=st.sampled_from(",."),
    space=st.sampled_from(["", " ", "\u00a0", "\u2009", "\u202f", "\u2007"]),
)
def test_parse_number_reads_what_was_written(number: Decimal, mark: str, space: str) -> None:
    written = f"{number:,.3f}".replace(",", "\x00").replace(".", mark).replace("\x00", space)
    assert parse_number(written) == number


@pytest.mark.parametrize("text", ["1.605.167,44", "1,605,167.44", "1.605.167", "1,605,167"])
def test_parse_number_that_is_ambiguous(text: str) -> None:
    with pytest.raises(Problem, match="ambiguous"):
        parse_number(text)


@pytest.mark.parametrize("text", ["", "abc", "1 60", "12 3456", "1e5", "1,2,3", "5,"])
def test_parse_number_that_is_none(text: str) -> None:
    with pytest.raises(Problem, match="not a number"):
        parse_number(text)


def test_parse_whole_with_zero_decimals() -> None:
    assert parse_whole("705.0") == 705


def test_parse_whole_with_a_fraction() -> None:
    with pytest.raises(Problem, match="not a whole number"):
        parse_whole("1.605")


def test_parse_degrees_with_a_comma() -> None:
    assert parse_degrees("49,67778") == 49.67778


@pytest.mark.parametrize(
    ("text", "day", "precision"),
    [
        ("1. 7. 2010", date(2010, 7, 1), "day"),
        ("01.07.2010", date(2010, 7, 1), "day"),
        ("2010-07-01", date(2010, 7, 1), "day"),
        ("2010-07-01 00:00:00", date(2010, 7, 1), "day"),
        ("2010-06", date(2010, 6, 1), "month"),
        ("6/2011", date(2011, 6, 1), "month"),
        ("červen 2011", date(2011, 6, 1), "month"),
        ("czerwiec 2011 r.", date(2011, 6, 1), "month"),
        ("June 2011", date(2011, 6, 1), "month"),
        ("1. července 2010", date(2010, 7, 1), "day"),
        ("1 lipca 2010", date(2010, 7, 1), "day"),
        ("2 listopada 2010", date(2010, 11, 2), "day"),
        ("1 July 2010", date(2010, 7, 1), "day"),
        ("2010", date(2010, 1, 1), "year"),
    ],
)
def test_parse_date_as_written(text: str, day: date, precision: str) -> None:
    assert parse_date(text) == (day, precision)


@given(day=st.dates(min_value=date(1000, 1, 1)))
def test_parse_date_reads_every_day(day: date) -> None:
    assert parse_date(day.isoformat()) == (day, "day")
    assert parse_date(f"{day.day}. {day.month}. {day.year}") == (day, "day")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1/7/2010", "ambiguous"),
        ("31. 2. 2010", "no such day"),
        ("2010-13", "no such day"),
        ("2010-00", "no such day"),
        ("1. 7. 10", "not a date"),
        ("1 brumaire 2010", "not a date"),
        ("40360", "not a date"),
        ("", "not a date"),
    ],
)
def test_parse_date_that_is_none(text: str, words: str) -> None:
    with pytest.raises(Problem, match=words):
        parse_date(text)


@pytest.mark.parametrize(
    ("written", "text"),
    [("  Stod ", "Stod"), ("\ufeffkód", "kód"), ('="007"', "007"), ("NaN", ""), ("null", ""), ("–", ""), ("=", "=")],
)
def test_cell_text_as_meant(written: str, text: str) -> None:
    assert cell_text(written) == text


@pytest.mark.parametrize(("written", "words"), [("=A1+B1", "formula"), ("#REF!", "error"), ("#N/A", "error")])
def test_cell_text_that_is_no_value(written: str, words: str) -> None:
    with pytest.raises(Problem, match=words):
        cell_text(written)


def test_folded_words() -> None:
    assert folded(" Kód_OBCE (Łódź) ") == "kod obce lodz"
