"""Writing one record of a register (town, district, officer, profile) so that the audit trail shows what changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.db import models, transaction

from region.domain.audit import record
from region.geometry.shapes import box_of, from_geojson

if TYPE_CHECKING:
    from collections.abc import Mapping

    from region.models import User

Record = TypeVar("Record", bound=models.Model)


@transaction.atomic
def put_record(*, kind: type[Record], key: Mapping[str, Any], values: Mapping[str, Any], by: User) -> Record:
    """Create the record that ``key`` names, or change what differs from ``values``; give it back.

    The record is validated whole. Nothing is written, and no audit event, when it holds these values already.
    Raises ValidationError for values that the model refuses, MultipleObjectsReturned when ``key`` is not one record's.
    """
    found = kind._base_manager.select_for_update().filter(**key).first()
    one = found or kind(**key)
    before = {name: getattr(one, name) for name in values} if found else {}
    if found and all(before[name] == value for name, value in values.items()):
        return found
    for name, value in values.items():
        setattr(one, name, value)
    one.full_clean()
    one.save()
    record(
        action=f"{kind._meta.model_name}.{'change' if found else 'add'}",
        target=one,
        by=by,
        before=_readable({name: old for name, old in before.items() if old != values[name]}),
        after=_readable({name: new for name, new in values.items() if not found or before[name] != new}),
    )
    return one


def boundary_values(boundary: Mapping[str, Any], *, source: str, schematic: bool = False) -> dict[str, Any]:
    """The columns of a boundary (GeoJSON in WGS84) and its bounding box, ready to be written together."""
    west, south, east, north = box_of(from_geojson(boundary))
    return {
        "boundary": dict(boundary),
        "boundary_source": source,
        "boundary_is_schematic": schematic,
        "min_lon": west,
        "min_lat": south,
        "max_lon": east,
        "max_lat": north,
    }


def _readable(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values for the audit trail: records by their key, outlines only by their presence (they fill pages)."""
    return {name: _short(name, value) for name, value in values.items()}


def _short(name: str, value: Any) -> Any:
    if name == "boundary":
        return "…" if value else None
    return str(value.pk) if isinstance(value, models.Model) else value
