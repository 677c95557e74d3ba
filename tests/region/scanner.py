"""A scanner that speaks clamd's INSTREAM and says what the test wants to hear."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Scanner:
    """Where it listens and what it was sent."""

    address: str
    received: list[bytes] = field(default_factory=list)


@contextmanager
def scanner(answer: bytes, *, path: Path | None = None) -> Iterator[Scanner]:
    """One that takes one stream, then answers; on a Unix socket at ``path``, else on a free port."""
    if path is None:
        server = socket.create_server(("127.0.0.1", 0))
        made = Scanner(f"127.0.0.1:{server.getsockname()[1]}")
    else:
        server = socket.socket(socket.AF_UNIX)
        server.bind(str(path))
        server.listen()
        made = Scanner(str(path))
    thread = threading.Thread(target=_take, args=(server, made, answer))
    thread.start()
    try:
        yield made
    finally:
        thread.join(10)
        server.close()


def _take(server: socket.socket, made: Scanner, answer: bytes) -> None:
    server.settimeout(10)
    connection, _who = server.accept()
    with connection, connection.makefile("rb") as stream:
        assert stream.read(10) == b"zINSTREAM\0"
        while size := struct.unpack("!I", stream.read(4))[0]:
            made.received.append(stream.read(size))
        connection.sendall(answer)
