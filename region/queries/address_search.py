"""Finding an address in the offline index: whatever the accents, one typing error in a word, at most four queries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache, reduce
from operator import add, and_
from string import ascii_lowercase

from django.db.models import Exists, ExpressionWrapper, IntegerField, OuterRef, Q, QuerySet
from django.db.models.functions import Cast, Length

from region.address_ranking import HALF_NUMBER, OTHER_NUMBER, SAME_NUMBER, Fit, fit, number_fit
from region.address_words import SHORTEST_WITH_TYPOS, Query, deletions, one_edit_apart, parse_address
from region.models import Address, AddressWord, Street, StreetWord, Town, WordVariant
from region.text import folded_tokens, natural_key

SHORTEST_PREFIX = 2
# Continuations of the last word that are tried (the most frequent), streets read for ranking, streets whose houses are
# read, houses read, towns offered: together they bound the work, whatever is typed.
MOST_CONTINUED = 64
MOST_STREETS = 60
MOST_WITH_HOUSES = 30
MOST_HOUSES = 400
MOST_TOWNS = 5


class HitKind(StrEnum):
    """What was found."""

    ADDRESS = "address"
    STREET = "street"
    TOWN = "town"


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found. An address has a point (WGS84 degrees), a street its key, a town the slug of its page."""

    kind: HitKind
    label: str
    street_id: int | None = None
    lon: float | None = None
    lat: float | None = None
    slug: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """Hits, best first. ``sure``: the only one that can be meant (no typing error, nothing else as good).

    ``number_unknown``: the street is known, the house number is not.
    """

    hits: tuple[Hit, ...] = ()
    sure: Hit | None = None
    number_unknown: bool = False


