"""The same page in other languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import translate_url
from wagtail.models import Page

from portal.pages.tree import active_language, home_url, page_url
from portal.queries.alerts import page_of
from region.queries.profile import current_profile

if TYPE_CHECKING:
    from django.http import HttpRequest

# Filters of lists are the same in every language, so the switch may keep them.
KEPT = ("town", "topic", "year", "when", "status")


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """One language of the switch: its code, its own name, and where it leads.

    Without a translation ``translated`` is false and the link leads to the home page of that language.
    """

    code: str
    name: str
    url: str
    current: bool
    translated: bool


def shown_languages() -> list[tuple[str, str]]:
    """Codes and own names of the languages that readers may choose, in the order of the settings."""
    chosen = current_profile().languages
    return [(code, name) for code, name in settings.LANGUAGES if not chosen or code in chosen]


def language_links(request: HttpRequest) -> list[LanguageLink]:
    """The switch on this page: translations of a Wagtail page (1 query), or the same address of other views (none)."""
    page, mine = page_of(request), active_language()
    found = _translations(page) if page else _translated_addresses(request)
    query = _kept_query(request)
    return [
        LanguageLink(
            code, name, f"{found[code]}{query}" if code in found else home_url(code), code == mine, code in found
        )
        for code, name in shown_languages()
    ]


def alternates(links: list[LanguageLink]) -> list[tuple[str, str]]:
    """Codes and absolute addresses for ``hreflang``: only real translations, and only when there are two or more."""
    found = [(link.code, f"{settings.BASE_URL}{link.url}") for link in links if link.translated]
    return found if len(found) > 1 else []


def _translations(page: Page) -> dict[str, str]:
    rows = (
        Page.objects.live()
        .filter(translation_key=page.translation_key)
        .values_list("locale__language_code", "url_path")
    )
    return {code: page_url(path, code) for code, path in rows}


def _translated_addresses(request: HttpRequest) -> dict[str, str]:
    """Addresses of a view; an error page has none, and one that is the same in every language has none but its own."""
    mine, path = active_language(), request.path
    if request.resolver_match is None or request.resolver_match.url_name == "wagtail_serve":
        return {}
    found = {code: translate_url(path, code) for code, _name in settings.LANGUAGES}
    return {code: url for code, url in found.items() if code == mine or url != path}


def _kept_query(request: HttpRequest) -> str:
    query = request.GET.copy()
    match = request.resolver_match
    # Lists of the office and of My have the same filters in every language.
    is_list = match is not None and str(match.url_name).startswith(("office", "my"))
    for name in list(query):
        if name not in KEPT and not is_list:
            del query[name]
    return f"?{query.urlencode()}" if query else ""
