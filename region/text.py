"""Words as machines compare them: folding, stems for search, order of the alphabet. Pure: no Django."""

from __future__ import annotations

import re
import unicodedata

import snowballstemmer

ALGORITHMS = {"cs": "czech", "pl": "polish", "en": "english"}
# Letters whose stroke or shape is no combining mark, so that Unicode does not take it apart.
_LETTERS = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"})
_TOKEN = re.compile(r"[^\W_]+")
_COUNTRY_CODE = re.compile(r"\+(?:420|48|421|49|43)")
# Longer words are no words of a language; the columns of the address index hold this many letters.
LONGEST_WORD = 60
_ALPHABETS = {
    "CZ": ("a", "b", "c", "č", "d", "e", "f", "g", "h", "ch", *"ijklmnopqr", "ř", "s", "š", *"tuvwxyz", "ž"),
    "PL": tuple("aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż"),
}


def fold(text: str) -> str:
    """Text in lower case without diacritics: "Łódź" → "lodz", "Příčná" → "pricna"."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).lower().translate(_LETTERS))
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).translate(_LETTERS)


def tokens(text: str) -> list[str]:
    """Runs of letters and digits, in lower case, in their order; nothing longer than ``LONGEST_WORD``."""
    return [token[:LONGEST_WORD] for token in _TOKEN.findall(unicodedata.normalize("NFKC", text).lower())]


def folded_tokens(text: str) -> list[str]:
    """The same without diacritics: the words of the address index."""
    return [token[:LONGEST_WORD] for token in _TOKEN.findall(fold(text))]


def search_terms(text: str, language: str) -> list[str]:
    """What a text is found by: for every token its folded stem, then the folded word where the two differ.

    ``language`` is cs, pl or en. The same function serves the index and the query, joined by OR. The unstemmed form is
    kept because a Czech or Polish stemmer needs diacritics that people often leave out ("Plzen" must find "Plzeň").
    """
    found: list[str] = []
    # A stemmer keeps the word it works on, so each call has its own: threads must not meet in it.
    stemmer = snowballstemmer.stemmer(ALGORITHMS.get(language[:2], "english"))
    for token in tokens(text):
        found.extend(dict.fromkeys((fold(stemmer.stemWord(token)), fold(token))))
    return found


def search_text(text: str, language: str) -> str:
    """``search_terms`` joined by spaces, for a text column or a full-text query."""
    return " ".join(search_terms(text, language))


def alphabet_key(text: str, country: str) -> tuple[tuple[int, ...], str]:
    """Sort key in the alphabet of the country (CZ or PL); letters it does not list stand with their plain form.

    Czech: ch after h; č, ř, š, ž are letters of their own (ČSN 97 6030), á, ď, ě and others are not.
    """
    alphabet = _ALPHABETS.get(country, _ALPHABETS["CZ"])
    places = {letter: index for index, letter in enumerate(alphabet, start=1)}
    low = unicodedata.normalize("NFC", text.lower())
    key: list[int] = []
    position = 0
    while position < len(low):
        pair, letter = low[position : position + 2], low[position]
        taken = pair if pair in places and len(pair) == 2 else letter
        key.append(_place(taken, places))
        position += len(taken)
    return tuple(key), low


def _place(letter: str, places: dict[str, int]) -> int:
    """Place in the alphabet; spaces and signs come first, digits before letters."""
    if letter in places:
        return places[letter] + 20
    if letter.isdigit():
        return 1 + int(letter) if letter.isdecimal() else 1
    return places.get(fold(letter)[:1], -20) + 20


def natural_key(code: str) -> tuple[tuple[int, int, str], ...]:
    """Sort key of a code with numbers in it: 2 before 10, 3a after 3."""
    parts = re.findall(r"\d+|\D+", code)
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part.lower()) for part in parts)


def telephone(written: str) -> str:
    """A telephone number in groups of three with no-break spaces; the country code, when written, stands apart."""
    digits = re.sub(r"[^\d+]", "", written)
    code = _COUNTRY_CODE.match(digits)
    prefix, rest = (code.group(), digits[code.end() :]) if code else ("", digits)
    return "\u00a0".join(part for part in (prefix, *re.findall(r"\d{1,3}", rest)) if part)
