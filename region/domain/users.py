"""Users that the programme itself needs."""

from __future__ import annotations

from region.models import User
from region.models.users import SYSTEM_EMAIL


def system_user() -> User:
    """The actor of commands and scheduled work. Nobody can sign in as it: it is inactive and has no password."""
    user = User.objects.filter(email=SYSTEM_EMAIL).first()
    return user or User.objects.create_user(SYSTEM_EMAIL, is_active=False, first_name="System")


def is_system(user: User) -> bool:
    """Whether it is the actor of commands; an account that somebody could sign in to never is."""
    return user.email == SYSTEM_EMAIL and not user.is_active
