from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from region.address_words import (
    MOST_WORDS,
    Query,
    deletions,
    number_key,
    one_edit_apart,
    parse_address,
    street_words,
    words_of,
)

LETTERS = st.text("abcdefgh", min_size=1, max_size=9)


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("Palackého 12, Stříbro", Query(("palackeho", "stribro"), numbers=("12",))),
        ("12 Palackého", Query(("palackeho",), numbers=("12",))),
        ("Palackého 1084/12a", Query(("palackeho",), numbers=("1084/12a",), open_end=False)),
        ("Palackého 1084 / 12 A, Plz", Query(("palackeho", "plz"), numbers=("1084/12a",))),
        ("17. listopadu 5", Query(("listopadu",), ordinals=("17",), numbers=("5",), open_end=False)),
        ("17 listopadu 5", Query(("listopadu",), numbers=("17", "5"), open_end=False)),
        ("349 01 Stříbro", Query(("stribro",))),
        ("ul. Długa 12, 30-059 Kraków", Query(("dluga", "krakow"), kinds=("ul",), numbers=("12",))),
        ("Merklín čp. 45", Query(("merklin",), numbers=("45",), open_end=False)),
        ("Merklín č. p. 45", Query(("merklin",), numbers=("45",), open_end=False)),
        ("Merklín č.ev. 45", Query(("merklin",), numbers=("45",), open_end=False)),
        ("nám. Míru", Query(("miru",), kinds=("namesti",))),
        ("Masarykovo nám", Query(("masarykovo", "nam"))),
        ("Masarykovo nám. ", Query(("masarykovo",), kinds=("namesti",), open_end=False)),
        ("náměstí", Query(("namesti",))),
        ("", Query(())),
        ("%_'\"\x00\\", Query(())),
    ],
)
def test_parse_address_takes_words_and_numbers_apart(text: str, query: Query) -> None:
    assert parse_address(text) == query


@pytest.mark.parametrize(("text", "last"), [("Pala", "pala"), ("Palackého 1", ""), ("Palackého 1 St", "st"), ("", "")])
def test_last_word_may_be_unfinished_unless_something_follows(text: str, last: str) -> None:
    assert parse_address(text).last == last


@given(st.text(max_size=400))
def test_parse_address_of_any_text_is_bounded(text: str) -> None:
    query = parse_address(text)
    assert len(query.words) <= MOST_WORDS
    assert all(word.isalnum() for word in query.words)


@given(LETTERS, st.integers(1, 9999), LETTERS)
def test_parse_address_finds_the_number_wherever_it_stands(street: str, number: int, place: str) -> None:
    first = parse_address(f"{number} x{street}, x{place}")
    middle = parse_address(f"x{street} {number}, x{place}")
    assert (first.words, first.numbers) == (middle.words, middle.numbers)


def test_number_key_has_no_spaces_and_small_letters() -> None:
    assert number_key("1084 / 12 A") == "1084/12a"


def test_street_words_come_back() -> None:
    assert words_of(street_words("Nám. Míru", "Horní Bříza")) == (["nam", "miru"], ["horni", "briza"])


def test_deletions_of_a_short_word_are_only_itself() -> None:
    assert deletions("aba") == {"aba"}


def test_deletions_leave_out_each_letter() -> None:
    assert deletions("abcd") == {"abcd", "bcd", "acd", "abd", "abc"}


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("husova", "husova", True),
        ("husova", "husovy", True),
        ("husova", "husov", True),
        ("husova", "hhusova", True),
        ("husova", "husvoa", True),
        ("uhsova", "husova", True),
        ("abcd", "badc", False),
        ("abcd", "abxy", False),
        ("abc", "abcde", False),
        ("", "a", True),
    ],
)
def test_one_edit_apart_counts_edits(one: str, other: str, near: bool) -> None:
    assert one_edit_apart(one, other) is near
    assert one_edit_apart(other, one) is near


@given(st.text("abcd", min_size=4, max_size=8), st.text("abcd", min_size=4, max_size=8))
def test_words_one_edit_apart_share_a_deletion(one: str, other: str) -> None:
    if one_edit_apart(one, other):
        assert deletions(one) & deletions(other) != set()
