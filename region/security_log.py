"""The security log: who came in, was refused, took data out. One line each, for whoever watches over the system.

Names of keys follow the Elastic Common Schema. No line names a person beyond the account's id and the network address,
and none holds a secret: addresses are written without their query and with tokens left out.
"""

from __future__ import annotations

import logging
import re
import secrets
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal

from region.queries.roles import role_codes

if TYPE_CHECKING:
    from django.http import HttpRequest

logger = logging.getLogger("security")

# What a line may say besides who, where and when. A name outside is a mistake of the caller: it could be personal.
FACTS = frozenset({"what", "target_id", "rows", "reason", "kind", "format"})
# Parts of an address that open something by themselves.
SECRETS = ("token", "key", "uidb36", "uidb64")
LONGEST = 200
_REQUEST_ID = "safe_county.request_id"
_PLAIN_ID = re.compile(r"[\w.-]{8,64}", re.ASCII)

Fact = str | int | bool
Outcome = Literal["success", "failure", "denied"]


def note(
    event: str, *, request: HttpRequest | None = None, user: Any = None, outcome: Outcome = "success", **facts: Fact
) -> None:
    """Write one line about ``event``; the person is ``user``, or who makes the ``request``.

    Raises TypeError for a fact that the log does not know.
    """
    if unknown := facts.keys() - FACTS:
        raise TypeError(f"The security log does not know: {', '.join(sorted(unknown))}")
    person = user if user is not None else getattr(request, "user", None)
    line = {
        "@timestamp": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "event.action": event,
        "event.outcome": outcome,
        **_person(person),
        **(_asked(request) if request else {}),
        **{f"safe_county.{name}": _short(value) for name, value in facts.items()},
    }
    logger.info(event, extra={"security": line})


def request_id(request: HttpRequest) -> str:
    """What names this request in logs: the proxy's X-Request-ID if it is a plain one, else made here."""
    known = request.META.get(_REQUEST_ID)
    if not known:
        told = request.META.get("HTTP_X_REQUEST_ID", "")
        known = told if _PLAIN_ID.fullmatch(told) else secrets.token_hex(8)
        request.META[_REQUEST_ID] = known
    return str(known)


def _person(person: Any) -> dict[str, Any]:
    if person is None or not getattr(person, "pk", None):
        return {}
    return {"user.id": str(person.pk), "user.roles": sorted(role_codes(person))}


def _asked(request: HttpRequest) -> dict[str, Any]:
    return {
        "source.ip": request.META.get("REMOTE_ADDR", ""),
        "http.request.method": request.method,
        "http.request.id": request_id(request),
        "url.path": _short(_path(request)),
    }


def _path(request: HttpRequest) -> str:
    """Path without what opens something by itself."""
    path = request.path
    match = getattr(request, "resolver_match", None)
    for name in SECRETS:
        if value := (match.kwargs.get(name) if match else None):
            path = path.replace(str(value), "…")
    return path


def _short(value: Fact) -> Fact:
    return value[:LONGEST] if isinstance(value, str) else value
