from __future__ import annotations

from datetime import date
from typing import Any

from django.core.management.base import CommandParser

from region.domain.imports import ImportReport, Run
from region.domain.people import PEOPLE_COLUMNS, PeopleOptions, import_people
from region.domain.users import system_user
from region.management.importing import ImportCommand, add_table_arguments, table_options
from region.tables.reading import read_table


class Command(ImportCommand):
    help = "Import people and what they answer for from CSV or XLSX, matched by codes; one row is one assignment."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        add_table_arguments(parser)
        parser.add_argument("--since", type=date.fromisoformat, metavar="DATE", help="first day of rows that give none")
        parser.add_argument(
            "--end-missing",
            type=date.fromisoformat,
            metavar="DATE",
            help="last day of open assignments in the file's towns that the file no longer has",
        )

    def run_import(self, run: Run, options: dict[str, Any]) -> ImportReport:
        table = read_table(options["file"], PEOPLE_COLUMNS, table_options(options))
        chosen = PeopleOptions(options["since"], options["end_missing"])
        return import_people(table=table, by=system_user(), options=chosen, run=run)
