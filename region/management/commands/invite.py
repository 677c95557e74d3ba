"""Inviting from the shell: the way to the first administrator of a fresh installation."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from region.domain.invitations import invite
from region.domain.users import system_user
from region.enums import Language
from region.models import Organisation, Town
from region.roles import ROLES


class Command(BaseCommand):
    help = "Invite somebody to a role and print the link, which works once, for 14 days. The letter goes out as well."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("role", choices=list(ROLES), metavar="role", help=f"one of: {', '.join(ROLES)}")
        parser.add_argument("email")
        parser.add_argument("--organisation", default="", metavar="NUMBER", help="register number (IČO or REGON)")
        parser.add_argument("--town", default="", metavar="CODE", help="the town's code in the national register")
        parser.add_argument("--language", choices=Language.values, default=Language.EN.value, help="of the letter")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            _invitation, link = invite(
                email=options["email"],
                role=options["role"],
                organisation=_organisation(options["organisation"]),
                town=_town(options["town"]),
                language=options["language"],
                by=system_user(),
            )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(link)


def _organisation(number: str) -> Organisation | None:
    """The organisation of a register number; none when none is asked for."""
    if not number:
        return None
    found = Organisation.objects.filter(register_number=number.replace(" ", "")).first()
    if found is None:
        raise CommandError(f"There is no organisation with the register number {number}.")
    return found


def _town(code: str) -> Town | None:
    """The town of a code; none when none is asked for."""
    if not code:
        return None
    found = Town.objects.filter(code=code).first()
    if found is None:
        raise CommandError(f"There is no town with the code {code}.")
    return found
