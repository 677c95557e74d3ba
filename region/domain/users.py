"""Users that the programme itself needs; what people may be called."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from region.models import User
from region.models.users import SYSTEM_EMAIL

# Of addresses of the web and of mail, of tags and of commands: what no name has.
_NO_NAME = re.compile(r"[/\\@:<>{}|=]")


def system_user() -> User:
    """The actor of commands and scheduled work. Nobody can sign in as it: it is inactive and has no password."""
    user = User.objects.filter(email=SYSTEM_EMAIL).first()
    return user or User.objects.create_user(SYSTEM_EMAIL, is_active=False, first_name="System")


def is_system(user: User) -> bool:
    """Whether it is the actor of commands; an account that somebody could sign in to never is."""
    return user.email == SYSTEM_EMAIL and not user.is_active


def clean_names(*, first_name: str, last_name: str) -> dict[str, str]:
    """A person's names on one line each, as they stand in letters to others.

    Raises ValidationError with the field for signs that no name has: whoever is invited by “http://…” would follow it.
    """
    names = {"first_name": " ".join(first_name.split()), "last_name": " ".join(last_name.split())}
    wrong = [name for name, value in names.items() if _NO_NAME.search(value) or not value.isprintable()]
    if wrong:
        raise ValidationError(dict.fromkeys(wrong, gettext("Write the name alone, without signs such as / @ : < >.")))
    return names
