"""``manage export_person``: the copy of everything held about a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand

from region.domain.personal_export import as_json, export_person
from region.domain.users import system_user
from region.management.people import add_person_arguments, named_person
from region.security_log import note

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    help = "Print everything held about a person as JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        add_person_arguments(parser)

    def handle(self, *args: Any, email: str, officer: str, **options: Any) -> None:
        who, by = named_person(email, officer), system_user()
        text = as_json(export_person(who=who, by=by))
        note("personal_data.export", user=by, what=who._meta.label_lower, target_id=str(who.pk))
        self.stdout.write(text)
