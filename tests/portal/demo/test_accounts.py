"""Accounts of the demo: made once, passwords known to the file's owner only."""

from __future__ import annotations

import re
import stat
from typing import TYPE_CHECKING

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import authenticate

from portal.demo.accounts import ROLES, accounts_file, ensure_accounts, give_roles_of_organisations, make_password
from region.models import Organisation, RoleGrant, User
from region.models.users import SYSTEM_EMAIL
from region.queries.roles import role_codes
from region.roles import STAFF_ROLES
from tests.factories.places import town
from tests.factories.profiles import czech_county, polish_city

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytest_django import Settings

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def var(tmp_path: Path, settings: Settings) -> Path:
    settings.VAR_DIR = tmp_path
    return tmp_path


def kept() -> list[list[str]]:
    return [line.split() for line in accounts_file("plzen").read_text(encoding="utf-8").splitlines()]


def people() -> list[User]:
    return [User.objects.get(email=f"{role}@example.org") for role in ROLES]


def test_each_role_can_sign_in() -> None:
    accounts = ensure_accounts(region="plzen")
    assert [(one.role, one.email) for one in accounts] == [(role, f"{role}@example.org") for role in ROLES]
    found = [authenticate(username=one.email, password=one.password) for one in accounts]
    assert [person and person.is_superuser for person in found] == [True] + [False] * (len(ROLES) - 1)
    assert EmailAddress.objects.filter(verified=True, primary=True).count() == len(ROLES)
    assert {person.language for person in people()} == {"cs"}


def test_staff_hold_their_role_and_no_other() -> None:
    ensure_accounts(region="plzen")
    ensure_accounts(region="plzen")
    held = [sorted(role_codes(person)) for person in people()]
    assert held == [[role] if role in STAFF_ROLES else [] for role in ROLES]
    editor = User.objects.get(email="editor@example.org")
    assert "Editors" in editor.groups.values_list("name", flat=True)


@pytest.mark.parametrize(("profile", "kind"), [(czech_county, "municipality"), (polish_city, "city_district")])
def test_others_get_theirs_for_the_organisation_of_a_town(profile: Callable[[], object], kind: str) -> None:
    profile()
    ensure_accounts(region="plzen")
    give_roles_of_organisations()
    assert not Organisation.objects.exists()
    home = town(kind="city_district" if kind == "city_district" else "town")
    give_roles_of_organisations()
    give_roles_of_organisations()
    organisation = Organisation.objects.get()
    assert (organisation.town, organisation.kind, organisation.is_example) == (home, kind, True)
    organisation.full_clean()
    held = RoleGrant.objects.filter(organisation=organisation).values_list("user__email", "role")
    assert sorted(held) == [(f"{role}@example.org", role) for role in ("accountant", "drafter", "signatory")]


def test_passwords_are_kept_for_the_owner_of_the_file() -> None:
    accounts = ensure_accounts(region="plzen")
    assert kept() == [[one.role, one.email, one.password] for one in accounts]
    assert stat.S_IMODE(accounts_file("plzen").stat().st_mode) == 0o600


def test_second_start_changes_nothing() -> None:
    ensure_accounts(region="plzen")
    before = kept(), list(User.objects.order_by("pk").values_list("password", flat=True))
    assert [one.password for one in ensure_accounts(region="plzen")] == [None] * len(ROLES)
    assert (kept(), list(User.objects.order_by("pk").values_list("password", flat=True))) == before


def test_lost_file_means_new_passwords() -> None:
    old = ensure_accounts(region="plzen")[0]
    accounts_file("plzen").unlink()
    new = ensure_accounts(region="plzen")[0]
    assert authenticate(username=old.email, password=old.password) is None
    assert authenticate(username=new.email, password=new.password) == User.objects.get(email=new.email)
    assert User.objects.exclude(email=SYSTEM_EMAIL).count() == len(ROLES)


def test_deleted_account_is_made_again_beside_the_other() -> None:
    before = ensure_accounts(region="plzen")
    User.objects.get(email="drafter@example.org").delete()
    again = ensure_accounts(region="plzen")
    assert [one.role for one in again if one.password] == ["drafter"]
    new = {one.role: one.password for one in again if one.password}
    assert kept() == [[one.role, one.email, new.get(one.role, one.password)] for one in before]


def test_passwords_are_long_and_differ() -> None:
    made = {make_password() for _ in range(50)}
    assert len(made) == 50
    assert [one for one in made if not re.fullmatch(r"[a-hj-km-np-z2-9]{4}(-[a-hj-km-np-z2-9]{4}){3}", one)] == []
