"""Contrast against values that the WCAG formula gives."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from region.colours import contrast, luminance

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#777777", "#ffffff", 4.48),
        ("#767676", "#ffffff", 4.54),
        ("#14513f", "#f8f3e6", 8.32),
    ],
)
def test_contrast_known_pairs(one: str, other: str, ratio: float) -> None:
    assert round(contrast(one, other), 2) == ratio


@given(colours, colours)
def test_contrast_is_symmetric_and_bounded(one: str, other: str) -> None:
    assert contrast(one, other) == contrast(other, one)
    assert 1 <= contrast(one, other) <= 21


def test_luminance_of_grey_is_between_black_and_white() -> None:
    assert luminance("#000000") == 0
    assert 0.2 < luminance("#808080") < 0.22
