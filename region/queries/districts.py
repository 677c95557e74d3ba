"""Reads of security districts."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from region.models import SecurityDistrict
from region.queries.towns import Shape
from region.text import natural_key

FIELDS = ("pk", "town_id", "code", "name", "streets", "is_example", "boundary_is_schematic", "min_lon")


@dataclass(frozen=True, slots=True)
class DistrictFacts:
    """What pages say about a district; ``schematic`` marks a boundary that is only a sketch."""

    id: UUID
    town_id: UUID
    code: str
    name: str
    streets: str
    is_example: bool
    has_boundary: bool
    schematic: bool


def districts_of(town_id: UUID) -> tuple[DistrictFacts, ...]:
    """Districts of a town in the order of their numbers (2 before 10)."""
    rows = SecurityDistrict.objects.filter(town_id=town_id).values_list(*FIELDS)
    return _in_order(facts_from(row) for row in rows)


def districts_by_town() -> dict[UUID, tuple[DistrictFacts, ...]]:
    """Districts of every town, each in the order of their numbers."""
    found: defaultdict[UUID, list[DistrictFacts]] = defaultdict(list)
    for row in SecurityDistrict.objects.order_by().values_list(*FIELDS):
        district = facts_from(row)
        found[district.town_id].append(district)
    return {town: _in_order(districts) for town, districts in found.items()}


def district_shapes(town_id: UUID) -> tuple[Shape, ...]:
    """Districts of a town for its map, in the order of their numbers; those without a boundary are left out."""
    fields = ("code", "name", "boundary", "boundary_is_schematic", "town__slug")
    rows = SecurityDistrict.objects.filter(town_id=town_id, boundary__isnull=False).values_list(*fields)
    shapes = (
        Shape(slug, code, name, code, None, boundary, None, None, schematic)
        for code, name, boundary, schematic, slug in rows
    )
    return tuple(sorted(shapes, key=lambda shape: natural_key(shape.code)))


def facts_from(row: tuple[Any, ...]) -> DistrictFacts:
    """Facts from a row of ``FIELDS``."""
    pk, town_id, code, name, streets, is_example, schematic, min_lon = row
    return DistrictFacts(pk, town_id, code, name, streets, is_example, min_lon is not None, schematic)


def _in_order(districts: Any) -> tuple[DistrictFacts, ...]:
    return tuple(sorted(districts, key=lambda district: natural_key(district.code)))
