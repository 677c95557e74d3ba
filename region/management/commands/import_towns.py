from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from region.domain.imports import ImportReport, Run
from region.domain.towns import TOWN_COLUMNS, TownDefaults, import_towns
from region.domain.users import system_user
from region.enums import TownKind
from region.management.importing import (
    ImportCommand,
    add_coordinate_arguments,
    add_table_arguments,
    coordinate_system,
    table_options,
)
from region.tables.reading import read_table


class Command(ImportCommand):
    help = "Import the register of towns from CSV or XLSX, matched by the code of the national register."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        add_table_arguments(parser)
        add_coordinate_arguments(parser)
        parser.add_argument("--year", type=int, help="year of all numbers of inhabitants in the file")
        parser.add_argument("--source", default="", help="source of all numbers of inhabitants in the file")
        parser.add_argument("--kind", choices=TownKind.values, default="", help="kind of towns whose row gives none")

    def run_import(self, run: Run, options: dict[str, Any]) -> ImportReport:
        table = read_table(options["file"], TOWN_COLUMNS, table_options(options))
        defaults = TownDefaults(options["year"], options["source"], options["kind"], coordinate_system(options))
        return import_towns(table=table, by=system_user(), defaults=defaults, run=run)
