"""How often one address of the network may do a thing."""

from __future__ import annotations

import hashlib
import hmac
from ipaddress import IPv6Address, IPv6Network, ip_address

from django.conf import settings
from django.core.cache import cache

# A household or an office gets that many addresses at once: its newest is no newcomer.
_IPV6_PREFIX = 64


def take(*, action: str, address: str, limit: int, seconds: int, act: str = "") -> bool:
    """Count one act of a network address; false when it has had ``limit`` of them within the span of ``seconds``.

    An ``act`` that was counted before, such as a form that is sent again, counts no more. Addresses and acts are kept
    only as keyed hashes and only in the cache, which all processes share. Each act takes one of ``limit`` places, and
    a place is taken by one process alone: any number of them together do not get past the limit.
    """
    key = f"rate:{action}:{_digest(action, _asker(address))}"
    seen = f"{key}:{_digest(action, act)}"
    if act and cache.get(seen):
        return True
    if not any(cache.add(f"{key}:{place}", 1, seconds) for place in range(limit)):
        return False
    if act:
        cache.set(seen, 1, seconds)
    return True


def _asker(address: str) -> str:
    """Whom an address stands for: itself, or for one of version 6 the network that one subscriber has."""
    try:
        known = ip_address(address)
    except ValueError:
        return address
    if not isinstance(known, IPv6Address):
        return address
    if known.ipv4_mapped:
        return str(known.ipv4_mapped)
    return str(IPv6Network((int(known), _IPV6_PREFIX), strict=False))


def _digest(action: str, text: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), f"{action}:{text}".encode(), hashlib.sha256).hexdigest()[:32]
