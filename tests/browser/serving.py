"""The portal with its demo region, as a person would start it, in a process of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
REGION = "plzen"
DATABASE = f"{REGION}.sqlite3"
HOST = "127.0.0.1"
# Migrations and demo content on a slow, busy machine.
PATIENCE_SECONDS = 400
HTTP_OK = 200


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may sign in."""

    email: str
    password: str


@dataclass(frozen=True, slots=True)
class Portal:
    """A running portal: its address and its accounts by role."""

    url: str
    accounts: dict[str, Account]
    database: Path


def _free_port() -> int:
    with socket.create_server((HOST, 0)) as server:
        port: int = server.getsockname()[1]
        return port


def _answers(port: int) -> bool:
    connection = HTTPConnection(HOST, port, timeout=30)
    try:
        connection.request("GET", "/cs/")
        return connection.getresponse().status == HTTP_OK
    except OSError:
        return False
    finally:
        connection.close()


def _accounts(folder: Path) -> dict[str, Account]:
    lines = (folder / f"{REGION}.accounts.txt").read_text(encoding="utf-8").splitlines()
    rows = [line.split() for line in lines if line.strip()]
    return {role: Account(email, password) for role, email, password in rows}


def known(url: str, folder: Path) -> Portal:
    """A portal that somebody else runs at ``url`` with everything it writes in ``folder``."""
    return Portal(url, _accounts(folder), folder / DATABASE)


@contextmanager
def serving(folder: Path) -> Iterator[Portal]:
    """Run the demo with everything it writes in ``folder``; ``RuntimeError`` with its words when it does not start."""
    told = folder / "demo.log"
    port = _free_port()
    variables = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "portal.settings.demo",
        "SAFE_COUNTY_REGION": REGION,
        "SAFE_COUNTY_VAR": str(folder),
        "SECRET_KEY": "only-for-the-browser-tests-" + "0123456789" * 4,
        "DATABASE_URL": "",
        "WEB_WORKERS": "1",
    }
    command = [sys.executable, str(ROOT / "manage.py"), "demo", "--port", str(port)]
    with told.open("wb") as log:
        process = subprocess.Popen(
            command, cwd=ROOT, env=variables, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT
        )
    try:
        _wait(process, port, told)
        yield known(f"http://{HOST}:{port}", folder)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=60)


def _wait(process: subprocess.Popen[bytes], port: int, told: Path) -> None:
    ends = time.monotonic() + PATIENCE_SECONDS
    while not _answers(port):
        if process.poll() is not None or time.monotonic() > ends:
            raise RuntimeError(f"The demo did not start:\n{told.read_text(encoding='utf-8')}")
        time.sleep(0.3)
