"""Ticks and places of values on a scale, for ranges that people do have and for those that nobody expects."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.charts.scale import Room, Span, fitting, round_ticks

ROUND = {Fraction(1), Fraction(2), Fraction(5, 2), Fraction(5)}


def significant(step: float) -> Fraction:
    """A step without its power of ten: 2500 is 2.5."""
    found = Fraction(Decimal(repr(step)))
    while found >= 10:
        found /= 10
    while found < 1:
        found *= 10
    return found


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        (0, 1, [0, 1]),
        (0, 7, [0, 2, 4, 6, 8]),
        (0, 9, [0, 5, 10]),
        (0, 10, [0, 5, 10]),
        (-3, 7, [-5, 0, 5, 10]),
        (8480, 8489, [8480, 8485, 8490]),
        (0, 90, [0, 25, 50, 75, 100]),
        (0, 1e9, [0, 250_000_000, 500_000_000, 750_000_000, 1_000_000_000]),
        (5, 5, [5]),
    ],
)
def test_ticks_of_counted_things_are_round(low: float, high: float, ticks: list[float]) -> None:
    assert round_ticks(low, high, 4, whole=True) == ticks


@given(st.integers(-(10**9), 10**9), st.integers(1, 10**9), st.integers(2, 5), st.booleans())
def test_ticks_are_round_equally_far_apart_and_hold_the_range(low: int, reach: int, parts: int, whole: bool) -> None:
    ticks = round_ticks(low, low + reach, parts, whole=whole)
    step = ticks[1] - ticks[0]
    assert [second - first for first, second in pairwise(ticks)] == pytest.approx([step] * (len(ticks) - 1))
    assert ticks[0] <= low < ticks[1]
    assert ticks[-2] < low + reach <= ticks[-1]
    assert len(ticks) <= parts + 2
    # Far from zero floats are only so fine.
    assert significant(float(f"{step:.3g}")) in ROUND
    assert not whole or all(tick == int(tick) for tick in ticks)


@given(st.floats(1e-9, 1e12), st.integers(2, 5))
def test_ticks_of_any_size_hold_the_range(high: float, parts: int) -> None:
    ticks = round_ticks(0, high, parts)
    assert ticks[0] == 0
    assert ticks[-1] >= high * (1 - 1e-6)
    assert len(ticks) <= parts + 2


@pytest.mark.parametrize(
    ("bounds", "value", "at"),
    [((0, 200), 50, 25), ((-100, 100), 0, 50), ((0, 100), 140, 100), ((50, 100), 0, 0), ((0, 0), 0, 0), ((0, 0), 7, 0)],
)
def test_a_value_lies_in_proportion_and_never_beside_the_plot(
    bounds: tuple[float, float], value: float, at: float
) -> None:
    assert Span(*bounds, (), Room()).at(Decimal(value)) == at


def test_bars_begin_at_zero_wherever_it_lies() -> None:
    assert Span(-50, 150, (), Room()).zero == 25


def test_where_ticks_are_left_out_zero_stays() -> None:
    ticks = [-30.0, -20.0, -10.0, 0.0, 10.0, 20.0]
    kept = fitting(ticks, 100, lambda tick: f"{tick:.0f}")
    assert len(kept) < len(ticks)
    assert 0.0 in kept


@pytest.mark.parametrize("place", range(6))
def test_zero_stays_wherever_it_stands_among_ticks(place: int) -> None:
    ticks = [10.0 * (index - place) for index in range(6)]
    assert 0.0 in fitting(ticks, 100, lambda tick: f"{tick:.0f}")
