"""What came too late: the record has moved on, or the form is not one that may be sent. One plain page, 409."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from region.domain.sent_forms import ForeignForm
from region.domain.transition import IllegalTransition

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase


class ConflictMiddleware:
    """Answers refusals of the kernel, so that no view has to."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page for a refusal of the kernel; None leaves every other error to Django."""
        if isinstance(error, IllegalTransition | ForeignForm):
            return render(request, "409.html", status=409)
        return None
