"""Loading figures with their sources from a file."""

from __future__ import annotations

import json
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from region.domain.users import system_user
from reports.domain.figures_loading import FiguresError, load_figures


class Command(BaseCommand):
    help = "Load metrics, documents, values and decisions from a TOML or JSON file. A trial unless --apply is given."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="TOML or JSON")
        parser.add_argument("--apply", action="store_true", help="write; without it everything is only tried")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            facts = read_figures(options["file"])
            loaded = load_figures(facts=facts, by=system_user(), apply=options["apply"])
        except (OSError, ValueError) as error:
            raise CommandError(str(error)) from error
        for (kind, act), count in sorted(loaded.counts.items()):
            self.stdout.write(f"{kind}: {count} {act}")
        if not options["apply"]:
            self.stdout.write("A trial: nothing was written. Add --apply to write.")


def read_figures(path: Path) -> dict[str, Any]:
    """What a file says; numbers with decimal places keep their digits. Raises ValueError for a damaged file."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".toml":
        return tomllib.loads(text, parse_float=Decimal)
    found = json.loads(text, parse_float=Decimal)
    if not isinstance(found, dict):
        raise FiguresError("the file must hold one object with lists")
    return found
