"""What every template knows about the site."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from portal.pages.base import SitePage
from portal.pages.tree import TopPage, active_language, home_url, top_pages
from portal.queries.alerts import alerts_for, page_of
from portal.queries.footer import footer
from portal.queries.languages import alternates, language_links
from portal.queries.navigation import menu
from region.navigation import own_frame
from region.queries.profile import current_profile

if TYPE_CHECKING:
    from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, Any]:
    """Region, navigation, languages and alerts, each read only when a template uses it, and once."""
    language = active_language()
    pages = cache(lambda: _top_pages(request, language))
    links = cache(lambda: language_links(request))
    return {
        "region": SimpleLazyObject(current_profile),
        "site_nav": SimpleLazyObject(lambda: menu(pages(), request)),
        "footer_nav": SimpleLazyObject(lambda: footer(pages())),
        "language_links": SimpleLazyObject(links),
        "alternates": SimpleLazyObject(lambda: alternates(links())),
        "alerts": SimpleLazyObject(lambda: alerts_for(request)),
        "emergency_numbers": SimpleLazyObject(lambda: list(current_profile().emergency_numbers.all())),
        "canonical_url": f"{settings.BASE_URL}{request.path}",
        "home_url": home_url(language),
        "own_frame": own_frame(request),
        "site_search_url": SimpleLazyObject(lambda: reverse("portal:search")),
    }


def _top_pages(request: HttpRequest, language: str) -> tuple[TopPage, ...]:
    page = page_of(request)
    return page.top_pages if isinstance(page, SitePage) and page.language == language else top_pages(language)
