"""People with roles in force."""

from __future__ import annotations

from typing import Any

from region.enums import Country, OrganisationKind
from region.models import Organisation, RoleGrant, Town, User
from region.roles import ROLES, Reach
from tests.factories.accounts import new_user
from tests.factories.numbers import next_number
from tests.factories.places import town as new_town

# The first seven digits of a register number; the eighth checks them.
_WEIGHTS = range(8, 1, -1)


def czech_register_number() -> str:
    """A register number (IČO) with a right check digit that no test has used yet."""
    first = f"{7_000_000 + next_number():07}"
    rest = sum(int(digit) * weight for digit, weight in zip(first, _WEIGHTS, strict=True)) % 11
    return f"{first}{(11 - rest) % 10}"


def new_organisation(**fields: Any) -> Organisation:
    """A municipality."""
    known = {"kind": OrganisationKind.MUNICIPALITY, "name": f"Obec {next_number()}", "country": Country.CZ}
    return Organisation.objects.create(**{**known, "register_number": czech_register_number(), **fields})


def give_role(user: User, code: str, *, organisation: Organisation | None = None, town: Town | None = None) -> User:
    """Give ``user`` a role from now on; an organisation or town is made when the role needs one and none is given."""
    reach = ROLES[code].reach
    if reach is Reach.ORGANISATION:
        organisation = organisation or new_organisation()
    RoleGrant.objects.create(
        user=user,
        role=code,
        organisation=organisation if reach is not Reach.TOWN else None,
        town=(town or new_town()) if reach is Reach.TOWN else None,
    )
    return user


def with_role(code: str, *, organisation: Organisation | None = None, town: Town | None = None) -> User:
    """Somebody new who holds one role."""
    return give_role(new_user(), code, organisation=organisation, town=town)


def one_of_each_role(*, organisation: Organisation | None = None, town: Town | None = None) -> dict[str, User]:
    """By code of the role somebody who holds it alone: for the organisation, for the town."""
    organisation, town = organisation or new_organisation(), town or new_town()
    return {code: with_role(code, organisation=organisation, town=town) for code in ROLES}
