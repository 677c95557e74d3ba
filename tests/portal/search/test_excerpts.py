"""The place of a text that answers a query."""

from __future__ import annotations

import time

from portal.search.excerpts import Piece, excerpt, marked, pattern
from portal.search.words import wanted_words


def words(pieces: list[Piece]) -> list[str]:
    return [piece.text for piece in pieces if piece.is_hit]


def whole(pieces: list[Piece]) -> str:
    return "".join(piece.text for piece in pieces)


def test_words_looked_for_are_marked_as_written() -> None:
    assert marked("Bezpečná Plzeň", pattern(wanted_words("plzen", "cs"))) == [
        Piece("Bezpečná ", False),
        Piece("Plzeň", True),
    ]


def test_inflected_words_are_marked() -> None:
    assert words(marked("o bezpečném kraji", pattern(wanted_words("bezpečný", "cs")))) == ["bezpečném"]


def test_beginning_of_a_longer_word_is_marked_by_the_last_word() -> None:
    assert words(marked("Domažlicko", pattern(wanted_words("domaž", "cs")))) == ["Domažlicko"]


def test_short_word_marks_only_itself() -> None:
    assert words(marked("v kraji velmi", pattern(wanted_words("v kraji", "cs")))) == ["v", "kraji"]


def test_nothing_is_marked_without_a_query() -> None:
    assert (pattern(()), marked("text", None)) == (None, [Piece("text", False)])


def test_pieces_make_up_the_text_again() -> None:
    text = "Straße Łódź, Plzeň & <b>policie</b> – ﬁ İ"
    assert whole(marked(text, pattern(wanted_words("policie lodz", "cs")))) == text


def test_excerpt_begins_before_the_first_hit_at_a_word() -> None:
    text = "slovo " * 100 + "hledané místo " + "konec " * 100
    found = excerpt(text, pattern(wanted_words("hledané", "cs")))
    assert words(found) == ["hledané"]
    assert found[0] == Piece("… ", False)
    assert found[1].text.startswith("slovo")
    assert found[-1] == Piece(" …", False)
    assert len(whole(found)) <= 224


def test_excerpt_prefers_the_place_with_most_different_words() -> None:
    text = "policie " + "x " * 200 + "policie v Plzni " + "x " * 200
    assert words(excerpt(text, pattern(wanted_words("policie Plzeň", "cs")))) in (["policie", "Plzni"], ["policie"])
    assert words(excerpt(text.replace("Plzni", "Plzeň"), pattern(wanted_words("policie Plzeň", "cs")))) == [
        "policie",
        "Plzeň",
    ]


def test_excerpt_without_a_hit_is_the_beginning() -> None:
    assert whole(excerpt("slovo " * 100, pattern(wanted_words("nic", "cs")))).startswith("slovo slovo")


def test_short_text_is_its_own_excerpt() -> None:
    assert excerpt("krátký  text", None) == [Piece("krátký text", False)]


def test_long_word_without_spaces_is_cut() -> None:
    assert len(whole(excerpt("x" * 10_000, None))) == 112


def test_long_text_full_of_hits_is_quick() -> None:
    started = time.perf_counter()
    excerpt("policie " * 6000, pattern(wanted_words("policie", "cs")))
    assert time.perf_counter() - started < 0.2
