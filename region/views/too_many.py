"""The page for whoever has tried too often: it says how long to wait."""

from __future__ import annotations

import math
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.shortcuts import render

from region.waits import seconds_to_wait

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def too_many(request: HttpRequest) -> HttpResponse:
    """429 with the minutes to wait."""
    seconds = seconds_to_wait(request)
    response = render(request, "429.html", {"minutes": math.ceil(seconds / 60)}, status=HTTPStatus.TOO_MANY_REQUESTS)
    response["Retry-After"] = str(seconds)
    return response
