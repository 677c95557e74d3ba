from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from region.domain.addresses import AddressOptions, import_addresses
from region.domain.imports import ImportReport, Run
from region.domain.users import system_user
from region.management.importing import (
    ImportCommand,
    RejectionFile,
    add_coordinate_arguments,
    coordinate_system,
    table_options,
)
from region.tables.address_columns import ADDRESS_COLUMNS
from region.tables.chunks import open_long_table


class Command(ImportCommand):
    help = "Import addresses for the finder from CSV (town, street, number, lat, lon) and build the search index."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        add_coordinate_arguments(parser)
        parser.add_argument("--rejected", type=Path, metavar="FILE", help="write every rejection into this CSV file")
        parser.add_argument(
            "--remove-missing", action="store_true", help="remove addresses of the file's towns that the file lacks"
        )

    def run_import(self, run: Run, options: dict[str, Any]) -> ImportReport:
        table = open_long_table(options["file"], ADDRESS_COLUMNS, table_options(options))
        rejected = RejectionFile(options["rejected"]) if options["rejected"] else None
        chosen = AddressOptions(
            coordinate_system(options), options["remove_missing"], rejected.write if rejected else None
        )
        try:
            return import_addresses(table=table, by=system_user(), options=chosen, run=run)
        finally:
            if rejected:
                rejected.close()
