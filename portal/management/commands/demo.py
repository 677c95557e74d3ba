"""``manage demo``: prepare a demo region and serve it."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from portal.demo.accounts import Account, accounts_file
from portal.demo.preparing import prepare
from portal.serving.port import HOST, is_free, taken
from portal.serving.services import everything
from portal.serving.supervisor import Supervisor

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    help = "Prepare a demo region and serve it on 127.0.0.1 (what ./run demo starts)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--region", default=settings.REGION_KEY)
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
        parser.add_argument("--started", type=float, default=time.time(), help="when the whole start began")

    def handle(self, *args: Any, region: str, port: int, started: float, **options: Any) -> None:
        if region != settings.REGION_KEY:
            message = f"Start it by ./run demo --region {region}, which gives each region its own database."
            raise CommandError(message)
        if not is_free(port):
            raise CommandError(taken(port))
        try:
            accounts = prepare(region=region)
        except KeyboardInterrupt:
            message = "Stopped. Nothing is lost: the next start goes on from here."
            raise CommandError(message, returncode=130) from None
        connections.close_all()
        url = f"http://{HOST}:{port}"
        os.environ.setdefault("BASE_URL", url)

        def announce(status: int) -> None:
            self.stdout.write(f"\nReady after {time.time() - started:.1f} s (HTTP {status}).\n")
            self._addresses(url)
            self._accounts(region, accounts)
            self.stdout.write("\nCtrl-C stops everything.")
            self.stdout.flush()

        supervisor = Supervisor(everything(port), url=f"{url}/{settings.LANGUAGE_CODE}/", on_ready=announce)
        sys.exit(supervisor.run())

    def _addresses(self, url: str) -> None:
        for name, path in {
            "Czech": "cs/",
            "Polish": "pl/",
            "English": "en/",
            "Editors": "admin/",
            "Design": "design/",
        }.items():
            self.stdout.write(f"  {name:<10}{url}/{path}")

    def _accounts(self, region: str, accounts: list[Account]) -> None:
        for account in accounts:
            password = account.password or f"password in {accounts_file(region)}"
            self.stdout.write(f"  {account.role:<16}{account.email:<30}{password}")
