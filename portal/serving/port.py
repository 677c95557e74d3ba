"""Whether a port of this machine can be listened on."""

from __future__ import annotations

import socket

HOST = "127.0.0.1"


def is_free(port: int, host: str = HOST) -> bool:
    """Whether ``host``:``port`` can be bound now; connections that linger from an ended server do not count."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError):
            return False
    return True


def taken(port: int) -> str:
    """Sentence for the person who wanted this port."""
    return f"Port {port} is taken by another program. Stop it, or choose another: PORT={port + 1} ./run demo"
