"""Links at the foot of every page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from region.parts import Link

if TYPE_CHECKING:
    from portal.pages.tree import TopPage

ABOUT = ("contactpage", "standardpage", "accessibilitystatementpage", "privacypage")
FEEDS = (("newsindexpage", "portal:news-feed"), ("eventindexpage", "portal:events-calendar"))


@dataclass(frozen=True, slots=True)
class FooterGroup:
    """Links under one heading."""

    title: str
    links: list[Link]


def footer(pages: tuple[TopPage, ...]) -> list[FooterGroup]:
    """Groups of links; a group without links is left out."""
    about = [Link(page.title, page.url) for page in pages if page.kind in ABOUT and not page.in_menu]
    more = [Link(page.title, page.url) for page in pages if page.kind not in ABOUT and not page.in_menu]
    groups = [FooterGroup(_("About this site"), about), FooterGroup(_("More"), more + _feeds(pages))]
    return [group for group in groups if group.links]


def _feeds(pages: tuple[TopPage, ...]) -> list[Link]:
    kinds = {page.kind for page in pages}
    words = {"newsindexpage": _("News by RSS"), "eventindexpage": _("Calendar of events")}
    return [Link(words[kind], reverse(name)) for kind, name in FEEDS if kind in kinds]
