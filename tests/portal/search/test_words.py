"""From texts to weighted words, from a query to what it looks for."""

from __future__ import annotations

import pytest

from portal.search.words import Wanted, clean_query, terms_of, wanted_words, weights, written_forms


def test_word_of_the_title_says_more_than_of_the_note_and_the_text() -> None:
    found = weights(title="Alfa", note="Beta", text="Gama", language="en")
    assert found["alfa"] > found["beta"] > found["gama"]


def test_word_of_a_short_title_says_more() -> None:
    short = weights(title="Plzeň", note="", text="", language="cs")
    long = weights(title="Plzeň a okolí v roce", note="", text="", language="cs")
    assert short["plzen"] > long["plzen"]


def test_often_repeated_word_of_a_text_counts_at_most_three_times() -> None:
    assert weights(title="", note="", text="gama " * 50, language="en") == {"gama": 3}


def test_word_in_every_place_adds_up() -> None:
    found = weights(title="Alfa", note="alfa", text="alfa", language="en")
    assert found["alfa"] == 16 + 4 + 1


@pytest.mark.parametrize(
    ("written", "typed", "language"),
    [
        ("Plzeň", "Plzen", "cs"),
        ("bezpečný", "bezpečného", "cs"),
        ("bezpieczny", "bezpiecznego", "pl"),
        ("Łódź", "lodz", "pl"),
        ("prevention", "PREVENTION", "en"),
    ],
)
def test_inflected_or_plain_word_meets_the_written_one(written: str, typed: str, language: str) -> None:
    assert set(terms_of(written.lower(), language)) & set(terms_of(typed.lower(), language))


def test_forms_of_a_title_keep_their_letters() -> None:
    assert written_forms("Město Plzeň – jih") == {"mesto": "Město", "plzen": "Plzeň", "jih": "jih"}


def test_query_is_its_distinct_words_and_the_last_also_a_prefix() -> None:
    assert wanted_words("Bus, bus Stop", "en") == (
        Wanted("bus", ("bus",)),
        Wanted("stop", ("stop",), "stop"),
    )


def test_short_last_word_is_no_prefix() -> None:
    assert wanted_words("st", "en") == (Wanted("st", ("st",)),)


@pytest.mark.parametrize("query", ["", "   ", '"', "%", "*", "\x00", "---", "_", "(((", "\u200b"])
def test_query_without_letters_looks_for_nothing(query: str) -> None:
    assert wanted_words(query, "cs") == ()


def test_long_query_is_cut_to_ten_words() -> None:
    assert len(wanted_words(" ".join(f"slovo{n}" for n in range(1000)), "cs")) == 10


def test_clean_query_has_no_control_characters_and_is_short() -> None:
    assert clean_query(" a\x00b\n c ") == "a b c"
    assert len(clean_query("x" * 5000)) == 400
