from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from region.domain.imports import ImportReport, Run
from region.domain.users import system_user
from region.management.importing import (
    MOST_SHOWN,
    ImportCommand,
    RejectionFile,
    add_coordinate_arguments,
    add_table_arguments,
    coordinate_system,
    table_options,
)
from reports.domain.events_checks import LoadOptions
from reports.domain.events_loading import load_events
from reports.domain.events_reading import open_events
from reports.enums.events import DistrictRule, DoubledHour, LoadMode, SkippedHour, SlashOrder
from reports.models import EventRegister


class Command(ImportCommand):
    help = "Import intervention events into a register, from CSV, XLSX or XLS of any length."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        add_table_arguments(parser)
        add_coordinate_arguments(parser)
        parser.add_argument("--register", required=True, metavar="KEY", help="key of the register of events")
        parser.add_argument("--replace", action="store_true", help="exchange months that are there already")
        parser.add_argument("--reason", default="", metavar="TEXT", help="why published months change")
        parser.add_argument("--since", type=date.fromisoformat, metavar="DAY", help="first day that the file covers")
        parser.add_argument("--until", type=date.fromisoformat, metavar="DAY", help="last day that the file covers")
        parser.add_argument("--doubled", choices=DoubledHour.values, default=DoubledHour.FIRST.value,
                            help="local times that exist twice")  # fmt: skip
        parser.add_argument("--skipped", choices=SkippedHour.values, default=SkippedHour.REJECT.value,
                            help="local times that do not exist")  # fmt: skip
        parser.add_argument("--slashes", choices=SlashOrder.values, default=SlashOrder.FOUND.value,
                            help="what stands first in dates such as 3/4/2024")  # fmt: skip
        parser.add_argument("--district", choices=DistrictRule.values, default=DistrictRule.POINT.value,
                            help="whose district holds when file and point differ")  # fmt: skip
        parser.add_argument("--rejected", type=Path, metavar="FILE", help="write every rejection into this CSV file")

    def run_import(self, run: Run, options: dict[str, Any]) -> ImportReport:
        register = EventRegister.objects.filter(key=options["register"]).first()
        if register is None:
            known = ", ".join(EventRegister.objects.values_list("key", flat=True)) or "–"
            raise CommandError(f"There is no register {options['register']}. There are: {known}.")
        table = open_events(options["file"], table_options(options))
        chosen = LoadOptions(
            mode=LoadMode.REPLACE if options["replace"] else LoadMode.APPEND,
            doubled=DoubledHour(options["doubled"]),
            skipped=SkippedHour(options["skipped"]),
            district=DistrictRule(options["district"]),
            slashes=SlashOrder(options["slashes"]),
            system=coordinate_system(options),
            since=options["since"],
            until=options["until"],
            reason=options["reason"],
        )
        rejected = RejectionFile(options["rejected"]) if options["rejected"] else None
        most = None if options["all"] else MOST_SHOWN
        how = Run(run.apply, run.skip_rejected, run.progress, most, rejected.write if rejected else None)
        try:
            return load_events(table=table, register=register, by=system_user(), options=chosen, run=how)
        finally:
            if rejected:
                rejected.close()
