"""What must stand before the demo can be served; each step does nothing when it was done before."""

from __future__ import annotations

import subprocess
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from wagtail.models import Site

from bootstrap.progress import say, step
from portal.catalogues import compile_catalogues
from portal.demo.accounts import Account, ensure_accounts, give_roles_of_organisations
from portal.demo.loading import load_region
from portal.serving.freshness import SOURCES, STATIC, Marks, Prepared, fingerprint
from portal.serving.processes import MANAGE
from region.models.users import User

if TYPE_CHECKING:
    from collections.abc import Iterator


def migrate(marks: Marks) -> None:
    """Bring the database to the newest tables; an empty one has forgotten its demo content."""
    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return
    empty = not executor.loader.applied_migrations
    if empty:
        marks.forget()
    with step("Tables of the database"), in_haste(empty=empty):
        call_command("migrate", interactive=False, verbosity=0)


@contextmanager
def in_haste(*, empty: bool) -> Iterator[None]:
    """Do not wait for the disk after each of hundreds of statements while there is nothing to lose (SQLite)."""
    if not empty or connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=OFF")
    yield
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def translations() -> None:
    """Compile the catalogues whose texts are newer."""
    with step("Translations"):
        for folder in settings.LOCALE_PATHS:
            compile_catalogues(folder)


@contextmanager
def static_files(prepared: Prepared) -> Iterator[None]:
    """Collect and compress static files, if any changed, in a process of its own beside the work of the block."""
    digest = fingerprint(STATIC)
    if prepared.static_is_fresh():
        yield
        return
    command = [sys.executable, MANAGE, "collectstatic", "--no-input", "--verbosity", "0"]
    collecting = subprocess.Popen(command, stdin=subprocess.DEVNULL)
    try:
        yield
        with step("Static files, compressed (begun above)"):
            code = collecting.wait()
    finally:
        collecting.kill()
        collecting.wait()
    if code != 0:
        message = "The static files could not be collected; what is wrong stands above."
        raise CommandError(message)
    prepared.static_marks.set("static", digest)


def content(*, region: str, marks: Marks) -> None:
    """Load the demo region once; later starts keep what people have changed."""
    if marks.get("content"):
        return
    by = User.objects.filter(is_superuser=True).earliest("date_joined")
    started = time.monotonic()
    load_region(region=region, by=by, progress=lambda text: say(f"    {text}"))
    say(f"  {'Demo region ' + region:<58}{time.monotonic() - started:7.1f} s")
    marks.set("content", "loaded")


def site_address() -> None:
    """Let Wagtail's site follow the address this start was given (another PORT, for example)."""
    address = urlsplit(settings.BASE_URL)
    site = Site.objects.filter(is_default_site=True).first()
    wanted = (address.hostname, address.port or 80)
    if site and (site.hostname, site.port) != wanted:
        site.hostname, site.port = wanted
        site.save()


def prepare(*, region: str) -> list[Account]:
    """Do everything that is not done yet; give the accounts, with passwords where they are new."""
    settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
    prepared = Prepared(settings.VAR_DIR, region)
    with static_files(prepared):
        migrate(prepared.marks)
        translations()
        accounts = ensure_accounts(region=region)
        content(region=region, marks=prepared.marks)
        give_roles_of_organisations()
        site_address()
    prepared.marks.set("address", settings.BASE_URL)
    prepared.marks.set("prepared", fingerprint(SOURCES))
    return accounts
