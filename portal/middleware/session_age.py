"""A session ends so long after it began, however often it was written to since."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth import logout

from portal.middleware.doors import has_session
from region.ways_in import is_over

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase


class SessionAgeMiddleware:
    """Signs out whoever came in too long ago: each change of a session puts off the end that Django gives it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if has_session(request) and request.user.is_authenticated and is_over(request):
            logout(request)
        return self.get_response(request)
