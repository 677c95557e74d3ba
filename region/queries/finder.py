"""What the finder answers to a typed address, a street or a point."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby

from region.models import Street
from region.queries.address_search import Hit, HitKind, addresses_of, search
from region.queries.districts import DistrictFacts
from region.queries.location import Answer, Where, district_at, districts_of_points
from region.text import natural_key

# A page of choices; who sees more is asked to add the town.
MOST_CHOICES = 20


class Kind(StrEnum):
    """What the reader gets to see."""

    PLACE = "place"
    TOWN = "town"
    CHOICES = "choices"
    HOUSES = "houses"
    NUMBER_UNKNOWN = "number_unknown"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class HouseGroup:
    """Houses of one street in one district (none: in no district)."""

    district: DistrictFacts | None
    houses: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A place with its district or town, or a town by its name, hits to choose from, houses of a street, or nothing."""

    kind: Kind
    answer: Answer | None = None
    hits: tuple[Hit, ...] = ()
    street: str = ""
    groups: tuple[HouseGroup, ...] = ()
    slug: str = ""


def for_point(*, lon: float, lat: float, on: date) -> Outcome:
    """The district or town of a point (WGS84 degrees)."""
    return Outcome(Kind.PLACE, district_at(lon=lon, lat=lat, on=on))


def for_address(text: str, *, on: date) -> Outcome:
    """What a typed address leads to."""
    found = search(text, limit=MOST_CHOICES)
    if found.sure:
        return _for_hit(found.sure, on)
    if found.number_unknown:
        streets = [hit for hit in found.hits if hit.street_id]
        houses = for_street(streets[0].street_id or 0, on=on) if len(streets) == 1 else None
        return Outcome(
            Kind.NUMBER_UNKNOWN, hits=found.hits, street=streets[0].label, groups=houses.groups if houses else ()
        )
    return Outcome(Kind.CHOICES if found.hits else Kind.NOTHING, hits=found.hits)


def for_street(street_id: int, *, on: date) -> Outcome:
    """One answer when all houses of the street lie in one district, else the houses by district."""
    street = Street.objects.filter(pk=street_id).first()
    houses = addresses_of(street_id)
    if street is None or not houses:
        return Outcome(Kind.NOTHING)
    found = districts_of_points([(house.lon or 0.0, house.lat or 0.0) for house in houses])
    if len({district.id if district else None for district in found}) == 1:
        first = houses[0]
        return for_point(lon=first.lon or 0.0, lat=first.lat or 0.0, on=on)
    return Outcome(Kind.HOUSES, street=str(street), groups=_by_district(houses, found))


def _for_hit(hit: Hit, on: date) -> Outcome:
    if hit.kind is HitKind.TOWN:
        return Outcome(Kind.TOWN, slug=hit.slug)
    if hit.kind is HitKind.STREET:
        return for_street(hit.street_id or 0, on=on)
    return for_point(lon=hit.lon or 0.0, lat=hit.lat or 0.0, on=on)


def _by_district(houses: tuple[Hit, ...], districts: list[DistrictFacts | None]) -> tuple[HouseGroup, ...]:
    """Houses grouped by district, in the order of district numbers; those in no district last."""
    pairs = sorted(zip(districts, houses, strict=True), key=lambda pair: _place(pair[0]))
    return tuple(
        HouseGroup(group[0][0], tuple(house for _district, house in group))
        for group in (list(rows) for _key, rows in groupby(pairs, key=lambda pair: _place(pair[0])))
    )


def _place(district: DistrictFacts | None) -> tuple[object, ...]:
    return (1,) if district is None else (0, natural_key(district.code), str(district.id))


def is_district(answer: Answer | None) -> bool:
    """Whether a place has a district of its own."""
    return answer is not None and answer.kind is Where.DISTRICT
