"""Writing the manual's page of roles."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from region.role_page import roles_page

PAGE = Path(__file__).resolve().parents[3] / "docs" / "roles.md"


class Command(BaseCommand):
    help = "Write docs/roles.md from the role classes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", type=Path, default=PAGE, help="another file")

    def handle(self, *_args: Any, **options: Any) -> None:
        options["to"].write_text(roles_page(), encoding="utf-8")
