from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from region.management.progress import Bar
from reports.domain.events_summaries import rebuild_summaries
from reports.models import EventRegister


class Command(BaseCommand):
    help = "Count the events of registers anew, for dashboards; of all registers unless some are named."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("register", nargs="*", metavar="KEY", help="key of a register of events")

    def handle(self, *_args: Any, **options: Any) -> None:
        wanted = options["register"]
        registers = EventRegister.objects.filter(key__in=wanted) if wanted else EventRegister.objects.all()
        missing = sorted(set(wanted) - {register.key for register in registers})
        if missing:
            raise CommandError(f"There is no register {', '.join(missing)}.")
        for register in registers:
            bar = Bar(sys.stderr)
            made = rebuild_summaries(register=register, progress=bar)
            bar.close()
            self.stdout.write(f"{register.key}: {made}")
