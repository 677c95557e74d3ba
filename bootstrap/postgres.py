"""A PostgreSQL cluster that lives as long as the tests, on a private port of this machine."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bootstrap.progress import Stop
from bootstrap.system import postgres_folder
from portal.serving.leash import end_with_parent

if TYPE_CHECKING:
    from collections.abc import Iterator

FAST = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60", "shared_buffers=128MB"]
PATIENCE = 30.0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _user() -> dict[str, Any]:
    """Arguments for subprocess: the server refuses to run as root, so root lends it the user postgres."""
    return {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}


def _initialise(programs: Path, folder: Path) -> None:
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    command: list[str | Path] = [
        *(programs / "initdb", "--pgdata", folder / "data", "--auth", "trust", "--username", "postgres"),
        *("--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync"),
    ]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, **_user())
    if done.returncode != 0:
        message = f"The PostgreSQL cluster could not be made:\n{done.stdout}{done.stderr}"
        raise Stop(message)


def _serve(programs: Path, folder: Path, port: int) -> subprocess.Popen[bytes]:
    settings = [f"port={port}", "listen_addresses=127.0.0.1", f"unix_socket_directories={folder}", *FAST]
    options = [word for setting in settings for word in ("-c", setting)]
    with (folder / "server.log").open("wb") as log:
        return subprocess.Popen(
            [programs / "postgres", "-D", folder / "data", *options],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            process_group=0,
            preexec_fn=end_with_parent,
            **_user(),
        )


def _wait(programs: Path, folder: Path, port: int, server: subprocess.Popen[bytes]) -> None:
    question: list[str | Path] = [programs / "pg_isready", "--quiet", "--host", "127.0.0.1", "--port", str(port)]
    deadline = time.monotonic() + PATIENCE
    while subprocess.run(question, check=False).returncode != 0:
        if server.poll() is not None or time.monotonic() > deadline:
            log = (folder / "server.log").read_text(encoding="utf-8", errors="replace")
            message = f"PostgreSQL does not answer:\n{log}"
            raise Stop(message)
        time.sleep(0.1)


def _stop(server: subprocess.Popen[bytes]) -> None:
    """Fast shutdown, then force; the tests' data is thrown away anyway."""
    server.send_signal(signal.SIGINT)
    try:
        server.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


@contextmanager
def cluster() -> Iterator[str]:
    """Give the DATABASE_URL of a fresh cluster; stop it and remove its files whatever happens."""
    programs = postgres_folder()
    if programs is None:
        message = "No PostgreSQL server is installed."
        raise Stop(message)
    with tempfile.TemporaryDirectory(prefix="safe-county-pg-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        _initialise(programs, folder)
        port = _free_port()
        server = _serve(programs, folder, port)
        try:
            _wait(programs, folder, port, server)
            yield f"postgres://postgres@127.0.0.1:{port}/postgres"
        finally:
            _stop(server)
