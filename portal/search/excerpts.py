"""The place of a text that answers a query, with the words that do. Pure."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from region.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from portal.search.words import Wanted

LENGTH = 220
# Words in front of the first hit, so that the sentence can be understood.
LEAD = 60
MOST_HITS = 60
# Shorter stems stand only for themselves: "v" must not mark every word that begins with it.
SHORTEST_STEM = 4
# Letters and their plain form, one for one, so that places in the folded text are places in the text.
_PLAIN = {code: fold(chr(code))[:1] or chr(code) for code in (*range(0x41, 0x5B), *range(0xC0, 0x250))}


class Piece(NamedTuple):
    """A run of text; ``is_hit`` when it is a word that was looked for."""

    text: str
    is_hit: bool = False


def pattern(wanted: Iterable[Wanted]) -> re.Pattern[str] | None:
    """What marks the words of a query in a folded text; None for a query without words."""
    terms = {term for word in wanted for term in (*word.terms, *([word.prefix] if word.prefix else []))}
    longest_first = sorted(terms, key=len, reverse=True)
    parts = [re.escape(term) + (r"\w*" if len(term) >= SHORTEST_STEM else "") for term in longest_first]
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)") if parts else None


def marked(text: str, hits: re.Pattern[str] | None) -> list[Piece]:
    """The whole text in pieces, hits apart from the rest."""
    text = unicodedata.normalize("NFC", text)
    return _cut(text, 0, len(text), _places(text, hits))


def excerpt(text: str, hits: re.Pattern[str] | None, length: int = LENGTH) -> list[Piece]:
    """About ``length`` letters around the place with the most different hits; the beginning when there is none."""
    text = " ".join(unicodedata.normalize("NFC", text).split())
    places = _places(text, hits)
    start = max(0, _best(text, places, length) - LEAD)
    start = text.rfind(" ", 0, start + 1) + 1 if start else 0
    end = min(len(text), start + length)
    end = end if end == len(text) else max(text.rfind(" ", start, end), start + length // 2)
    pieces = _cut(text, start, end, places)
    return [*([Piece("… ")] if start else []), *pieces, *([Piece(" …")] if end < len(text) else [])]


def _places(text: str, hits: re.Pattern[str] | None) -> list[tuple[int, int]]:
    if hits is None:
        return []
    found = hits.finditer(text.translate(_PLAIN))
    return [match.span() for _, match in zip(range(MOST_HITS), found, strict=False)]


def _best(text: str, places: Sequence[tuple[int, int]], length: int) -> int:
    def distinct(start: int) -> int:
        return len(
            {
                text[a:b].translate(_PLAIN)[:SHORTEST_STEM]
                for a, b in places
                if start <= a and b <= start + length - LEAD
            }
        )

    return max((start for start, _ in places), key=distinct, default=0)


def _cut(text: str, start: int, end: int, places: Sequence[tuple[int, int]]) -> list[Piece]:
    pieces: list[Piece] = []
    at = start
    for begin, stop in places:
        if begin < at or stop > end:
            continue
        pieces += [Piece(text[at:begin]), Piece(text[begin:stop], is_hit=True)]
        at = stop
    pieces.append(Piece(text[at:end]))
    return [piece for piece in pieces if piece.text]
