"""``manage erase_person``: empty everything held of a person, or show what would be emptied."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from region.domain.erasure import erase_officer, erase_person
from region.domain.users import system_user
from region.management.people import add_person_arguments, named_person, person_of
from region.models import User
from region.queries.personal_data import holdings
from region.security_log import note

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    help = "Show what is held of a person; with --yes empty it for good."

    def add_arguments(self, parser: CommandParser) -> None:
        add_person_arguments(parser)
        parser.add_argument("--yes", action="store_true", help="do it; without this nothing is changed")

    def handle(self, *args: Any, email: str, officer: str, yes: bool, **options: Any) -> None:
        who = named_person(email, officer)
        by = system_user()
        note("personal_data.view", user=by, what=who._meta.label_lower, target_id=str(who.pk))
        for held in holdings(person_of(who)):
            because = f" ({held.ground})" if held.ground else ""
            self.stdout.write(f"{held.count:>6} {held.name}: {held.fate}{because}")
        if not yes:
            self.stdout.write("Nothing was changed. Add --yes to do it.")
            return
        try:
            done = erase_person(user=who, by=by) if isinstance(who, User) else erase_officer(officer=who, by=by)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        note("personal_data.erase", user=by, what=who._meta.label_lower, target_id=str(who.pk))
        self.stdout.write(f"Erased: {sum(done.values())} rows emptied or deleted.")
