"""The menu."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.http import HttpRequest

    from portal.pages.tree import TopPage

MENU_ENTRIES = 5


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """One entry of the menu; ``current`` is "page" on the page itself, "true" below it, else empty."""

    title: str
    url: str
    current: str = ""


def menu(pages: tuple[TopPage, ...], request: HttpRequest) -> list[MenuEntry]:
    """Up to five entries, the one that the reader is in marked."""
    return [MenuEntry(page.title, page.url, _current(page.url, request.path)) for page in pages if page.in_menu][
        :MENU_ENTRIES
    ]


def _current(url: str, path: str) -> str:
    if path == url:
        return "page"
    return "true" if path.startswith(url) else ""
