"""Whoever is signed in is never sent to sign in: what he may not open is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.core.exceptions import PermissionDenied

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

SIGN_IN = "/account/login/"


class DoorMiddleware:
    """Turns the way Wagtail refuses (to the sign-in page and from there straight back, for ever) into a plain 403."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if has_session(request) and request.user.is_authenticated and leads_to_sign_in(response):
            raise PermissionDenied(request.path)
        return response


def has_session(request: HttpRequest) -> bool:
    """Whether the request comes with a session; asked first, so that nobody's session is opened for public pages."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES


def leads_to_sign_in(response: HttpResponseBase) -> bool:
    """Whether the answer sends somebody to sign in and come back."""
    target = urlsplit(response.get("Location", ""))
    return target.path.endswith(SIGN_IN) and "next" in parse_qs(target.query)
