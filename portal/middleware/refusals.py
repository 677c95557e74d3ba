"""Refusals are written to the security log: missing rights, and limits that were run into."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from region.security_log import note

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

REASONS: dict[int, str] = {HTTPStatus.FORBIDDEN: "forbidden", HTTPStatus.TOO_MANY_REQUESTS: "too_many"}


class RefusalMiddleware:
    """Notes every answer 403 and 429, whichever view or middleware further in gave it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if reason := REASONS.get(response.status_code):
            note("access.denied", request=request, outcome="denied", reason=reason)
        return response
