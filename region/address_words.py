"""How a typed address is taken apart, and how its words are compared. Pure: no Django."""

from __future__ import annotations

import re
from dataclasses import dataclass

from region.text import fold, folded_tokens

# Shorter words have too many neighbours one letter away.
SHORTEST_WITH_TYPOS = 4
# Nobody types a longer address; more words only cost time.
LONGEST_ADDRESS = 200
MOST_WORDS = 8
LONGEST_STORED = 300

# Words that say what kind of a thing a street or a number is: they help, but an address is found without them.
_KINDS = frozenset(
    {
        "ulice",
        "ulica",
        "ul",
        "namesti",
        "nam",
        "plac",
        "pl",
        "trida",
        "tr",
        "aleja",
        "al",
        "aleje",
        "osiedle",
        "os",
        "obec",
        "mesto",
        "gmina",
        "miasto",
        "okres",
        "powiat",
    }
)
# How the abbreviations are written out in registers.
_LONG_FORMS = {"nam": "namesti", "tr": "trida", "pl": "plac", "al": "aleja", "os": "osiedle"}
# Czech post codes stand before a place (349 01 Stříbro), Polish ones have a hyphen (30-059).
_POST_CODE = re.compile(r"(?<![\w/])(?:\d{3} ?\d{2}(?=\s+[^\W\d_])|\d{2}-\d{3})(?![\w/-])")
# 12, 12a, 1084/12, 1084/12a
_NUMBER = re.compile(r"(?<![\w/])\d{1,5}(?:\s?/\s?\d{1,4})?\s?[a-z]?(?![\w/])")
# What stands before a number to say what kind of a number it is: čp. 5, č. p. 5, č. ev. 5, nr 5
_NUMBER_SIGN = re.compile(r"(?<![\w])(?:c\.?\s?(?:p|e|ev|d)?|ev|nr)\.?\s*(?=\d)")
_ORDINAL = re.compile(r"(?<![\w/])\d{1,2}(?=\.\s*[^\W\d_]{2})")


@dataclass(frozen=True, slots=True)
class Query:
    """A typed address: words that must be found, words of kind that help, numbers of a house or of a name."""

    words: tuple[str, ...]
    kinds: tuple[str, ...] = ()
    ordinals: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    open_end: bool = True

    @property
    def last(self) -> str:
        """The word that may still be unfinished: the last one, unless something follows it."""
        return self.words[-1] if self.words and self.open_end else ""


def parse_address(text: str) -> Query:
    """Take apart "Palackého 12, Stříbro", "12 Palackého", "17. listopadu 5", "349 01 Stříbro"; never fails."""
    plain = _NUMBER_SIGN.sub(" ", _POST_CODE.sub(" ", fold(text[:LONGEST_ADDRESS].replace("\x00", " "))))
    ordinals = tuple(match.group() for match in _ORDINAL.finditer(plain))
    rest = _ORDINAL.sub(" ", plain)
    numbers = tuple(number_key(match.group()) for match in _NUMBER.finditer(rest))
    found = list(dict.fromkeys(folded_tokens(_NUMBER.sub(" ", rest))))[:MOST_WORDS]
    # An abbreviation at the very end may be the beginning of a name: "Husova 1 Pl" goes on to Plzeň.
    begun = found[-1] if found and found[-1] in _LONG_FORMS and plain[-1:].isalpha() else ""
    words = tuple(word for word in found if word not in _KINDS or word == begun)
    kinds = tuple(_LONG_FORMS.get(word, word) for word in found if word in _KINDS and word != begun)
    if not words:
        return Query(kinds, (), ordinals, numbers, open_end=not _ends_in_number(plain))
    return Query(words, kinds, ordinals, numbers, open_end=found[-1] in words and not _ends_in_number(plain))


def is_kind(word: str) -> bool:
    """Whether a folded word only says what kind of a thing a street or a number is."""
    return word in _KINDS


def street_words(name: str, place: str) -> str:
    """What a street is found by, as stored: folded words of its name, a bar, folded words of its place."""
    return f"{' '.join(folded_tokens(name))}|{' '.join(folded_tokens(place))}"[:LONGEST_STORED]


def words_of(stored: str) -> tuple[list[str], list[str]]:
    """Words of the name and words of the place from a text made by ``street_words``."""
    name, _bar, place = stored.partition("|")
    return name.split(), place.split()


def number_key(text: str) -> str:
    """A house number as it is compared: lower case, without spaces ("1084 / 12 A" → "1084/12a")."""
    return re.sub(r"\s+", "", text.lower())


def _ends_in_number(plain: str) -> bool:
    """Whether the last thing typed is a house number, so that no word is unfinished."""
    typed = plain.rstrip(" .,")
    return any(match.end() == len(typed) for match in _NUMBER.finditer(typed))


def deletions(word: str) -> set[str]:
    """The word itself and, when it is long enough to allow a typing error, the word with any one letter left out."""
    if len(word) < SHORTEST_WITH_TYPOS:
        return {word}
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}


def one_edit_apart(one: str, other: str) -> bool:
    """Whether a single letter was added, left out, changed or swapped with its neighbour (or nothing at all).

    Two words with a common deletion may be two edits apart; this is the exact test (optimal string alignment ≤ 1).
    """
    if abs(len(one) - len(other)) > 1:
        return False
    start = _common_start(one, other)
    a, b = one[start:], other[start:]
    if a[1:] == b[1:] or a[1:] == b or a == b[1:]:
        return True
    return a[:2] == b[:2][::-1] and a[2:] == b[2:]


def _common_start(one: str, other: str) -> int:
    for place, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            return place
    return min(len(one), len(other))
