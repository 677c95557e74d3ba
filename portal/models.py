"""Django finds the portal's models here."""

from __future__ import annotations

from portal.pages.events import EventIndexPage, EventPage
from portal.pages.guides import GuideIndexPage, GuidePage
from portal.pages.home import HomePage
from portal.pages.materials import MaterialIndexPage, MaterialPage
from portal.pages.news import NewsIndexPage, NewsPage
from portal.pages.programme import ProgrammePage
from portal.pages.texts import AccessibilityStatementPage, ContactPage, PrivacyPage, StandardPage
from portal.pages.town_page import TownPage
from portal.pages.towns import TownIndexPage
from portal.search.models import SearchEntry, SearchWord
from portal.snippets import Alert, Topic

__all__ = [
    "AccessibilityStatementPage",
    "Alert",
    "ContactPage",
    "EventIndexPage",
    "EventPage",
    "GuideIndexPage",
    "GuidePage",
    "HomePage",
    "MaterialIndexPage",
    "MaterialPage",
    "NewsIndexPage",
    "NewsPage",
    "PrivacyPage",
    "ProgrammePage",
    "SearchEntry",
    "SearchWord",
    "StandardPage",
    "Topic",
    "TownIndexPage",
    "TownPage",
]
