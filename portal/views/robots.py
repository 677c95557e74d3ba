"""The site for search engines, and the way from ``/`` to a language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request
from django.views.decorators.http import require_safe

from portal.pages.tree import home_url
from portal.queries.languages import shown_languages
from portal.queries.sitemap import entries

if TYPE_CHECKING:
    from django.http import HttpRequest


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """``/sitemap.xml``: every public page with its translations."""
    return render(request, "portal/sitemap.xml", {"entries": entries()}, content_type="application/xml; charset=utf-8")


@require_safe
def robots(_request: HttpRequest) -> HttpResponse:
    """``/robots.txt``: editors' screens are not for search engines."""
    lines = ["User-agent: *", "Disallow: /admin/", "", f"Sitemap: {settings.BASE_URL}/sitemap.xml", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def root(request: HttpRequest) -> HttpResponse:
    """``/``: the home page in the reader's language, if the region shows it, else in the installation's own."""
    wanted = get_language_from_request(request)[:2]
    codes = [code for code, _name in shown_languages()]
    own = settings.LANGUAGE_CODE if settings.LANGUAGE_CODE in codes else codes[0]
    response = HttpResponseRedirect(home_url(wanted if wanted in codes else own))
    patch_vary_headers(response, ("Accept-Language",))
    return response
