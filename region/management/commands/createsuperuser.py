"""Django's command would make an account without a role: it says what to do instead."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser


class Command(BaseCommand):
    help = "Not used: invite an administrator instead."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("rest", nargs="*")

    def handle(self, *_args: Any, **_options: Any) -> None:
        raise CommandError(
            "Rights come from roles alone. Invite the first administrator instead:\n"
            "  ./run manage invite administrator name@example.org\n"
            "and open the link that it prints."
        )
