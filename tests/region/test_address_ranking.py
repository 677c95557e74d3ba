from __future__ import annotations

import pytest

from region.address_ranking import BEGUN_NUMBER, HALF_NUMBER, OTHER_NUMBER, SAME_NUMBER, Fit, fit, number_fit
from region.address_words import parse_address


def fitted(text: str, stored: str, addresses: int = 10) -> Fit:
    found = fit(parse_address(text), stored=stored, addresses_count=addresses)
    assert found is not None
    return found


def in_order(text: str, *streets: str) -> list[str]:
    return sorted(streets, key=lambda stored: fitted(text, stored).rank)


def test_exact_words_go_before_unfinished_before_mistyped() -> None:
    streets = ["husovy|brno", "husova|brno", "husovanka|brno"]
    assert in_order("Husova", *streets) == ["husova|brno", "husovanka|brno", "husovy|brno"]


def test_name_without_more_words_goes_first() -> None:
    assert in_order("nova", "stara nova|as", "nova|as") == ["nova|as", "stara nova|as"]


def test_kind_that_was_typed_goes_first() -> None:
    assert in_order("Palackého náměstí", "palackeho|as", "palackeho namesti|as") == [
        "palackeho namesti|as",
        "palackeho|as",
    ]


def test_place_that_was_typed_whole_goes_first() -> None:
    streets = ["husova|nova ves pod horou", "husova|nova ves"]
    assert in_order("Husova, Nová Ves", *streets) == ["husova|nova ves", "husova|nova ves pod horou"]


def test_more_addresses_go_first() -> None:
    assert fitted("Husova", "husova|as", 90).rank < fitted("Husova", "husova|as", 10).rank


def test_street_without_the_word_does_not_fit() -> None:
    assert fit(parse_address("Husova Plzeň"), stored="husova|as", addresses_count=1) is None


def test_ordinal_belongs_to_the_name() -> None:
    found = fitted("17. listopadu 5", "17 listopadu|plzen")
    assert (found.number, found.certain, found.whole) == ("5", True, True)


def test_ordinal_that_the_name_lacks_is_taken_for_the_number() -> None:
    found = fitted("12. Husova", "husova|plzen")
    assert (found.number, found.certain) == ("12", False)


def test_number_without_a_dot_may_belong_to_the_name() -> None:
    assert fitted("17 listopadu 5", "17 listopadu|plzen").number == "5"
    assert fitted("17 listopadu", "17 listopadu|plzen").number == ""


def test_mistyped_word_is_never_certain() -> None:
    found = fitted("Husvoa", "husova|plzen")
    assert (found.typos, found.certain) == (1, False)


def test_name_with_more_words_is_certain_but_not_whole() -> None:
    found = fitted("Tyla 5", "j k tyla|plzen")
    assert (found.certain, found.whole) == (True, False)


@pytest.mark.parametrize(
    ("typed", "number", "fitting"),
    [
        ("12", "12", SAME_NUMBER),
        ("12a", "12A", SAME_NUMBER),
        ("1084/12", "1084/12", SAME_NUMBER),
        ("12", "1084/12", HALF_NUMBER),
        ("1084", "1084/12", HALF_NUMBER),
        ("12", "12a", BEGUN_NUMBER),
        ("1", "12", BEGUN_NUMBER),
        ("12s", "12", BEGUN_NUMBER),
        ("12", "112", OTHER_NUMBER),
        ("13", "1084/12", OTHER_NUMBER),
    ],
)
def test_number_fit_tells_halves_and_beginnings(typed: str, number: str, fitting: int) -> None:
    assert number_fit(typed, number) == fitting
