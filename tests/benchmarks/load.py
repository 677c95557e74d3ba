"""A web server under measurement and the load on it."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from portal.serving.ready import answers

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
CONNECTIONS = 8
PATIENCE = 60.0
_RATE = re.compile(r"Requests/sec:\s+([\d.]+)")
_FAULTS = re.compile(r"(Non-2xx or 3xx responses|Socket errors):.*")


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@contextmanager
def served(application: str, path: str, **variables: str) -> Iterator[str]:
    """Granian as in production: two workers with one blocking thread each; gives the address of the server."""
    port = free_port()
    command = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)),
        *("--workers", "2", "--blocking-threads", "1", "--no-ws", "--http", "1", "--log-level", "error", application),
    ]
    server = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **variables}, stdin=subprocess.DEVNULL)
    try:
        _wait(server, f"http://127.0.0.1:{port}{path}")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(PATIENCE)


def _wait(server: subprocess.Popen[bytes], url: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while answers(url, patience=PATIENCE) != 200:
        if server.poll() is not None or time.monotonic() > deadline:
            message = f"{url} does not answer with 200"
            raise RuntimeError(message)
        time.sleep(0.2)


def tool() -> str:
    """What makes the load."""
    return "wrk" if shutil.which("wrk") else "an own client, slower than the server (install wrk for true rates)"


def requests_per_second(url: str, seconds: float) -> float:
    """Rate at which ``url`` is answered over kept connections; raises RuntimeError when an answer is not a success."""
    return _wrk(url, seconds) if shutil.which("wrk") else asyncio.run(_own(url, seconds))


def _wrk(url: str, seconds: float) -> float:
    words = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds:.0f}s", "-H", "Accept-Encoding: gzip", url]
    told = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    if faults := _FAULTS.search(told):
        message = f"{url}: {faults.group(0)}"
        raise RuntimeError(message)
    found = _RATE.search(told)
    return float(found.group(1)) if found else 0.0


async def _own(url: str, seconds: float) -> float:
    deadline = time.monotonic() + seconds
    counts = await asyncio.gather(*(_ask_until(deadline, url) for _ in range(CONNECTIONS)))
    return sum(counts) / seconds


async def _ask_until(deadline: float, url: str) -> int:
    parts = urlsplit(url)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    question = f"GET {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\nAccept-Encoding: gzip\r\n\r\n".encode()
    count = 0
    while time.monotonic() < deadline:
        writer.write(question)
        head = await reader.readuntil(b"\r\n\r\n")
        if b" 200 " not in head.split(b"\r\n", 1)[0]:
            message = f"{url}: {head[:60]!r}"
            raise RuntimeError(message)
        length = re.search(rb"(?i)content-length: (\d+)", head)
        await reader.readexactly(int(length.group(1)) if length else 0)
        count += 1
    writer.close()
    return count
