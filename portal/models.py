"""Django finds the portal's models here."""

from __future__ import annotations

from portal.pages import (
    AccessibilityStatementPage,
    ContactPage,
    EventIndexPage,
    EventPage,
    GuideIndexPage,
    GuidePage,
    HomePage,
    MaterialIndexPage,
    MaterialPage,
    NewsIndexPage,
    NewsPage,
    PrivacyPage,
    ProgrammePage,
    StandardPage,
    TownIndexPage,
    TownPage,
)
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
