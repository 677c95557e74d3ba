"""Arithmetic of figures against numbers checked by hand, and properties that hold for any numbers."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from region.numerals import percent
from reports.queries.figures_math import bounds, growth, kept, rounding_explains, rounding_unit, share_of

counts = st.integers(min_value=1, max_value=10**9).map(Decimal)


@pytest.mark.parametrize(
    ("before", "after", "percent"),
    [(7500, 8480, "13.1"), (7208, 8489, "17.8"), (7208, 7500, "4.1"), (8489, 8480, "-0.1")],
)
def test_growth_within_a_source(before: int, after: int, percent: str) -> None:
    found = growth(Decimal(before), Decimal(after))
    assert found is not None
    assert round(found, 1) == Decimal(percent)


def test_growth_from_nothing_says_nothing() -> None:
    assert growth(Decimal(0), Decimal(5)) is None


def test_growth_from_less_than_one_is_growth() -> None:
    assert growth(Decimal("0.5"), Decimal(1)) == Decimal(100)


@pytest.mark.parametrize(
    ("part", "whole", "one_decimal", "whole_number"),
    [
        (1, 22, "4.5%", "5%"),
        (21, 22, "95.5%", "95%"),
        (1, 8, "12.5%", "13%"),
        (0, 3, "0.0%", "0%"),
        (3, 3, "100.0%", "100%"),
    ],
)
def test_a_share_is_rounded_once(part: int, whole: int, one_decimal: str, whole_number: str) -> None:
    share = share_of(part, whole)
    assert (percent(share, 1), percent(share)) == (one_decimal, whole_number)


@given(st.integers(0, 5_000), st.integers(1, 5_000))
def test_a_share_reads_as_the_exact_quotient_does(part: int, whole: int) -> None:
    half_up = (part * 1_000 * 2 + whole) // (2 * whole)
    assert percent(share_of(part, whole), 1) == f"{half_up // 10:,}.{half_up % 10}%"


def test_what_is_calculated_is_kept_to_the_millionth() -> None:
    assert kept(Decimal(1) / 3) == Decimal("0.333333")


@given(counts, counts)
def test_growth_gives_back_the_later_value(before: Decimal, after: Decimal) -> None:
    found = growth(before, after)
    assert found is not None
    assert abs(before * (1 + found / 100) - after) < Decimal("0.001")


@given(st.lists(counts, min_size=1))
def test_bounds_hold_all_values(values: list[Decimal]) -> None:
    assert bounds(values) == (min(values), max(values))


def test_bounds_of_nothing() -> None:
    with pytest.raises(IndexError):
        bounds([])


@pytest.mark.parametrize(
    ("value", "unit"), [("8480", "10"), ("7500", "100"), ("8489", "1"), ("0", "1"), ("300", "100"), ("7.50", "1")]
)
def test_rounding_unit_by_trailing_zeros(value: str, unit: str) -> None:
    assert rounding_unit(Decimal(value)) == Decimal(unit)


@pytest.mark.parametrize(
    ("first", "second", "explains"),
    [(8480, 8489, False), (7500, 7208, False), (8490, 8489, True), (7200, 7208, True), (8481, 8489, False)],
)
def test_rounding_as_an_explanation(first: int, second: int, explains: bool) -> None:
    assert rounding_explains(Decimal(first), Decimal(second)) is explains
    assert rounding_explains(Decimal(second), Decimal(first)) is explains


@given(st.integers(min_value=1, max_value=10**7), st.integers(min_value=1, max_value=5))
def test_a_rounded_number_is_explained_by_rounding(value: int, places: int) -> None:
    unit = Decimal(10) ** places
    rounded = (Decimal(value) / unit).quantize(Decimal(1)) * unit
    if rounded and rounded != value:
        assert rounding_explains(rounded, Decimal(value))
