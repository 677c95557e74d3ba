"""A PDF that a worker makes: the file once it is there, until then a page that says so and works without scripts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from region.domain.prepared import SPAN, Order, kept_file, name_of, order_file, standing_order
from region.tasks import prepare_file

if TYPE_CHECKING:
    from django.http import HttpRequest

    from region.parts import Link

ACCEPTED, TOO_MANY, UNAVAILABLE = 202, 429, 503
# Seconds after which it is worth looking again.
_SOON = 10


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which file: its kind and what it is about for its maker, the name it gets, the page that says the same."""

    kind: str
    about: str
    filename: str
    back: Link


def prepared_pdf(request: HttpRequest, wanted: Wanted) -> HttpResponse:
    """The file, or a page on what became of the order."""
    name = name_of(wanted.kind, wanted.about)
    body = kept_file(name)
    if body is None:
        order = order_file(name, kind=wanted.kind, about=wanted.about, address=str(request.META.get("REMOTE_ADDR", "")))
        if order is Order.TAKEN:
            prepare_file.enqueue(name, wanted.kind, wanted.about, get_language() or "")
            # A queue that works at once has made it by now, or knows that it cannot.
            body, order = kept_file(name), standing_order(name) or order
        if body is None:
            return _told(request, order, wanted)
    response = HttpResponse(body, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{wanted.filename}.pdf"'
    return response


def _told(request: HttpRequest, order: Order, wanted: Wanted) -> HttpResponse:
    """The page, which nobody keeps: a moment later another answer is true."""
    if order is Order.IMPOSSIBLE:
        shown, status = "region/pdf_unavailable.html", UNAVAILABLE
    elif order is Order.TOO_MANY:
        shown, status = "region/pdf_too_many.html", TOO_MANY
    else:
        shown, status = "region/pdf_prepared.html", ACCEPTED
    response = render(request, shown, {"back": wanted.back}, status=status)
    response["Cache-Control"] = "no-store"
    if order is not Order.IMPOSSIBLE:
        response["Retry-After"] = str(SPAN if order is Order.TOO_MANY else _SOON)
    return response
