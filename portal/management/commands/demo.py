"""``manage demo``: prepare a demo region and serve it."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from portal.demo.accounts import accounts_file
from portal.demo.preparing import prepare

if TYPE_CHECKING:
    from django.core.management.base import CommandParser

DEMO_SETTINGS = "portal.settings.demo"


class Command(BaseCommand):
    help = (
        "Prepare a demo region and serve it on 127.0.0.1 (what ./run demo starts when something is not prepared yet)."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", default=os.environ.get("PORT", "8000"))
        parser.add_argument("--started", default=str(time.time()), help="when the whole start began")
        parser.add_argument("--prepare-only", action="store_true", help="do not serve")

    def handle(self, *args: Any, port: str, started: str, prepare_only: bool, **options: Any) -> None:
        if settings.SETTINGS_MODULE != DEMO_SETTINGS:
            message = f"The demo writes into the database, and these are the settings {settings.SETTINGS_MODULE}. "
            raise CommandError(message + "Start it with ./run demo.")
        try:
            accounts = prepare(region=settings.REGION_KEY)
        except KeyboardInterrupt:
            message = "Stopped. Nothing is lost: the next start goes on from here."
            raise CommandError(message, returncode=130) from None
        if prepare_only:
            return
        connections.close_all()
        words = ["--port", port, "--started", started, "--accounts", str(accounts_file(settings.REGION_KEY))]
        first = ["--first"] if any(account.password for account in accounts) else []
        os.chdir(settings.BASE_DIR)
        os.execv(sys.executable, [sys.executable, "-m", "portal.serving", *words, *first])
