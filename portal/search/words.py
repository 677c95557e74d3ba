"""From texts to weighted words, and from a query to what it looks for. Pure: no database."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from region.text import LONGEST_WORD, fold, search_terms, tokens

# A word of the title says more than one of the note (function, place), that one more than one of the text.
TITLE_WEIGHT = 8
NOTE_WEIGHT = 4
MOST_TEXT_WEIGHT = 3
LONGEST_QUERY = 400
MOST_QUERY_WORDS = 10
# From this many letters on, the last word of a query also stands for every word that begins with it.
SHORTEST_PREFIX = 3
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Wanted:
    """One word of a query: as typed, what it may be in the index, and the prefix that counts too (or nothing)."""

    typed: str
    terms: tuple[str, ...]
    prefix: str = ""


@lru_cache(maxsize=50_000)
def terms_of(token: str, language: str) -> tuple[str, ...]:
    """What one word is found by: folded stem and folded word; remembered, since stemming is slow."""
    return tuple(dict.fromkeys(search_terms(token, language)))


def weights(*, title: str, note: str, text: str, language: str) -> dict[str, int]:
    """Every word and stem with its weight: of the title (more in a short one), of the note, how often in the text."""
    found: Counter[str] = Counter()
    for term, count in _counted(text, language).items():
        found[term] += min(count, MOST_TEXT_WEIGHT)
    for term in _counted(note, language):
        found[term] += NOTE_WEIGHT
    in_title = tokens(title)
    for term in _counted(title, language):
        found[term] += TITLE_WEIGHT + TITLE_WEIGHT // len(in_title)
    return dict(found)


def _counted(text: str, language: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for token, count in Counter(tokens(text)).items():
        for term in terms_of(token, language):
            found[term] += count
    return found


def written_forms(title: str) -> dict[str, str]:
    """Folded words of a title with the way it writes them: "plzen" → "Plzeň"."""
    written = _WORD.findall(unicodedata.normalize("NFC", title))
    return {fold(form)[:LONGEST_WORD]: form[:LONGEST_WORD] for form in written}


def wanted_words(query: str, language: str) -> tuple[Wanted, ...]:
    """What a query looks for: its first distinct words; signs and what is longer than a sentence do not count."""
    typed = list(dict.fromkeys(tokens(clean_query(query))))[:MOST_QUERY_WORDS]
    return tuple(
        Wanted(token, terms_of(token, language), _prefix(token) if place == len(typed) else "")
        for place, token in enumerate(typed, start=1)
    )


def _prefix(token: str) -> str:
    folded = fold(token)
    return folded if len(folded) >= SHORTEST_PREFIX else ""


def clean_query(query: str) -> str:
    """The query as it is shown and searched: no control characters, one space between words, of a bearable length."""
    printable = "".join(letter if letter.isprintable() else " " for letter in query[: 4 * LONGEST_QUERY])
    return " ".join(printable.split())[:LONGEST_QUERY].strip()
