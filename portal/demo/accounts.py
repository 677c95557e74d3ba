"""The accounts of a demo region: who may sign in, with passwords made at the first start."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction

from portal.serving.freshness import Prepared
from region.clock import today
from region.domain.grants import give_role
from region.domain.organisations import add_organisation
from region.domain.users import system_user
from region.enums import Country, Language, OrganisationKind, TownKind
from region.models import Organisation, Town, User
from region.queries.profile import current_profile
from region.roles import ORGANISATION_ROLES

if TYPE_CHECKING:
    from pathlib import Path

# No letters or digits that look alike.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who can sign in to the demo; ``password`` is known only when it has just been made."""

    role: str
    email: str
    password: str | None


# Who may be tried out. The administrator comes first: the demo's content is loaded in his name.
ROLES = (
    *("administrator", "editor", "coordinator", "head", "auditor", "finance_preparer", "finance_approver"),
    *("analyst", "camera_registrar", "services"),
    *("signatory", "drafter", "accountant"),
)
# Numbers whose check digit is right and which nobody bears.
REGISTER_NUMBERS = {Country.CZ: "00000001", Country.PL: "000000000"}


def accounts_file(region: str) -> Path:
    """File in which the passwords of ``region`` are kept, readable by its owner only."""
    return Prepared(settings.VAR_DIR, region).accounts


def make_password() -> str:
    """Sixteen random letters and digits in groups of four (79 bits)."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(4))


def ensure_accounts(*, region: str) -> list[Account]:
    """Make the demo's accounts unless they are there; new passwords are made when the file of them is missing."""
    kept = accounts_file(region).exists()
    with transaction.atomic():
        accounts = [_ensure(role, kept=kept) for role in ROLES]
        if any(account.password for account in accounts):
            _keep(region, accounts)
    return accounts


@transaction.atomic
def give_roles_of_organisations() -> None:
    """Give the accounts of organisations their roles for one town's organisation, once towns are there."""
    organisation = _organisation()
    if organisation is None:
        return
    for role in ORGANISATION_ROLES:
        user = User.objects.filter(email=f"{role}@example.org").first()
        if user and not user.grants.filter(role=role).exists():
            give_role(user=user, role=role, organisation=organisation, by=system_user())


def _organisation() -> Organisation | None:
    """The organisation of a town of the demo; one is invented when there is none yet, and none without towns."""
    found = Organisation.objects.filter(is_example=True, town__isnull=False).order_by("name").first()
    town = Town.objects.order_by("name").first()
    if found or town is None:
        return found
    country = Country(current_profile().country)
    is_district = town.kind == TownKind.CITY_DISTRICT
    values = {
        "kind": OrganisationKind.CITY_DISTRICT if is_district else OrganisationKind.MUNICIPALITY,
        "name": town.name,
        "country": country,
        "register_number": REGISTER_NUMBERS[country],
        "town": town,
        "member_since": today(),
    }
    return add_organisation(values=values, by=system_user(), is_example=True)


def _ensure(role: str, *, kept: bool) -> Account:
    email = f"{role}@example.org"
    user = User.objects.filter(email=email).first()
    if user and kept:
        return Account(role, email, None)
    password = make_password()
    if user:
        user.set_password(password)
        user.save()
    else:
        name = role.replace("_", " ").capitalize()
        user = User.objects.create_user(email, password, first_name=name, language=_language())
    EmailAddress.objects.get_or_create(user=user, email=email, defaults={"verified": True, "primary": True})
    if role not in ORGANISATION_ROLES and not user.grants.filter(role=role).exists():
        give_role(user=user, role=role, by=system_user())
    return Account(role, email, password)


def _language() -> str:
    """Letters to the demo's people come in the language of its region."""
    return settings.LANGUAGE_CODE if settings.LANGUAGE_CODE in Language.values else Language.EN


def _keep(region: str, accounts: list[Account]) -> None:
    """Write the passwords; an account that keeps its old one keeps its old line."""
    path = accounts_file(region)
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = dict(line.split(maxsplit=1) for line in _lines(path))
    lines |= {account.role: f"{account.email} {account.password}" for account in accounts if account.password}
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        os.fchmod(file.fileno(), 0o600)
        file.writelines(f"{role} {rest}\n" for role, rest in lines.items())


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []
