"""A sheet for the notice board: everybody responsible in a town, on A4."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from region.clock import today
from region.memory import digest, remembered
from region.parts import Link
from region.pdf import PdfUnavailable, pdf_of
from region.queries.officers import everyone_in
from region.views.places import town_or_404
from region.views.trail import trail

UNAVAILABLE = 503


@require_safe
def town_sheet(request: HttpRequest, slug: str) -> HttpResponse:
    """The PDF; where the PDF library's system parts are missing, a page that says so and offers printing instead."""
    town = town_or_404(slug)
    on = today()
    address = request.build_absolute_uri(reverse("region:town", args=[town.slug]))

    def made() -> bytes:
        context = {"town": town, "groups": everyone_in(town_id=town.id, on=on), "on": on, "address": address}
        return pdf_of(render_to_string("print/town_sheet.html", context, request), style="portal/sheet.css")

    try:
        body = remembered(f"sheet:{digest(address)}:{on}", made, cache="files")
    except PdfUnavailable:
        shown = {"town": town, "trail": trail(Link(gettext("Sheet for the notice board")), town=town)}
        return render(request, "region/sheet_unavailable.html", shown, status=UNAVAILABLE)
    response = HttpResponse(body, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{town.slug}-{on.isoformat()}.pdf"'
    return response
