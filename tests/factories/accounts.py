"""People who sign in."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group, Permission

from region.domain.access import sync_access
from region.models import RoleGrant, User
from tests.factories.numbers import next_number

PASSWORD = "correct horse battery staple"


def new_user(**fields: Any) -> User:
    """Somebody with an e-mail address and the password ``PASSWORD``, and no rights."""
    chosen = {"email": f"user{next_number()}@example.org", "password": PASSWORD, **fields}
    return User.objects.create_user(**chosen)


def new_administrator(**fields: Any) -> User:
    """Somebody who administers: may do everything in Wagtail, and looks after accounts."""
    return _with_role("administrator", new_user(**{"email": f"admin{next_number()}@example.org", **fields}))


def new_editor(**fields: Any) -> User:
    """Somebody who edits and publishes every page: in Wagtail's groups, where the site has them."""
    group, _made = Group.objects.get_or_create(name="Moderators")
    group.permissions.add(Permission.objects.get(codename="access_admin", content_type__app_label="wagtailadmin"))
    return _with_role("editor", new_user(**{"email": f"editor{next_number()}@example.org", **fields}))


def _with_role(role: str, user: User) -> User:
    RoleGrant.objects.create(user=user, role=role)
    sync_access(user=user)
    return user
