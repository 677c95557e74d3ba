"""Pages for search engines, each with its translations."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Page

from portal.pages.readable import readable
from portal.pages.tree import page_url
from portal.queries.languages import shown_languages
from reports.queries.figures_any import public_pages

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

# A sitemap holds at most so many addresses (sitemaps.org, protocol 0.9).
MOST_PAGES = 50_000
# Pages of other areas that are not Wagtail's, by the name of their address.
OTHER_PAGES: tuple[tuple[str, tuple[str, ...]], ...] = (("region:finder", ()),)


@dataclass(frozen=True, slots=True)
class Entry:
    """One address with the day of its last change and its translations (language, address), itself among them."""

    url: str
    changed: datetime | None
    alternates: list[tuple[str, str]]


def entries() -> list[Entry]:
    """Every public page of the languages shown. At most 7 queries."""
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


def _others(group: Sequence[tuple[str, str, datetime | None]]) -> list[tuple[str, str]]:
    return [(code, url) for code, url, _changed in group] if len(group) > 1 else []


def _other_pages() -> list[Entry]:
    named = [*OTHER_PAGES, *public_pages()]
    groups = zip(*(_addresses(named, code) for code, _name in shown_languages()), strict=True)
    return [Entry(url, None, _others(group)) for group in groups for _code, url, _changed in group]


def _addresses(named: list[tuple[str, tuple[str, ...]]], code: str) -> list[tuple[str, str, None]]:
    with override(code):
        return [(code, f"{settings.BASE_URL}{reverse(name, args=parts)}", None) for name, parts in named]
