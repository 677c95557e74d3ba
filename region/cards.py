"""A person's card as every page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext, pgettext

from region.enums import RegionKind
from region.queries.officers import PHOTO_FILTER
from region.queries.profile import current_profile
from region.text import telephone

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from uuid import UUID

    from region.queries.districts import DistrictFacts
    from region.queries.officers import Person, Substitute


@dataclass(frozen=True, slots=True)
class PersonCard:
    """Arguments of the component ``person``."""

    name: str
    role: str
    organisation: str
    plate: str
    area: str
    phone: str
    hours: Any
    href: str
    photo_url: str
    note: str
    demo: bool


def person_cards(
    people: Iterable[Person], districts: Sequence[DistrictFacts], *, is_today: bool = True
) -> tuple[PersonCard, ...]:
    """One card for each person in a function, with all areas held in it, in the order of ``people``.

    ``districts`` are all of the town; unless it ``is_today`` that the people answer, nobody can be written to.
    """
    held: dict[tuple[UUID, str], list[Person]] = {}
    for person in people:
        held.setdefault((person.officer_id, person.role), []).append(person)
    return tuple(_card(same, districts, is_today=is_today) for same in held.values())


def _card(held: list[Person], districts: Sequence[DistrictFacts], *, is_today: bool) -> PersonCard:
    person = held[0]
    areas = [_area(one, districts) for one in held]
    plate, area = (", ".join(dict.fromkeys(words)) for words in zip(*areas, strict=True))
    can_be_written_to = is_today and person.can_be_written_to
    return PersonCard(
        name=person.name,
        role=capfirst(person.role_label),
        organisation=person.organisation,
        plate=plate,
        area=area,
        phone=person.phone,
        hours=person.office_hours,
        href=reverse("region:message", args=(person.assignment_id,)) if can_be_written_to else "",
        photo_url=person.photo.get_rendition(PHOTO_FILTER).url if person.photo else "",
        note=_note(person.substitute),
        demo=person.is_example,
    )


def _area(person: Person, districts: Sequence[DistrictFacts]) -> tuple[str, str]:
    """Plate and name of the area that somebody answers for: a district, or all of them."""
    if person.district_code:
        return person.district_code, person.district_name
    plate = f"{districts[0].code}\u2013{districts[-1].code}" if len(districts) > 1 else ""
    if current_profile().kind == RegionKind.CITY:
        return plate, pgettext("area somebody answers for", "the whole city district")
    return plate, pgettext("area somebody answers for", "the whole town")


def _note(substitute: Substitute | None) -> str:
    """Who stands in for the person; empty without a substitute."""
    if substitute is None:
        return ""
    parts = (substitute.name, substitute.organisation, telephone(substitute.phone))
    name = ", ".join(part for part in parts if part)
    # Translators: on the card of a person: tells who answers while the person is away
    return gettext("Stands in when away: %(name)s") % {"name": name}
