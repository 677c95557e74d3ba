"""Asks an address as each actor and tells what came back. Nothing that was done stays."""

from __future__ import annotations

import re
from collections.abc import Mapping
from http.cookies import SimpleCookie
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation

from tests.permissions.rows import ACTORS, SIGN_IN, Outcome, Row

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase

    from tests.permissions.world import World

_UNNAMED: dict[str, list[Any]] = {"wagtail_serve": [""], "wagtaildocs_serve": [1, "x.pdf"]}
# Where an address has no language, the sign-in page comes in the reader's own.
_SIGN_IN_PAGE = re.compile(r"/(cs|pl|en)/account/login/")
HOME_OF_EDITORS = "editors' home"


class Asker:
    """One browser that borrows the session of whoever asks."""

    def __init__(self, world: World, *, raises: bool = True) -> None:
        self.world = world
        self.client = Client(raise_request_exception=raises)

    def ask(self, actor: str, method: str, path: str, data: Mapping[str, Any] | None = None) -> Outcome:
        """What ``actor`` is answered: a status, or where he or she is sent when that is what matters."""
        session = self.world.sessions.get(actor)
        self.client.cookies = SimpleCookie({settings.SESSION_COOKIE_NAME: session} if session else {})
        # Limits on asking often are counted for the address that all actors here share.
        cache.clear()
        with transaction.atomic():
            answer = getattr(self.client, method)(path, data or {})
            answer.close()
            transaction.set_rollback(True)
        return _outcome(answer, path)

    def ask_all(self, method: str, path: str, data: Mapping[str, Any] | None = None) -> dict[str, Outcome]:
        """The same for every actor."""
        return {actor: self.ask(actor, method, path, data) for actor in ACTORS}


def _outcome(answer: HttpResponseBase, path: str) -> Outcome:
    target = answer.get("Location", "").partition("?")[0]
    if _SIGN_IN_PAGE.fullmatch(target) and not _SIGN_IN_PAGE.match(path):
        return SIGN_IN
    if answer.status_code == 302 and target == "/admin/" and path != "/admin/":
        return HOME_OF_EDITORS
    return answer.status_code


def path_of(row: Row, world: World) -> str:
    """The address of a row in English."""
    given = dict(row.args(world))
    if row.name.startswith("route:"):
        route = row.name.removeprefix("route:")
        return "/" + re.sub(r"<\w+:(\w+)>", lambda part: str(given[part[1]]), route) + row.query
    with translation.override("en"):
        # Wagtail's own patterns of pages and documents have parts without names.
        return reverse(row.name, args=_UNNAMED.get(row.name), kwargs=given or None) + row.query
