"""Asks a web server whether it answers yet."""

from __future__ import annotations

import http.client
from urllib.parse import urlsplit

PATIENCE = 2.0


def answers(url: str, patience: float = PATIENCE) -> int | None:
    """HTTP status that ``url`` (http only) gives within ``patience`` seconds, or None."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=patience)
    try:
        connection.request("GET", parts.path or "/")
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()
