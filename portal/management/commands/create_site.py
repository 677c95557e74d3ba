"""``manage create_site``: languages, home pages, the outline of pages and town pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand

from portal.domain.site import build_site
from portal.domain.town_pages import create_town_page
from region.domain.users import system_user
from region.models import Town

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    help = "Set up the site in its languages and a page for every town; running it again adds what is missing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--languages", nargs="+", metavar="CODE", help="such as cs pl en; by default those of the region's profile"
        )

    def handle(self, *args: Any, languages: list[str] | None, **options: Any) -> None:
        by = system_user()
        pages = build_site(by=by, languages=languages)
        towns = Town.objects.all()
        for town in towns:
            create_town_page(town=town, by=by)
        self.stdout.write(f"{len(pages)} pages in {', '.join(pages['home'])}; {len(towns)} town pages.")
