"""Which district a point lies in: exactly, never the nearest one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

import shapely
from django.db.models import Case, When
from shapely.geometry import shape

from region.models import SecurityDistrict, Town
from region.queries.districts import FIELDS, DistrictFacts, facts_from
from region.queries.towns import TownFacts, members_on, town_by_id
from region.text import natural_key


class Where(StrEnum):
    """What a point fell into."""

    DISTRICT = "district"
    TOWN = "town"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class Answer:
    """A district with its town; a town alone (between districts, or a town without any); or neither."""

    kind: Where
    town: TownFacts | None = None
    district: DistrictFacts | None = None
    town_has_districts: bool = False


def is_place(lon: float, lat: float) -> bool:
    """Whether two numbers are degrees of a place on Earth (NaN and infinities are not)."""
    return -180 <= lon <= 180 and -90 <= lat <= 90


def district_at(*, lon: float, lat: float, on: date) -> Answer:
    """The district that holds a point given in WGS84 degrees, else the town that does, else nothing.

    Exact test on the boundary as stored, edges included; on an edge shared by several the first by town code and
    district number answers, so that the same point always has the same answer. Where outlines of towns overlap, a
    member on the day is named before others.
    """
    if not is_place(lon, lat):
        return Answer(Where.OUTSIDE)
    found = districts_holding(lon=lon, lat=lat)
    if found:
        return Answer(Where.DISTRICT, town_by_id(found[0].town_id, on), found[0])
    town_id = _town_holding(lon=lon, lat=lat, on=on)
    if town_id is None:
        return Answer(Where.OUTSIDE)
    any_district = SecurityDistrict.objects.filter(town_id=town_id).exists()
    return Answer(Where.TOWN, town_by_id(town_id, on), town_has_districts=any_district)


def districts_holding(*, lon: float, lat: float) -> tuple[DistrictFacts, ...]:
    """Every district whose area or edge holds the point, by town code and number."""
    rows = SecurityDistrict.objects.around(lon=lon, lat=lat).order_by().values_list("boundary", "town__code", *FIELDS)
    held = [(row[1], facts_from(row[2:])) for row in rows if holds(row[0], lon=lon, lat=lat)]
    return tuple(district for _code, district in sorted(held, key=lambda pair: (pair[0], natural_key(pair[1].code))))


def districts_of_points(points: Sequence[tuple[float, float]]) -> list[DistrictFacts | None]:
    """District of each (lon, lat), in the same order: one query and one pass for all houses of a street."""
    if not points:
        return []
    lons, lats = zip(*points, strict=True)
    rows = SecurityDistrict.objects.filter(
        min_lon__lte=max(lons), max_lon__gte=min(lons), min_lat__lte=max(lats), max_lat__gte=min(lats)
    ).values_list("boundary", "town__code", *FIELDS)
    answers: list[DistrictFacts | None] = [None] * len(points)
    for row in sorted(rows, key=lambda row: (row[1], natural_key(row[4])), reverse=True):
        area = shape(row[0])
        shapely.prepare(area)
        for index in shapely.intersects_xy(area, lons, lats).nonzero()[0]:
            answers[index] = facts_from(row[2:])
    return answers


def towns_of_points(points: Sequence[tuple[float, float]], *, on: date) -> list[UUID | None]:
    """Town of each (lon, lat), in the same order, by outlines: members on the day before others, then by code."""
    if not points:
        return []
    lons, lats = zip(*points, strict=True)
    members = Case(When(members_on(on), then=0), default=1)
    rows = Town.objects.filter(
        min_lon__lte=max(lons), max_lon__gte=min(lons), min_lat__lte=max(lats), max_lat__gte=min(lats)
    ).order_by(members, "code")
    answers: list[UUID | None] = [None] * len(points)
    for pk, boundary in reversed(list(rows.values_list("pk", "boundary"))):
        area = shape(boundary)
        shapely.prepare(area)
        for index in shapely.intersects_xy(area, lons, lats).nonzero()[0]:
            answers[index] = pk
    return answers


def holds(boundary: dict[str, Any], *, lon: float, lat: float) -> bool:
    """Whether a GeoJSON area holds a point, its edge included."""
    return bool(shapely.intersects_xy(shape(boundary), lon, lat))


def _town_holding(*, lon: float, lat: float, on: date) -> UUID | None:
    """The town whose boundary holds the point: members on the day before others, then by code."""
    members = Case(When(members_on(on), then=0), default=1)
    rows = Town.objects.around(lon=lon, lat=lat).order_by(members, "code").values_list("pk", "boundary")
    return next((pk for pk, boundary in rows if boundary and holds(boundary, lon=lon, lat=lat)), None)
