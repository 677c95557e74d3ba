"""What the region profile refuses, and what it accepts."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from region.validators import (
    validate_brand_colour,
    validate_coordinate_system,
    validate_iban,
    validate_languages,
    validate_register_number,
    validate_tile_address,
    validate_time_zone,
)


@pytest.mark.parametrize("value", ["Europe/Prague", "Europe/Warsaw"])
def test_time_zone_known(value: str) -> None:
    validate_time_zone(value)


@pytest.mark.parametrize("value", ["Europe/Plzen", "", "../etc/passwd", "a\x00b"])
def test_time_zone_unknown_is_refused(value: str) -> None:
    with pytest.raises(ValidationError):
        validate_time_zone(value)


@pytest.mark.parametrize("value", [5514, 2180, 32633])
def test_coordinate_system_in_metres(value: int) -> None:
    validate_coordinate_system(value)


@pytest.mark.parametrize("value", [4326, 999999])
def test_coordinate_system_in_degrees_or_unknown_is_refused(value: int) -> None:
    with pytest.raises(ValidationError):
        validate_coordinate_system(value)


def test_languages_of_the_installation() -> None:
    validate_languages([])
    validate_languages(["cs", "pl"])


@pytest.mark.parametrize("value", [["de"], "cs", {"cs": 1}])
def test_languages_unknown_are_refused(value: object) -> None:
    with pytest.raises(ValidationError):
        validate_languages(value)


def test_brand_colour_dark_enough() -> None:
    validate_brand_colour("#14513f")


def test_brand_colour_too_light_is_refused_with_its_ratio() -> None:
    with pytest.raises(ValidationError, match=r"only 1\.\d : 1"):
        validate_brand_colour("#efb02e")


@pytest.mark.parametrize(
    "value", ["http://tiles.example/{z}/{x}/{y}.png", "https://tiles.example/{z}/{x}.png", "javascript:{z}{x}{y}"]
)
def test_tile_address_unsafe_is_refused(value: str) -> None:
    with pytest.raises(ValidationError):
        validate_tile_address(value)


def test_tile_address_complete() -> None:
    validate_tile_address("https://tiles.example/{z}/{x}/{y}.png")


@pytest.mark.parametrize("written", ["12345679", " 1234 5679", "1234\u00a05679", "１２３４５６７９"])
def test_one_register_number_has_one_form(written: str) -> None:
    assert validate_register_number(written, "CZ") == "12345679"


@pytest.mark.parametrize(
    ("written", "country"),
    [("12345678", "CZ"), ("00000000", "CZ"), ("7801012342", "CZ"), ("١٢٣٤٥٦٧٩", "CZ"), ("123456786", "PL"), ("", "PL")],
)
def test_register_number_with_a_wrong_digit_is_refused(written: str, country: str) -> None:
    with pytest.raises(ValidationError):
        validate_register_number(written, country)


@pytest.mark.parametrize(
    "iban", ["CZ6508000000192000145398", "CZ65080000001920001453", "１CZ6508000000192000145399", "x"]
)
def test_iban_with_a_wrong_digit_is_refused(iban: str) -> None:
    with pytest.raises(ValidationError):
        validate_iban(iban)
