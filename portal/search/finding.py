"""Reading the site search: what matches, in which order, and what else the reader may have meant."""

from __future__ import annotations

import difflib
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Case, Count, F, IntegerField, Max, Q, Value, When
from django.db.models.functions import Coalesce

from portal.search.models import HEAD, SearchEntry, SearchKind, SearchWord
from portal.search.words import Wanted, clean_query, wanted_words
from region.text import fold, tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

# A prefix may stand for many words: the most frequent are enough.
MOST_WORDS_OF_PREFIX = 200
CLOSE_ENOUGH = 0.74
# Two words in a text weigh a little more than one in a title (see the weights in words.py).
OCCURS = 12


@dataclass(frozen=True, slots=True)
class Group:
    """One word of the query: the words of the index that answer it, and how telling it is (rare words tell more)."""

    words: frozenset[str]
    rarity: int


@dataclass(frozen=True, slots=True)
class Found:
    """What a query found in a language: how many of each kind, and the entries of the chosen kind, best first."""

    query: str
    wanted: tuple[Wanted, ...]
    counts: dict[str, int]
    entries: QuerySet[SearchEntry]
    meant: str

    @property
    def total(self) -> int:
        """Entries of all kinds."""
        return sum(self.counts.values())


def search(query: str, *, language: str, kind: str = "") -> Found:
    """Everything of ``language`` in which any word of ``query`` occurs, ranked; the entries are read when iterated.

    Ranked by the words that occur, each counted by its place (title before note before text) and its rarity; newer
    before older among equals. 2 queries, one more when a word is unknown; reading a page of entries is one more.
    """
    query = clean_query(query)
    wanted = wanted_words(query, language)
    frequency = _frequency(wanted, language) if wanted else {}
    groups = [group for word in wanted if (group := _group(word, frequency))]
    matching = SearchEntry.objects.filter(language=language)
    every_word = frozenset().union(*(group.words for group in groups))
    counts = _counts(matching, every_word) if every_word else {}
    shown = matching.filter(kind=kind) if kind else matching
    entries = _ranked(shown, groups, every_word) if every_word else matching.none()
    unknown = [word for word in wanted if not _group(word, frequency)]
    return Found(query, wanted, counts, entries, _meant(query, unknown, language) if unknown else "")


def _frequency(wanted: Sequence[Wanted], language: str) -> dict[str, int]:
    """In how many entries each word of the index occurs that answers the query."""
    exact = Q(word__in=[term for word in wanted for term in word.terms])
    prefix = wanted[-1].prefix
    begins = Q(head=prefix[:HEAD], word__startswith=prefix) if prefix else Q(pk__in=[])
    rows = SearchWord.objects.filter(exact | begins, language=language).values_list("word").annotate(n=Count("pk"))
    return dict(rows.order_by("-n", "word")[: MOST_WORDS_OF_PREFIX + 2 * len(wanted)])


def _group(word: Wanted, frequency: dict[str, int]) -> Group | None:
    found = frozenset(
        known for known in frequency if known in word.terms or (word.prefix and known.startswith(word.prefix))
    )
    if not found:
        return None
    often = max(frequency[known] for known in found)
    # Whole numbers, so that every database sorts alike: 100 for a word that occurs once, 15 for one that is everywhere.
    return Group(found, max(15, 100 - round(18 * math.log(often))))


def _counts(matching: QuerySet[SearchEntry], words: frozenset[str]) -> dict[str, int]:
    rows = matching.filter(words__word__in=words).values_list("kind").annotate(n=Count("pk", distinct=True))
    found = dict(rows.order_by())
    return {kind: found[kind] for kind in SearchKind.values if kind in found}


def _ranked(entries: QuerySet[SearchEntry], groups: Sequence[Group], words: frozenset[str]) -> QuerySet[SearchEntry]:
    found = entries.filter(words__word__in=words).annotate(score=sum((_points(group) for group in groups), Value(0)))
    found = found.order_by("-score", F("date").desc(nulls_last=True), "title", "pk")
    return found.select_related("page").only(
        *("language", "kind", "title", "note", "text", "date", "url", "is_example", "page__url_path")
    )


def _points(group: Group) -> Any:
    """What an entry gets for one word of the query: something for having it at all, more for where it has it."""
    place = When(words__word__in=group.words, then=F("words__weight") + OCCURS)
    return Coalesce(Max(Case(place, output_field=IntegerField())), 0) * group.rarity


def _meant(query: str, unknown: Sequence[Wanted], language: str) -> str:
    """The query with its unknown words replaced by the most alike words of titles; empty when there are none."""
    first_letters = Q()
    for word in unknown:
        first_letters |= Q(head__startswith=fold(word.typed)[:1])
    rows = SearchWord.objects.filter(first_letters, language=language).exclude(form="")
    forms = dict(rows.order_by("word", "form").values_list("word", "form").distinct())
    better = {word.typed: _most_alike(fold(word.typed), forms) for word in unknown}
    if not any(better.values()):
        return ""
    return " ".join(better.get(token) or token for token in tokens(query))


def _most_alike(folded: str, forms: dict[str, str]) -> str:
    found = difflib.get_close_matches(folded, list(forms), n=1, cutoff=CLOSE_ENOUGH)
    return forms[found[0]] if found else ""
