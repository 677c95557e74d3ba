"""Times are shown, and read from forms, in the region's own time zone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from region.clock import zone

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse


class RegionTimeMiddleware:
    """Makes the region's time zone the active one for the time of a request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with timezone.override(zone()):
            return self.get_response(request)
