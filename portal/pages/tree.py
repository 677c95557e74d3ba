"""The tree of pages as addresses: home pages, the pages under them, the page at an address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language, gettext, override
from wagtail.models import Page, Site

from portal.pages.readable import readable
from region.memory import remembered
from reports.queries.figures_any import any_figures

if TYPE_CHECKING:
    from collections.abc import Sequence

# Depth in Wagtail's tree of the pages directly under a home page (1 is the root, 2 the home pages).
TOP_DEPTH = 3


@dataclass(frozen=True, slots=True)
class TopPage:
    """A page directly under the home page, or the dashboards; ``kind`` is the model's name in small letters."""

    title: str
    url: str
    url_path: str
    kind: str
    in_menu: bool


def active_language() -> str:
    """Two letters of the reader's language."""
    return (get_language() or "en")[:2]


def home_path(language: str) -> str | None:
    """Wagtail's path of a language's home page (from Wagtail's own cache); None when there is no such tree."""
    return next((place.root_path for place in Site.get_site_root_paths() if place.language_code == language), None)


def home_url(language: str) -> str:
    """Address of the home page of a language."""
    return f"{get_script_prefix()}{language}/"


def page_url(url_path: str, language: str) -> str:
    """Address of a page from Wagtail's path of it; empty outside the tree of its language."""
    root = home_path(language)
    return f"{home_url(language)}{url_path[len(root) :]}" if root and url_path.startswith(root) else ""


def top_pages(language: str) -> tuple[TopPage, ...]:
    """Pages directly under a home page that anybody may read, in the order of the tree. Remembered; else 1 query.

    The dashboards are the last of them, once there is something to see there.
    """
    return remembered(f"top-pages:{language}", lambda: _top_pages(language))


def top_url(kind: str, language: str) -> str:
    """Address of the first page of a kind under the home page (``newsindexpage``); empty when there is none."""
    return next((top.url for top in top_pages(language) if top.kind == kind), "")


def page_at(language: str, parts: Sequence[str]) -> tuple[Page, list[str]] | None:
    """The deepest page on the way along ``parts`` of an address, and the rest of the way; None without one. 2 queries.

    Wagtail's own routing asks twice for every part.
    """
    root = home_path(language)
    if root is None:
        return None
    paths = [root, *(f"{root}{'/'.join(parts[:count])}/" for count in range(1, len(parts) + 1))]
    row = (
        Page.objects.filter(url_path__in=paths)
        .order_by("-depth")
        .values_list("pk", "content_type_id", "url_path")
        .first()
    )
    if row is None or (row[2] == root and parts):
        return None
    key, kind, path = row
    model: Any = ContentType.objects.get_for_id(kind).model_class() or Page
    page: Page = model.objects.select_related("locale").get(pk=key)
    return page, list(parts[paths.index(path) :])


def _top_pages(language: str) -> tuple[TopPage, ...]:
    root = home_path(language)
    if root is None:
        return ()
    rows = (
        readable(Page.objects.all())
        .filter(depth=TOP_DEPTH, url_path__startswith=root)
        .order_by("path")
        .annotate(any_figures=any_figures())
        .values_list("title", "url_path", "content_type_id", "show_in_menus", "any_figures")
    )
    pages = [TopPage(title, page_url(path, language), path, _kind(kind), shown) for title, path, kind, shown, _ in rows]
    return (*pages, _figures(language)) if any(row[-1] for row in rows) else tuple(pages)


def _figures(language: str) -> TopPage:
    """The dashboards, which stand among the pages without being one."""
    with override(language):
        url = reverse("reports:figures")
        return TopPage(gettext("Figures"), url, url, "figures", in_menu=True)


def _kind(content_type_id: int) -> str:
    return str(ContentType.objects.get_for_id(content_type_id).model)
