"""Search of the whole site."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext, pgettext
from django.views.decorators.http import require_safe

from portal.pages.tree import active_language, home_url, page_url, top_url
from portal.search.excerpts import Piece, excerpt, marked, pattern
from portal.search.finding import Found, search
from portal.search.models import SearchEntry, SearchKind
from region.parts import Link, Tab

if TYPE_CHECKING:
    import re
    from datetime import date

    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

PER_PAGE = 10


@dataclass(frozen=True, slots=True)
class Hit:
    """A found thing as the list shows it: title and excerpt in pieces, the words looked for apart."""

    kind: str
    url: str
    title: list[Piece]
    note: list[Piece]
    date: date | None
    text: list[Piece]
    is_example: bool


class Counted(Paginator[SearchEntry]):
    """Pages of results whose number is known already, so that it is not asked for again."""

    def __init__(self, entries: QuerySet[SearchEntry], total: int) -> None:
        super().__init__(entries, PER_PAGE)
        self.total = total

    @property
    def count(self) -> int:
        """Number of results."""
        return self.total


@require_safe
def site_search(request: HttpRequest) -> HttpResponse:
    """Results for ``q``, of the ``kind`` chosen, ten a page; without a query only the form."""
    language = active_language()
    kind = request.GET.get("kind", "")
    kind = kind if kind in SearchKind.values else ""
    found = search(request.GET.get("q", ""), language=language, kind=kind)
    page = Counted(found.entries, found.counts.get(kind, 0) if kind else found.total).get_page(request.GET.get("page"))
    hits = pattern(found.wanted)
    context = {
        "trail": [Link(gettext("Home"), home_url(language)), Link(gettext("Search"))],
        "search_query": found.query,
        "found": found,
        "kind": kind,
        "results": page,
        "hits": [_hit(entry, hits) for entry in page],
        "tabs": _tabs(request.path, found, kind),
        "meant_url": _url(request.path, found.meant, "") if found.meant else "",
        "towns_url": top_url("townindexpage", language),
        "contact_url": top_url("contactpage", language),
    }
    return render(request, "portal/search.html", context)


def _hit(entry: SearchEntry, hits: re.Pattern[str] | None) -> Hit:
    url = page_url(entry.page.url_path, entry.language) if entry.page else entry.url
    kind = entry.note if entry.kind == SearchKind.PAGE else capfirst(str(SearchKind(entry.kind).label))
    note = [] if entry.kind == SearchKind.PAGE else marked(entry.note, hits)
    text = excerpt(entry.text, hits)
    return Hit(kind, url, marked(entry.title, hits), note, entry.date, text, entry.is_example)


def _tabs(path: str, found: Found, kind: str) -> list[Tab]:
    words = {
        SearchKind.PAGE: pgettext("kinds of search results", "Pages"),
        SearchKind.TOWN: pgettext("kinds of search results", "Towns and districts"),
        SearchKind.PERSON: pgettext("kinds of search results", "People"),
        SearchKind.DOCUMENT: pgettext("kinds of search results", "Documents"),
    }
    everything = Tab(
        pgettext("kinds of search results", "All"), _url(path, found.query, ""), current=not kind, count=found.total
    )
    each = [
        Tab(words[SearchKind(one)], _url(path, found.query, one), current=one == kind, count=count)
        for one, count in found.counts.items()
    ]
    return [everything, *each]


def _url(path: str, query: str, kind: str) -> str:
    return f"{path}?{urlencode({'q': query, **({'kind': kind} if kind else {})})}"
