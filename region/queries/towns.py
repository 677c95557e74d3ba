"""Reads of towns: members in the programme's order, with the number that stands on their plate."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import Q

from region.enums import TownStatus
from region.models import Town
from region.models.geometry import BoundedQuerySet
from region.queries.profile import current_profile
from region.text import alphabet_key

# Plates have three tones: first joining date, second, all later ones.
LAST_WAVE = 3


@dataclass(frozen=True, slots=True)
class TownFacts:
    """What pages say about a town. ``number`` and ``wave`` (1–3 by joining date) are empty unless it is a member."""

    id: UUID
    code: str
    name: str
    slug: str
    kind: str
    county_part: str
    status: str
    number: int | None
    wave: int | None
    member_since: date | None
    precision: str
    preparing_since: date | None
    member_until: date | None
    accession_document: str
    accession_url: str
    inhabitants: int | None
    inhabitants_year: int | None
    inhabitants_source: str
    lon: float | None
    lat: float | None
    website: str
    phone: str
    data_box: str
    summary: str
    photo: Any
    has_email: bool
    is_example: bool


@dataclass(frozen=True, slots=True)
class Shape:
    """A town or district on a map: GeoJSON boundary in WGS84 (or none) and a representative point in degrees."""

    slug: str
    code: str
    name: str
    number: str
    wave: int | None
    boundary: dict[str, Any] | None
    lon: float | None
    lat: float | None
    schematic: bool


@dataclass(frozen=True, slots=True)
class WaveDate:
    """Numbers of the towns that joined on one day, for the legend of a map."""

    wave: int
    first: int
    last: int
    day: date
    precision: str


Ranks = dict[UUID, tuple[int, int]]


def numbered_towns(on: date) -> tuple[TownFacts, ...]:
    """Members on the day, oldest first, towns of one joining date by the country's alphabet; numbered from 1."""
    rows = list(_rows().filter(members_on(on)))
    ranks = _ranks((row.pk, row.name, row.member_since) for row in rows)
    return tuple(sorted((_facts(row, ranks) for row in rows), key=lambda town: town.number or 0))


def towns_in_preparation(on: date) -> tuple[TownFacts, ...]:
    """Towns preparing to join, and those whose joining date is still to come, by the alphabet."""
    later = Q(status=TownStatus.MEMBER, member_since__gt=on)
    return _alphabetical(_rows().filter(Q(status=TownStatus.PREPARATION) | later))


def former_towns(on: date) -> tuple[TownFacts, ...]:
    """Towns that have left, by the alphabet."""
    return _alphabetical(_rows().filter(status__in=(TownStatus.MEMBER, TownStatus.FORMER), member_until__lt=on))


def town_by_slug(slug: str, on: date) -> TownFacts | None:
    """The town of a page's address, or nothing."""
    return _one(_rows().filter(slug=slug), on)


def town_by_id(town_id: UUID, on: date) -> TownFacts | None:
    """The town with this key, or nothing."""
    return _one(_rows().filter(pk=town_id), on)


def town_shapes(on: date) -> tuple[Shape, ...]:
    """Members for the region's map, in the order of their numbers."""
    fields = ("pk", "name", "member_since", "slug", "code", "boundary", "lon", "lat", "boundary_is_schematic")
    rows = list(Town.objects.filter(members_on(on)).values_list(*fields))
    ranks = _ranks(row[:3] for row in rows)
    shapes = [
        Shape(slug, code, name, str(ranks[pk][0]), ranks[pk][1], boundary, lon, lat, schematic)
        for pk, name, _since, slug, code, boundary, lon, lat, schematic in rows
    ]
    return tuple(sorted(shapes, key=lambda shape: int(shape.number)))


def wave_dates(towns: Sequence[TownFacts]) -> tuple[WaveDate, ...]:
    """One entry for each joining date of numbered towns, in their order."""
    members = [town for town in towns if town.number is not None]
    return tuple(
        _wave_date(day, list(group)) for day, group in groupby(members, key=lambda town: town.member_since) if day
    )


def members_on(on: date) -> Q:
    """Condition: a member of the programme on the day (both ends included)."""
    return Q(
        Q(member_until__isnull=True) | Q(member_until__gte=on),
        status__in=(TownStatus.MEMBER, TownStatus.FORMER),
        member_since__lte=on,
    )


def _wave_date(day: date, towns: list[TownFacts]) -> WaveDate:
    first, last = towns[0], towns[-1]
    return WaveDate(first.wave or 1, first.number or 1, last.number or 1, day, first.precision)


def _rows() -> BoundedQuerySet[Town]:
    """Towns without their boundaries, which may weigh hundreds of kilobytes."""
    return Town.objects.select_related("photo").defer("boundary")


def _ranks(members: Iterable[tuple[Any, ...]]) -> Ranks:
    """Number and wave of each member, from rows of key, name, joining date."""
    country = current_profile().country
    ordered = sorted(members, key=lambda row: (row[2], alphabet_key(row[1], country), str(row[0])))
    waves = {day: min(index, LAST_WAVE) for index, day in enumerate(sorted({row[2] for row in ordered}), start=1)}
    return {row[0]: (number, waves[row[2]]) for number, row in enumerate(ordered, start=1)}


def _one(rows: BoundedQuerySet[Town], on: date) -> TownFacts | None:
    row = rows.first()
    if row is None:
        return None
    return _facts(row, _ranks(Town.objects.filter(members_on(on)).values_list("pk", "name", "member_since")))


def _alphabetical(rows: BoundedQuerySet[Town]) -> tuple[TownFacts, ...]:
    country = current_profile().country
    return tuple(
        sorted((_facts(row, {}) for row in rows), key=lambda town: (alphabet_key(town.name, country), town.code))
    )


def _facts(row: Any, ranks: Ranks) -> TownFacts:
    number, wave = ranks.get(row.pk, (None, None))
    return TownFacts(
        id=row.pk,
        code=row.code,
        name=row.name,
        slug=row.slug,
        kind=row.kind,
        county_part=row.county_part,
        status=row.status,
        number=number,
        wave=wave,
        member_since=row.member_since,
        precision=row.member_since_precision,
        preparing_since=row.preparing_since,
        member_until=row.member_until,
        accession_document=row.accession_document,
        accession_url=row.accession_url,
        inhabitants=row.inhabitants,
        inhabitants_year=row.inhabitants_year,
        inhabitants_source=row.inhabitants_source,
        lon=row.lon,
        lat=row.lat,
        website=row.website,
        phone=row.phone,
        data_box=row.data_box,
        summary=row.summary,
        photo=row.photo,
        has_email=bool(row.email),
        is_example=row.is_example,
    )
