"""Asks a web server whether it answers yet."""

from __future__ import annotations

import http.client
from urllib.parse import urlsplit

PATIENCE = 2.0


def answers(url: str, address: str = "", patience: float = PATIENCE) -> int | None:
    """HTTP status that ``url`` (http only) gives within ``patience`` seconds, or None.

    It is asked as a proxy in front would: for the host of the site's ``address``, by its scheme.
    """
    parts, site = urlsplit(url), urlsplit(address or url)
    headers = {"Host": site.netloc, "X-Forwarded-Proto": site.scheme}
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=patience)
    try:
        connection.request("GET", parts.path or "/", headers=headers)
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()
