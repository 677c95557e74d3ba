"""Accounts of the demo: made once, passwords known to the file's owner only."""

from __future__ import annotations

import re
import stat
from typing import TYPE_CHECKING

import pytest
from django.contrib.auth import authenticate

from portal.demo.accounts import accounts_file, ensure_accounts, make_password
from region.models import User

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import Settings

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def var(tmp_path: Path, settings: Settings) -> Path:
    settings.VAR_DIR = tmp_path
    return tmp_path


def kept() -> list[list[str]]:
    return [line.split() for line in accounts_file("plzen").read_text(encoding="utf-8").splitlines()]


def test_administrator_and_editor_can_sign_in() -> None:
    administrator, editor = ensure_accounts(region="plzen")
    people = [authenticate(username=one.email, password=one.password) for one in (administrator, editor)]
    assert [(one.role, one.email) for one in (administrator, editor)] == [
        ("administrator", "administrator@example.org"),
        ("editor", "editor@example.org"),
    ]
    assert [person and person.is_superuser for person in people] == [True, False]
    assert list(User.objects.get(email=editor.email).groups.values_list("name", flat=True)) == ["Editors"]


def test_passwords_are_kept_for_the_owner_of_the_file() -> None:
    accounts = ensure_accounts(region="plzen")
    assert kept() == [[one.role, one.email, one.password] for one in accounts]
    assert stat.S_IMODE(accounts_file("plzen").stat().st_mode) == 0o600


def test_second_start_changes_nothing() -> None:
    ensure_accounts(region="plzen")
    before = kept(), list(User.objects.order_by("pk").values_list("password", flat=True))
    assert [one.password for one in ensure_accounts(region="plzen")] == [None, None]
    assert (kept(), list(User.objects.order_by("pk").values_list("password", flat=True))) == before


def test_lost_file_means_new_passwords() -> None:
    old = ensure_accounts(region="plzen")[0]
    accounts_file("plzen").unlink()
    new = ensure_accounts(region="plzen")[0]
    assert authenticate(username=old.email, password=old.password) is None
    assert authenticate(username=new.email, password=new.password) == User.objects.get(email=new.email)
    assert User.objects.count() == 2


def test_deleted_account_is_made_again_beside_the_other() -> None:
    administrator, editor = ensure_accounts(region="plzen")
    User.objects.get(email=editor.email).delete()
    again = ensure_accounts(region="plzen")
    assert [one.password is None for one in again] == [True, False]
    assert kept() == [
        ["administrator", administrator.email, administrator.password],
        ["editor", editor.email, again[1].password],
    ]


def test_passwords_are_long_and_differ() -> None:
    made = {make_password() for _ in range(50)}
    assert len(made) == 50
    assert [one for one in made if not re.fullmatch(r"[a-hj-km-np-z2-9]{4}(-[a-hj-km-np-z2-9]{4}){3}", one)] == []
