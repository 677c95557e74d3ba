"""What is run: web server, task worker, minute tick."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from portal.serving.port import HOST

MANAGE = str(Path(__file__).resolve().parent.parent.parent / "manage.py")


@dataclass(frozen=True, slots=True)
class Service:
    """A program kept running.

    ``name`` is for people; ``waits`` says that it starts only after the web server's first answer; ``patience`` is how
    many seconds it has to end by itself when it is asked to.
    """

    name: str
    command: list[str]
    waits: bool = False
    patience: float = 5.0


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
    command = [sys.executable, MANAGE, "worker"]
    # It finishes the task it has in hand before it ends.
    return Service("worker", command, waits=True, patience=30.0)


def tick() -> Service:
    """Does what is due, once a minute."""
    return Service("minute tick", [sys.executable, MANAGE, "tick", "--loop"], waits=True)


def everything(port: int) -> list[Service]:
    """Services of one installation on one machine."""
    return [web(port), worker(), tick()]
