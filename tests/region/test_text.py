from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from region.text import LONGEST_WORD, alphabet_key, fold, folded_tokens, natural_key, search_terms, search_text, tokens


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Příčná", "pricna"),
        ("ŁÓDŹ", "lodz"),
        ("Żółkiewskiego", "zolkiewskiego"),
        ("Straße", "strasse"),
        ("Ďáblická", "dablicka"),
        ("", ""),
    ],
)
def test_fold_leaves_plain_letters(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_tokens_are_letters_and_digits_in_lower_case() -> None:
    assert tokens("Nám. T. G. Masaryka 1084/12a") == ["nám", "t", "g", "masaryka", "1084", "12a"]


def test_tokens_of_decomposed_letters_stay_whole() -> None:
    assert tokens("Pr\u030ci\u0301c\u030cna\u0301") == ["příčná"]


def test_folded_tokens_have_no_diacritics() -> None:
    assert folded_tokens("17. listopadu, Stříbro") == ["17", "listopadu", "stribro"]


@pytest.mark.parametrize(
    ("language", "stored", "typed"),
    [
        ("cs", "Plzeň", "Plzen"),
        ("cs", "bezpečnost ve školách", "škola"),
        ("cs", "kamery", "kamera"),
        ("pl", "Kraków", "krakow"),
        ("pl", "Łódź", "lodz"),
        ("pl", "bezpieczeństwa", "bezpieczeństwo"),
        ("en", "cameras", "camera"),
    ],
)
def test_search_terms_of_text_and_query_meet(language: str, stored: str, typed: str) -> None:
    assert set(search_terms(stored, language)) & set(search_terms(typed, language)) != set()


def test_search_terms_of_other_words_do_not_meet() -> None:
    assert set(search_terms("Plzeň", "cs")) & set(search_terms("Písek", "cs")) == set()


def test_search_text_holds_stem_and_word() -> None:
    assert search_text("Kamery v Plzni", "cs") == "kamer kamery v plzn plzni"


@given(st.text(max_size=200), st.sampled_from(["cs", "pl", "en", "xx"]))
def test_search_terms_of_any_text_are_short_and_folded(text: str, language: str) -> None:
    terms = search_terms(text, language)
    assert [term for term in terms if term != fold(term)] == []
    # Folding may lengthen a word (ß → ss, ligatures), never more than four times.
    assert [term for term in terms if len(term) > 4 * LONGEST_WORD] == []


def test_alphabet_of_czechia_sorts_ch_after_h() -> None:
    names = [
        "Chodov",
        "Cebiv",
        "Čachrov",
        "Horní Bříza",
        "Horažďovice",
        "Řípec",
        "Ruda",
        "Sušice",
        "Šťáhlavy",
        "Stříbro",
    ]
    assert sorted(names, key=lambda name: alphabet_key(name, "CZ")) == [
        "Cebiv",
        "Čachrov",
        "Horažďovice",
        "Horní Bříza",
        "Chodov",
        "Ruda",
        "Řípec",
        "Stříbro",
        "Sušice",
        "Šťáhlavy",
    ]


def test_alphabet_of_poland_sorts_stroked_letters_after_plain() -> None:
    names = ["Łagiewniki", "Lublin", "Środa", "Stare Miasto", "Żywiec", "Zabrze"]
    assert sorted(names, key=lambda name: alphabet_key(name, "PL")) == [
        "Lublin",
        "Łagiewniki",
        "Stare Miasto",
        "Środa",
        "Zabrze",
        "Żywiec",
    ]


def test_alphabet_sorts_spaces_then_digits_then_letters() -> None:
    names = ["Ab", "A b", "A1", "A²"]
    assert sorted(names, key=lambda name: alphabet_key(name, "CZ")) == ["A b", "A²", "A1", "Ab"]


def test_natural_key_counts_numbers() -> None:
    assert sorted(["10", "2", "3a", "3", "A"], key=natural_key) == ["2", "3", "3a", "10", "A"]


@given(st.text(max_size=100))
def test_fold_of_folded_text_is_the_same(text: str) -> None:
    assert fold(fold(text)) == fold(text)
