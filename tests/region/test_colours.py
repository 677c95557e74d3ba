"""Contrast against values that the WCAG formula gives."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from region.colours import (
    DARK_GROUNDS,
    LIGHT_GROUNDS,
    ON_BRAND,
    ON_BRAND_SOFT,
    contrast,
    dark_tones,
    from_lightness_chroma_hue,
    light_tones,
    lightness_chroma_hue,
    luminance,
    with_contrast,
)

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


@given(colours)
def test_lightness_chroma_hue_is_there_and_back(colour: str) -> None:
    assert from_lightness_chroma_hue(*lightness_chroma_hue(colour)) == colour


@given(colours)
def test_light_tones_are_readable(colour: str) -> None:
    tones = light_tones(colour)
    assert contrast(tones.brand, ON_BRAND_SOFT) >= 4.5
    assert contrast(tones.deep, ON_BRAND) >= 7
    assert min(contrast(tones.link, ground) for ground in LIGHT_GROUNDS) >= 4.5


@given(colours)
def test_dark_tones_are_readable(colour: str) -> None:
    tones = dark_tones(colour)
    assert contrast(tones.brand, ON_BRAND) >= 7
    assert min(contrast(tones.link, ground) for ground in DARK_GROUNDS) >= 7
    assert min(contrast(tones.chart, ground) for ground in DARK_GROUNDS) >= 4.5


def test_light_tones_keep_a_colour_that_is_readable_already() -> None:
    assert (light_tones("#0055a4").brand, light_tones("#0055a4").link) == ("#0055a4", "#0055a4")


def test_contrast_that_no_tone_reaches_is_refused() -> None:
    with pytest.raises(ValueError, match="no tone"):
        with_contrast("#777777", against=["#000000", "#ffffff"], at_least=15, start=0.5, lighter=True)
