"""``manage serve``: web server, worker and minute tick as one supervised whole."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.serving.port import HOST, is_free, taken
from portal.serving.services import everything
from portal.serving.supervisor import Supervisor

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    help = "Run web server, task worker and minute tick together on 127.0.0.1 until Ctrl-C."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))

    def handle(self, *args: Any, port: int, **options: Any) -> None:
        if not is_free(port):
            raise CommandError(taken(port))
        url = f"http://{HOST}:{port}"
        supervisor = Supervisor(
            everything(port),
            url=f"{url}/{settings.LANGUAGE_CODE}/",
            on_ready=lambda status: self.stdout.write(f"{url}/ answers (HTTP {status}). Ctrl-C stops everything."),
        )
        sys.exit(supervisor.run())
