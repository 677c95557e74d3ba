"""Serving Wagtail's pages with fewer questions to the database than Wagtail's own routing asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from wagtail import views
from wagtail.models import Site

from portal.pages.tree import active_language, page_at
from region.memory import remembered

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from wagtail.url_routing import RouteResult


def serve(request: HttpRequest, path: str) -> HttpResponse:
    """Find the page at the address in the reader's language; Wagtail serves it, with its hooks and restrictions."""
    # Where Wagtail keeps, for the time of the request, what it has found out.
    vars(request).update(_wagtail_site=remembered("site", _site), _wagtail_route_for_request=_route(request, path))
    response: HttpResponse = views.serve(request, path)
    return response


def _site() -> Site | None:
    """The one site of the installation (an installation serves one region)."""
    return Site.objects.filter(is_default_site=True).select_related("root_page").first()


def _route(request: HttpRequest, path: str) -> RouteResult | None:
    found = page_at(active_language(), [part for part in path.split("/") if part])
    if found is None:
        return None
    page, rest = found
    try:
        result: RouteResult = page.route(request, rest)
    except Http404:
        return None
    return result
