"""How well a street or a house number fits what was typed. Pure: no Django."""

from __future__ import annotations

from dataclasses import dataclass

from region.address_words import SHORTEST_WITH_TYPOS, Query, is_kind, number_key, one_edit_apart, words_of

EXACT, CONTINUED, MISTYPED, ABSENT = range(4)
SAME_NUMBER, HALF_NUMBER, BEGUN_NUMBER, OTHER_NUMBER = range(4)


@dataclass(frozen=True, slots=True)
class Fit:
    """How a street fits a query. Lower ``rank`` is better; ``number`` is what is left as the house number.

    ``certain``: every word typed stands in it exactly. ``whole``: certain, and the street's name has no other word.
    ``place_left``: words of the place that were not typed, counted only when some were.
    """

    rank: tuple[int, ...]
    number: str
    typos: int
    certain: bool
    whole: bool
    place_left: int


def fit(query: Query, *, stored: str, addresses_count: int) -> Fit | None:
    """Compare a query with a street's stored words; nothing when a word is not in it at all.

    Order: fewest typing errors, ordinals of the name met, fewest unfinished words, fewest words not typed, the right
    kind (street, square), more addresses.
    """
    name, place = words_of(stored)
    qualities = [_quality(word, [*name, *place], open_end=word == query.last) for word in query.words]
    if ABSENT in qualities:
        return None
    typed = {*query.words, *query.kinds}
    missing_ordinals = [ordinal for ordinal in query.ordinals if ordinal not in name]
    numbers = _without_name_numbers(query, name)
    unmet = [word for word in name if not _met(word, query) and not is_kind(word)]
    kinds = {word for word in name if is_kind(word)} ^ {word for word in query.kinds if is_kind(word)}
    typos, continued = qualities.count(MISTYPED), qualities.count(CONTINUED)
    certain = typos == continued == 0 and not missing_ordinals
    place_left = len(set(place) - typed) if typed & set(place) else 0
    rank = (typos, len(missing_ordinals), continued, len(unmet), len(kinds), place_left, -addresses_count)
    number = (numbers or missing_ordinals or [""])[-1]
    return Fit(
        rank, number, typos, certain, certain and not set(name) - typed - {*query.numbers, *query.ordinals}, place_left
    )


def number_fit(typed: str, number: str) -> int:
    """How a house number fits: the same, one of its halves (1084/12), only its beginning, not at all."""
    key = number_key(number)
    if key == typed:
        return SAME_NUMBER
    if typed in key.split("/"):
        return HALF_NUMBER
    bare = typed.rstrip("abcdefghijklmnopqrstuvwxyz")
    if any(half.startswith(typed) for half in (key, *key.split("/"))) or bare in (key, *key.split("/")):
        return BEGUN_NUMBER
    return OTHER_NUMBER


def _quality(word: str, words: list[str], *, open_end: bool) -> int:
    if word in words:
        return EXACT
    if open_end and any(other.startswith(word) for other in words):
        return CONTINUED
    if len(word) >= SHORTEST_WITH_TYPOS and any(one_edit_apart(word, other) for other in words):
        return MISTYPED
    return ABSENT


def _met(word: str, query: Query) -> bool:
    """Whether a word of a street's name was typed in some way."""
    if word in query.words or word in query.kinds or word in query.numbers or word in query.ordinals:
        return True
    begun = bool(query.last) and word.startswith(query.last)
    return begun or any(len(typed) >= SHORTEST_WITH_TYPOS and one_edit_apart(typed, word) for typed in query.words)


def _without_name_numbers(query: Query, name: list[str]) -> list[str]:
    """Typed numbers less those that belong to the name: "17 listopadu 5" leaves 5."""
    left = list(query.numbers)
    for word in name:
        if word in left and word not in query.ordinals:
            left.remove(word)
    return left
