"""What the processes of the fault tests do: tables, tasks, a quick tick. Whoever imports this has set Django up."""

from __future__ import annotations

import os
import time
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import close_old_connections, connection, transaction
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from region.domain import tick
from region.domain.effects import had_once
from region.domain.outbox import put
from region.domain.patience import LOST
from region.models import DoneEffect, Heartbeat, MailHold, NumberSeries, OutboxMessage, TaskNote, User

TABLES = (ContentType, Permission, Group, User, OutboxMessage, MailHold, Heartbeat, TaskNote, DoneEffect, NumberSeries)
DUTIES = ("lost tasks", "failed tasks", "lost messages", "outbox")


def begin(slow: str) -> None:
    """Lay the tables; have a task wait that never ends at its first attempt, and makes the file ``slow`` then."""
    _lay_tables()
    count_slowly.enqueue("slow", slow)


def _lay_tables() -> None:
    """Make the tables that the work needs, and no others: that takes a second, migrating takes a minute."""
    with connection.constraint_checks_disabled(), connection.schema_editor() as editor:
        for model in (*TABLES, DBTaskResult):
            editor.create_model(model)
    if connection.vendor == "postgresql":
        # The cluster of the tests trades safety for speed; what is tested here is safety.
        with connection.cursor() as cursor:
            cursor.execute("ALTER DATABASE postgres SET synchronous_commit = on")


def act(key: str) -> None:
    """What a request does before it is acknowledged: a message and a task, in one transaction."""
    with transaction.atomic():
        put(to="jana@example.org", subject=key, body=key, kind="fault", key=key)
        count.enqueue(key)


@task()
def count(key: str) -> None:
    """Count one for ``key``: the row has an effect of its own each time it is written."""
    had_once(key=f"count {key}", effect=lambda: _add_one(key))


@task()
def count_slowly(key: str, began: str) -> None:
    """As ``count``; the first to begin counts, then never ends."""
    count.func(key)
    try:
        os.close(os.open(began, os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        return
    time.sleep(600)


def _add_one(key: str) -> None:
    row, _made = NumberSeries.objects.get_or_create(key=key, year=1)
    row.last += 1
    row.save()


def tick_quickly() -> None:
    """The minute tick with its duties for mail and tasks, twice a second, for ever."""
    kept = {name: function for name, function in tick._register.items() if name in DUTIES}
    tick._register.clear()
    tick._register.update(kept)
    while True:
        try:
            tick.tick(now=timezone.now())
        except LOST:
            connection.close()
        close_old_connections()
        time.sleep(0.5)


def application(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    """A request: the path is its key. It is acknowledged only when its transaction has ended."""
    close_old_connections()
    try:
        act(environ["PATH_INFO"].strip("/"))
        status = "200 OK"
    except LOST:
        connection.close()
        status = "503 Service Unavailable"
    start_response(status, [("Content-Type", "text/plain"), ("Content-Length", "0")])
    return [b""]


def told_at_rest(patience: float = 100.0) -> dict[str, Any]:
    """How everything stands once no message waits and no task is open, or when patience ends."""
    end = time.monotonic() + patience
    while time.monotonic() < end and _moves():
        time.sleep(0.2)
    return {
        "mail": dict(OutboxMessage.objects.values_list("subject", "status")),
        "numbers": {row.subject: row.pk.hex for row in OutboxMessage.objects.only("subject")},
        "counts": dict(NumberSeries.objects.values_list("key", "last")),
        "tasks": [
            {"key": row.args_kwargs["args"][:1], "status": row.status, "runs": len(row.worker_ids)}
            for row in DBTaskResult.objects.all()
        ],
    }


def _moves() -> bool:
    is_open = DBTaskResult.objects.filter(status__in=("READY", "RUNNING")).exists()
    return is_open or OutboxMessage.objects.filter(status="waiting").exists()