@dataclass(frozen=True, slots=True)
class Meaning:
    """Words of the index that one typed word may stand for, and an upper bound of the streets they lead to."""

    typed: str
    words: tuple[str, ...]
    streets_count: int
    is_cut: bool = False

    def condition(self) -> Q:
        """Condition on the postings; where there are too many continuations to list, on the beginning of the word."""
        return Q(word__hasprefix=self.typed) | Q(word__in=self.words) if self.is_cut else Q(word__in=self.words)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A street that fits."""

    pk: int
    name: str
    place: str
    fit: Fit

    def label(self, number: str = "") -> str:
        """Street or house as people write it."""
        if not self.name:
            return f"{self.place} {number}".strip()
        return f"{self.name} {number}, {self.place}" if number else f"{self.name}, {self.place}"

    def as_hit(self) -> Hit:
        """The street itself."""
        return Hit(HitKind.STREET, self.label(), street_id=self.pk)


@dataclass(frozen=True, slots=True)
class House:
    """A house whose number fits, with its street."""

    hit: Hit
    street: Candidate
    fitting: int

    def order(self) -> tuple[object, ...]:
        """Key for sorting: the better street, the better number, the bigger street, the number."""
        return (*self.street.fit.rank[:-1], self.fitting, self.street.fit.rank[-1], natural_key(self.hit.label))


@dataclass(frozen=True, slots=True)
class TownName:
    """What a town is found by. ``is_shared``: another town bears the same name."""

    name: str
    slug: str
    county_part: str
    is_shared: bool = False

    @property
    def folded(self) -> str:
        """Words of the name without accents."""
        return " ".join(_folded_words(self.name))

    def fits(self, query: Query) -> bool:
        """Whether every typed word stands in the name or the part of the county, at least one in the name."""
        name, part = self.folded, " ".join(_folded_words(self.county_part))
        return any(word in name for word in query.words) and all(word in name or word in part for word in query.words)

    def is_named(self, query: Query) -> bool:
        """Whether the whole name was typed, and nothing else but words of the part of the county."""
        name = {*_folded_words(self.name)}
        return name <= {*query.words, *query.kinds} and {*query.words} - name <= {*_folded_words(self.county_part)}

    def as_hit(self) -> Hit:
        """The town itself; where two bear the name, with its part of the county."""
        label = f"{self.name} ({self.county_part})" if self.is_shared and self.county_part else self.name
        return Hit(HitKind.TOWN, label, slug=self.slug)


@lru_cache(maxsize=4096)
def _folded_words(text: str) -> tuple[str, ...]:
    """Words of a name of a town without accents: the same few names are looked through at every letter typed."""
    return tuple(folded_tokens(text))


def search(text: str, *, limit: int = 10) -> Found:
    """Look up a typed address. At most four queries: words, endings of the last one, streets, houses or towns."""
    query = parse_address(text)
    if not query.words or max(map(len, query.words)) < SHORTEST_PREFIX:
        return Found()
    candidates = _candidates(query)
    with_houses = [candidate for candidate in candidates if candidate.fit.number][:MOST_WITH_HOUSES]
    houses = _houses(with_houses) if with_houses else []
    if houses:
        return Found(tuple(house.hit for house in houses[:limit]), _sure_house(houses))
    streets = tuple(candidate.as_hit() for candidate in candidates)
    if with_houses:
        return Found(streets[:limit], number_unknown=True)
    towns = _towns(query)
    return Found((*(town.as_hit() for town in towns), *streets)[:limit], _sure_place(query, towns, candidates))


def addresses_of(street_id: int) -> tuple[Hit, ...]:
    """Every house of a street in the order of numbers; nothing for an unknown street."""
    rows = Address.objects.filter(street_id=street_id).select_related("street")[:MOST_HOUSES]
    hits = [Hit(HitKind.ADDRESS, row.number, street_id, row.lon, row.lat) for row in rows]
    return tuple(sorted(hits, key=lambda hit: natural_key(hit.label)))


def _meanings(query: Query) -> list[Meaning] | None:
    """What each typed word may stand for; nothing when one stands for nothing at all."""
    variants = set().union(*(deletions(word) for word in query.words))
    rows = list(WordVariant.objects.filter(variant__in=variants).values_list("word", "streets_count").distinct())
    continued = _continued(query.last)
    found = [_meaning(word, rows, continued if word == query.last else []) for word in query.words]
    return found if all(meaning.words for meaning in found) else None


def _meaning(typed: str, rows: list[tuple[str, int]], continued: list[tuple[str, int]]) -> Meaning:
    words = {
        word: count
        for word, count in rows
        if word == typed or (len(typed) >= SHORTEST_WITH_TYPOS and one_edit_apart(typed, word))
    }
    words.update(continued)
    return Meaning(typed, tuple(words), sum(words.values()), is_cut=len(continued) >= MOST_CONTINUED)


def _continued(last: str) -> list[tuple[str, int]]:
    """The most frequent words that begin with the last one typed."""
    if not last:
        return []
    words = AddressWord.objects.filter(word__hasprefix=last).order_by("-streets_count", "word")
    return list(words.values_list("word", "streets_count")[:MOST_CONTINUED])


def _candidates(query: Query) -> list[Candidate]:
    """Streets in which every typed word stands, best first; those with typing errors only if there are no others."""
    meanings = _meanings(query)
    if meanings is None:
        return []
    rows = _streets(meanings).values_list("pk", "name", "place", "folded", "addresses_count")[:MOST_STREETS]
    found = []
    for pk, name, place, stored, count in rows:
        fitting = fit(query, stored=stored, addresses_count=count)
        if fitting:
            found.append(Candidate(pk, name, place, fitting))
    found.sort(key=lambda candidate: (candidate.fit.rank, candidate.place, candidate.name))
    fewest = min((candidate.fit.typos for candidate in found), default=0)
    return [candidate for candidate in found if candidate.fit.typos == fewest]


def _streets(meanings: Sequence[Meaning]) -> QuerySet[Street]:
    """Streets with all the words: the rarest leads, the others are looked up by street. Exact words come first."""
    rarest = min(meanings, key=lambda meaning: (meaning.is_cut, meaning.streets_count))
    rows = Street.objects.filter(pk__in=StreetWord.objects.filter(word__in=rarest.words).values("street"))
    postings = StreetWord.objects.filter(street=OuterRef("pk"))
    others = [Exists(postings.filter(meaning.condition())) for meaning in meanings if meaning is not rarest]
    exact = [
        Cast(Exists(postings.filter(word=meaning.typed)), IntegerField())
        for meaning in meanings
        if meaning.words != (meaning.typed,)
    ]
    if others:
        rows = rows.filter(reduce(and_, map(Q, others)))
    if exact:
        score = ExpressionWrapper(reduce(add, exact), IntegerField())
        return rows.annotate(score=score).order_by("-score", "-addresses_count", "pk")
    return rows.order_by("-addresses_count", "pk")


def _houses(candidates: Sequence[Candidate]) -> list[House]:
    """Houses of the streets whose number fits, best street and number first."""
    wanted = Q()
    for number in {candidate.fit.number for candidate in candidates}:
        digits = number.partition("/")[0].rstrip(ascii_lowercase)
        wanted |= Q(number__startswith=digits) | Q(number__contains=f"/{digits}")
    streets = {candidate.pk: candidate for candidate in candidates}
    rows = Address.objects.filter(wanted, street_id__in=streets).order_by(Length("number"), "pk")
    houses = []
    for street_id, number, lon, lat in rows.values_list("street_id", "number", "lon", "lat")[:MOST_HOUSES]:
        street = streets[street_id]
        fitting = number_fit(street.fit.number, number)
        if fitting != OTHER_NUMBER:
            houses.append(House(Hit(HitKind.ADDRESS, street.label(number), street_id, lon, lat), street, fitting))
    return sorted(houses, key=House.order)


def _towns(query: Query) -> list[TownName]:
    """Towns in whose name (or name and part of the county) stand all the words; the whole name first, then beginnings.

    The table holds tens of towns, so it is read whole: the database cannot compare names without their accents.
    """
    typed = " ".join(query.words)
    towns = [TownName(*row) for row in Town.objects.order_by("name", "code").values_list("name", "slug", "county_part")]
    names = Counter(town.folded for town in towns)
    found = [replace(town, is_shared=names[town.folded] > 1) for town in towns if town.fits(query)]
    return sorted(found, key=lambda town: (town.folded != typed, not town.folded.startswith(typed)))[:MOST_TOWNS]


def _sure_house(houses: Sequence[House]) -> Hit | None:
    """The only house that can be meant: one street, and in it one house of this number, or else of one half of it."""
    meant = _meant([house.street for house in houses])
    found = [house for house in houses if house.fitting in (SAME_NUMBER, HALF_NUMBER) and house.street in meant]
    best = [house.hit for house in found if house.fitting == min(other.fitting for other in found)]
    return best[0] if len(best) == 1 and len({house.street.pk for house in found}) == 1 else None


def _sure_place(query: Query, towns: Sequence[TownName], candidates: Sequence[Candidate]) -> Hit | None:
    """The only town or street that can be meant, if there is one; a town goes before a village of its name."""
    meant = _meant(candidates)
    named = [town for town in towns if town.is_named(query)]
    if len(named) == 1 and not any(candidate.name for candidate in meant if candidate.fit.whole):
        return named[0].as_hit()
    return meant[0].as_hit() if len(meant) == 1 and not towns else None


def _meant(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Streets that fit without any doubt: by their whole name if possible, and in the place as it was typed."""
    certain = list({candidate.pk: candidate for candidate in candidates if candidate.fit.certain}.values())
    chosen = [candidate for candidate in certain if candidate.fit.whole] or certain
    fewest = min((candidate.fit.place_left for candidate in chosen), default=0)
    return [candidate for candidate in chosen if candidate.fit.place_left == fewest]
