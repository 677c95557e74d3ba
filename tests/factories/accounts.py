"""People who sign in."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group, Permission

from region.models import User
from tests.factories.numbers import next_number

PASSWORD = "correct horse battery staple"


def new_user(**fields: Any) -> User:
    """Somebody with an e-mail address and the password ``PASSWORD``, and no rights."""
    chosen = {"email": f"user{next_number()}@example.org", "password": PASSWORD, **fields}
    return User.objects.create_user(**chosen)


def new_administrator(**fields: Any) -> User:
    """Somebody who may do everything."""
    return new_user(**{"email": f"admin{next_number()}@example.org", "is_staff": True, "is_superuser": True, **fields})


def new_editor(**fields: Any) -> User:
    """A member of Wagtail's group of moderators: may edit and publish every page, and open the admin."""
    user = new_user(**{"email": f"editor{next_number()}@example.org", **fields})
    group, _made = Group.objects.get_or_create(name="Moderators")
    group.permissions.add(Permission.objects.get(codename="access_admin", content_type__app_label="wagtailadmin"))
    user.groups.add(group)
    return user
