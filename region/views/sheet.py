"""A sheet for the notice board: everybody responsible in a town, on A4."""

from __future__ import annotations

import hashlib

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from region.clock import today
from region.parts import Link
from region.pdf import PdfUnavailable, pdf_of
from region.queries.officers import everyone_in
from region.stamp import shared_stamp
from region.views.places import town_or_404
from region.views.trail import trail

UNAVAILABLE = 503
KEPT_SECONDS = 3600


@require_safe
def town_sheet(request: HttpRequest, slug: str) -> HttpResponse:
    """The PDF; where the PDF library's system parts are missing, a page that says so and offers printing instead."""
    town = town_or_404(slug)
    on = today()
    address = request.build_absolute_uri(reverse("region:town", args=[town.slug]))
    stamp = shared_stamp().read()
    key = f"sheet:{hashlib.blake2b(address.encode(), digest_size=12).hexdigest()}:{on}:{stamp}"
    body: bytes | None = caches["renditions"].get(key) if stamp else None
    if body is None:
        context = {"town": town, "groups": everyone_in(town_id=town.id, on=on), "on": on, "address": address}
        try:
            body = pdf_of(render_to_string("print/town_sheet.html", context, request), style="portal/sheet.css")
        except PdfUnavailable:
            shown = {"town": town, "trail": trail(Link(gettext("Sheet for the notice board")), town=town)}
            return render(request, "region/sheet_unavailable.html", shown, status=UNAVAILABLE)
        caches["renditions"].set(key, body, KEPT_SECONDS)
    response = HttpResponse(body, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{town.slug}-{on.isoformat()}.pdf"'
    return response
