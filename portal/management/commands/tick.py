"""``manage tick``: what is due now, once or every minute."""

from __future__ import annotations

import signal
import threading
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections, connection
from django.utils import timezone

from region.domain.patience import LOST
from region.domain.tick import tick

if TYPE_CHECKING:
    from django.core.management.base import CommandParser

MINUTE = 60


class Command(BaseCommand):
    help = "Do what is due now (scheduled pages, stuck tasks). Safe to run at any time, any number of times."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--loop", action="store_true", help="stay and do it at the beginning of every minute")

    def handle(self, *args: Any, loop: bool, verbosity: int, **options: Any) -> None:
        end = threading.Event()
        if loop:
            for number in (signal.SIGINT, signal.SIGTERM):
                signal.signal(number, lambda *_: end.set())
        while True:
            self._tick(verbosity=verbosity)
            if not loop or end.wait(MINUTE - timezone.now().timestamp() % MINUTE):
                return
            # A connection that broke while waiting is replaced, as between two requests.
            close_old_connections()

    def _tick(self, *, verbosity: int) -> None:
        try:
            outcomes = tick(now=timezone.now())
        except LOST as error:
            self.stderr.write(f"The database cannot be reached ({type(error).__name__}).")
            connection.close()
            return
        if outcomes is None:
            self.stdout.write("Another process is at it.")
        for outcome in outcomes or ():
            if outcome.changed is None:
                self.stderr.write(f"{outcome.name}: failed, see the log")
            elif outcome.changed or verbosity > 1:
                self.stdout.write(f"{outcome.name}: {outcome.changed} in {outcome.seconds:.2f} s")
