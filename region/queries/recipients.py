"""Who reads what a resident writes. E-mail addresses stay in the domain: no page can print what it never gets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from region.models import OfficerAssignment, Town


@dataclass(frozen=True, slots=True)
class Recipient:
    """The reader of a message: a person in a function, or (``role_label`` empty) a town hall.

    ``through_town_hall``: the person has no e-mail address, so the town hall reads the message and passes it on.
    """

    name: str
    role_label: str
    organisation: str
    district_code: str
    district_name: str
    town_name: str
    town_slug: str
    is_example: bool
    through_town_hall: bool


def person_recipient(assignment_id: UUID, on: date) -> Recipient | None:
    """Who reads a message to the person of an assignment in force on the day; nothing when nobody would."""
    rows = OfficerAssignment.objects.select_related("officer", "town", "district").defer(
        "town__boundary", "district__boundary"
    )
    row = rows.filter(pk=assignment_id).on(on).first()
    if row is None or not (row.officer.email or row.officer.is_example or row.town.email):
        return None
    return Recipient(
        name=str(row.officer),
        role_label=row.get_role_display(),
        organisation=row.officer.organisation,
        district_code=row.district.code if row.district else "",
        district_name=row.district.name if row.district else "",
        town_name=row.town.name,
        town_slug=row.town.slug,
        is_example=row.officer.is_example,
        through_town_hall=not row.officer.email and not row.officer.is_example,
    )


def town_recipient(slug: str) -> Recipient | None:
    """Who reads a message to a town hall; nothing when it has no e-mail address."""
    row = Town.objects.filter(slug=slug).exclude(email="").values_list("name", "is_example").first()
    if row is None:
        return None
    name, is_example = row
    return Recipient(name, "", "", "", "", name, slug, is_example, through_town_hall=False)
