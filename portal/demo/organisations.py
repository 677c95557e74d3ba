"""Invented organisations of a demo region: numbers of real offices do not go with invented people."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from region.domain.organisations import add_organisation
from region.domain.users import system_user
from region.enums import OrganisationKind
from region.models import Organisation, Town

if TYPE_CHECKING:
    from portal.demo.records import RegionContent


@dataclass(frozen=True, slots=True)
class Example:
    """An invented organisation; ``with_town`` joins it to the first member town of the demo."""

    kind: OrganisationKind
    name: str
    register_number: str
    place: str
    with_town: bool = False


# Numbers with right check digits from ranges that the registers do not give out.
EXAMPLES = {
    "CZ": (
        Example(OrganisationKind.MUNICIPALITY, "Městský úřad Vzorov (příklad)", "00000019", "Vzorov", with_town=True),
        Example(OrganisationKind.NGO, "Bezpečné ulice, spolek (příklad)", "00000027", "Vzorov"),
        Example(OrganisationKind.POLICE, "Městská policie Vzorov (příklad)", "00000035", "Vzorov"),
    ),
    "PL": (
        Example(
            OrganisationKind.CITY_DISTRICT, "Rada Dzielnicy Wzorowo (przykład)", "999990003", "Wzorowo", with_town=True
        ),
        Example(OrganisationKind.NGO, "Fundacja Bezpieczna Ulica (przykład)", "999990010", "Wzorowo"),
        Example(OrganisationKind.POLICE, "Straż Miejska Wzorowo (przykład)", "999990026", "Wzorowo"),
    ),
}
MEMBER_SINCE = date(2020, 1, 1)


def load_organisations(content: RegionContent, *, progress: Callable[[str], None]) -> list[Organisation]:
    """Add the invented organisations of the region's country unless they are there; gives them in their order."""
    country = content.profile.country
    known = {one.register_number: one for one in Organisation.objects.filter(country=country, is_example=True)}
    town = Town.objects.defer("boundary").filter(member_since__isnull=False).order_by("member_since", "name").first()
    found = [known.get(example.register_number) or _added(example, country, town) for example in EXAMPLES[country]]
    progress(f"{len(found)} organisations, invented")
    return found


def _added(example: Example, country: str, town: Town | None) -> Organisation:
    values: dict[str, Any] = {
        "kind": example.kind,
        "name": example.name,
        "country": country,
        "register_number": example.register_number,
        "place": example.place,
        "town": town if example.with_town else None,
        "member_since": MEMBER_SINCE,
    }
    return add_organisation(values=values, by=system_user(), is_example=True)
