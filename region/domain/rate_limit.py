"""How often one address of the network may do a thing."""

from __future__ import annotations

import hashlib
import hmac

from django.conf import settings
from django.core.cache import cache


def take(*, action: str, address: str, limit: int, seconds: int) -> bool:
    """Count one act of a network address; false when it has had ``limit`` of them within the span of ``seconds``.

    The address is kept only as a keyed hash and only in the cache (with Redis for all processes together, without it
    for each process by itself).
    """
    digest = hmac.new(settings.SECRET_KEY.encode(), f"{action}:{address}".encode(), hashlib.sha256).hexdigest()
    key = f"rate:{action}:{digest[:32]}"
    cache.add(key, 0, seconds)
    try:
        return cache.incr(key) <= limit
    except ValueError:  # it ran out between the two lines
        return True
