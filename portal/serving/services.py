"""What is run: web server, task worker, minute tick."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, field
from pathlib import Path

from portal.serving.port import HOST

MANAGE = str(Path(__file__).resolve().parent.parent.parent / "manage.py")


@dataclass(frozen=True, slots=True)
class Service:
    """A program kept running: its name for people, its command, whether it waits for the web server's first answer."""

    name: str
    command: list[str] = field(default_factory=list)
    waits: bool = False


def cores() -> int:
    """Processor cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def web(port: int, host: str = HOST) -> Service:
    """Granian with one worker process per core and one blocking thread each (WEB_WORKERS sets another number)."""
    workers = os.environ.get("WEB_WORKERS", str(cores()))
    command = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)),
        *("--workers", workers, "--blocking-threads", "1", "--no-ws", "--http", "1"),
        *("--respawn-failed-workers", "--log-level", "warning", "portal.wsgi:application"),
    ]
    return Service("web server", command)


def worker() -> Service:
    """Carries out queued tasks of every queue."""
    command = [sys.executable, MANAGE, "db_worker", "--queue-name", "*", "--no-reload", "--verbosity", "1"]
    return Service("worker", command, waits=True)


def tick() -> Service:
    """Does what is due, once a minute."""
    return Service("minute tick", [sys.executable, MANAGE, "tick", "--loop"], waits=True)


def everything(port: int) -> list[Service]:
    """Services of one installation on one machine."""
    return [web(port), worker(), tick()]
