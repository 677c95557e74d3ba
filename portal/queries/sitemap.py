"""Pages for search engines, each with its translations."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse, translate_url
from wagtail.models import Page

from portal.pages.readable import readable
from portal.pages.tree import page_url
from portal.queries.languages import shown_languages

if TYPE_CHECKING:
    from datetime import datetime

# A sitemap holds at most so many addresses (sitemaps.org, protocol 0.9).
MOST_PAGES = 50_000
# Pages of other areas that are not Wagtail's, by the name of their address.
OTHER_PAGES = ("region:finder",)


@dataclass(frozen=True, slots=True)
class Entry:
    """One address with the day of its last change and its translations (language, address), itself among them."""

    url: str
    changed: datetime | None
    alternates: list[tuple[str, str]]


def entries() -> list[Entry]:
    """Every public page of the languages shown. 2 queries."""
    found: dict[object, list[tuple[str, str, datetime | None]]] = defaultdict(list)
    for key, code, path, changed in _pages():
        if url := page_url(path, code):
            found[key].append((code, f"{settings.BASE_URL}{url}", changed))
    pages = [Entry(url, changed, _others(group)) for group in found.values() for _code, url, changed in group]
    return [*pages, *_other_pages()][:MOST_PAGES]


def _pages() -> list[tuple[object, str, str, datetime | None]]:
    codes = [code for code, _name in shown_languages()]
    pages = readable(Page.objects.all()).filter(depth__gt=1, locale__language_code__in=codes)
    return list(
        pages.order_by("path").values_list("translation_key", "locale__language_code", "url_path", "last_published_at")
    )


def _others(group: list[tuple[str, str, datetime | None]]) -> list[tuple[str, str]]:
    return [(code, url) for code, url, _changed in group] if len(group) > 1 else []


def _other_pages() -> list[Entry]:
    made: list[Entry] = []
    for name in OTHER_PAGES:
        path = reverse(name)
        places = [(code, f"{settings.BASE_URL}{translate_url(path, code)}") for code, _name in shown_languages()]
        made += [Entry(url, None, places if len(places) > 1 else []) for _code, url in places]
    return made
