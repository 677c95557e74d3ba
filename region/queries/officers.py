"""Reads of the people responsible: who answers for a place on a given day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q
from wagtail.images import get_image_model

from region.enums import OfficerRole
from region.models import Officer, OfficerAssignment
from region.models.officers import AssignmentQuerySet
from region.text import natural_key

# The one size in which a person's photo is shown; prefetched, so that many people need no more queries than one.
PHOTO_FILTER = "fill-160x160"
_ROLE_ORDER = {role: index for index, role in enumerate(OfficerRole.values)}


@dataclass(frozen=True, slots=True)
class Substitute:
    """Who stands in while the person responsible is away."""

    officer_id: UUID
    name: str
    organisation: str
    phone: str
    is_example: bool


@dataclass(frozen=True, slots=True)
class Person:
    """A person in a function for a district or (``district_code`` empty) the whole town; no e-mail."""

    assignment_id: UUID
    officer_id: UUID
    town_id: UUID
    role: str
    role_label: str
    name: str
    organisation: str
    phone: str
    office_hours: list[Any]
    photo: Any
    since: date
    until: date | None
    district_code: str
    district_name: str
    is_example: bool
    can_be_written_to: bool
    substitute: Substitute | None


@dataclass(frozen=True, slots=True)
class RoleGroup:
    """People of one function."""

    role: str
    label: str
    people: tuple[Person, ...]


def responsible_for(*, town_id: UUID, district_id: UUID | None, on: date) -> tuple[RoleGroup, ...]:
    """Who answers for a district on the day, and who for the whole town (without a district only these)."""
    place = Q(district__isnull=True) if district_id is None else Q(district__isnull=True) | Q(district_id=district_id)
    return _grouped(_rows().filter(place, town_id=town_id).on(on))


def everyone_in(*, town_id: UUID, on: date) -> tuple[RoleGroup, ...]:
    """Who answers for anything in the town on the day."""
    return _grouped(_rows().filter(town_id=town_id).on(on))


def person_by_assignment(assignment_id: UUID, on: date) -> Person | None:
    """The person of an assignment in force on the day, or nothing."""
    row = _rows().filter(pk=assignment_id).on(on).first()
    return _person(row) if row else None


def _rows() -> AssignmentQuerySet:
    photos = Prefetch("officer__photo", get_image_model().objects.prefetch_renditions(PHOTO_FILTER))
    return (
        OfficerAssignment.objects.select_related("officer", "substitute", "district", "town")
        .defer("district__boundary", "town__boundary")
        .prefetch_related(photos)
    )


def _grouped(rows: Iterable[OfficerAssignment]) -> tuple[RoleGroup, ...]:
    """Groups in the order of ``OfficerRole``; inside one, districts by number, then the whole town, then by name."""
    people = sorted((_person(row) for row in rows), key=_order)
    labels = {person.role: person.role_label for person in people}
    return tuple(
        RoleGroup(role, label, tuple(person for person in people if person.role == role))
        for role, label in labels.items()
    )


def _order(person: Person) -> tuple[Any, ...]:
    return (
        _ROLE_ORDER.get(person.role, 99),
        not person.district_code,
        natural_key(person.district_code),
        person.name,
        str(person.assignment_id),
    )


def _person(row: OfficerAssignment) -> Person:
    officer, district = row.officer, row.district
    return Person(
        assignment_id=row.pk,
        officer_id=officer.pk,
        town_id=row.town_id,
        role=row.role,
        role_label=row.get_role_display(),
        name=str(officer),
        organisation=officer.organisation,
        phone=officer.phone,
        office_hours=officer.office_hours,
        photo=officer.photo,
        since=row.since,
        until=row.until,
        district_code=district.code if district else "",
        district_name=district.name if district else "",
        is_example=officer.is_example,
        can_be_written_to=bool(officer.email or officer.is_example or row.town.email),
        substitute=_substitute(row.substitute) if row.substitute else None,
    )


def _substitute(officer: Officer) -> Substitute:
    return Substitute(officer.pk, str(officer), officer.organisation, officer.phone, officer.is_example)
