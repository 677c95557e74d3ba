"""``manage rebuild_search``: the entries of the site search made anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand
from django.db import transaction

from portal.search.indexing import refresh_everything
from portal.search.models import SearchEntry

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    help = "Bring the site search to what pages, towns, people and documents say now (normally it keeps itself so)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--anew", action="store_true", help="forget everything first")

    def handle(self, *args: Any, anew: bool, **options: Any) -> None:
        with transaction.atomic():
            if anew:
                SearchEntry.objects.all().delete()
            counts = refresh_everything()
        for what, count in counts.items():
            self.stdout.write(
                f"{what:<10}{count.written:6} written {count.unchanged:6} unchanged {count.removed:6} removed"
            )
