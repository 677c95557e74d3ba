"""The accounts of a demo region: who may sign in, with passwords made at the first start."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction

from portal.serving.freshness import Prepared
from region.models.users import User

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

# No letters or digits that look alike.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who can sign in to the demo; ``password`` is known only when it has just been made."""

    role: str
    email: str
    password: str | None


def _as_administrator(user: User) -> None:
    user.is_staff = user.is_superuser = True
    user.save()


def _as_editor(user: User) -> None:
    user.groups.add(Group.objects.get(name="Editors"))


ROLES: dict[str, Callable[[User], None]] = {"administrator": _as_administrator, "editor": _as_editor}


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
        accounts = [_ensure(role, give, kept=kept) for role, give in ROLES.items()]
        if any(account.password for account in accounts):
            _keep(region, accounts)
    return accounts


def _ensure(role: str, give: Callable[[User], None], *, kept: bool) -> Account:
    email = f"{role}@example.org"
    user = User.objects.filter(email=email).first()
    if user and kept:
        return Account(role, email, None)
    password = make_password()
    if user:
        user.set_password(password)
        user.save()
    else:
        user = User.objects.create_user(email, password, first_name=role.capitalize())
    give(user)
    return Account(role, email, password)


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
