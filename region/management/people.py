"""How commands name a person: by the e-mail address of the account, or by the record of the public site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError

from region.models import Officer, User
from region.queries.personal_data import person_of_officer, person_of_user

if TYPE_CHECKING:
    from django.core.management.base import CommandParser

    from region.personal_data import Person


def add_person_arguments(parser: CommandParser) -> None:
    """An e-mail address, or ``--officer`` with the id of a record."""
    parser.add_argument("email", nargs="?", default="", help="address of the account")
    parser.add_argument("--officer", default="", metavar="ID", help="id of somebody shown on the public site")


def named_person(email: str, officer: str) -> User | Officer:
    """The person; raises CommandError when there is none."""
    if bool(email) == bool(officer):
        raise CommandError("Name one person: an e-mail address, or --officer with an id.")
    try:
        return User.objects.get(email__iexact=email) if email else Officer.objects.get(pk=officer)
    except (User.DoesNotExist, Officer.DoesNotExist, ValidationError) as error:
        raise CommandError(f"Nobody is known by {email or officer}.") from error


def person_of(who: User | Officer) -> Person:
    """Who is meant, for the questions what is held."""
    return person_of_user(who) if isinstance(who, User) else person_of_officer(who)
