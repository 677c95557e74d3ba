"""The pages that every site begins with: their kind, place in the menu, and words in each language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from portal.models import (
    AccessibilityStatementPage,
    ContactPage,
    EventIndexPage,
    GuideIndexPage,
    MaterialIndexPage,
    NewsIndexPage,
    PrivacyPage,
    ProgrammePage,
    StandardPage,
    TownIndexPage,
)
from region.enums import RegionKind

if TYPE_CHECKING:
    from portal.pages.base import SitePage


@dataclass(frozen=True, slots=True)
class PageWords:
    """Title (as in the menu), part of the address, first sentence and longer heading of a page in one language."""

    title: str
    slug: str
    lead: str = ""
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Planned:
    """A page of the outline; ``in_menu`` puts it among the five entries at the top.

    ``city_words`` are used instead in a region that is a city.
    """

    key: str
    kind: type[SitePage]
    words: dict[str, PageWords]
    in_menu: bool = False
    city_words: dict[str, PageWords] | None = None

    def words_in(self, kind: str) -> dict[str, PageWords]:
        """Words for a region of this kind."""
        return self.city_words if self.city_words and kind == RegionKind.CITY else self.words


def _words(cs: tuple[str, str], pl: tuple[str, str], en: tuple[str, str]) -> dict[str, PageWords]:
    return {"cs": PageWords(*cs), "pl": PageWords(*pl), "en": PageWords(*en)}


OUTLINE: tuple[Planned, ...] = (
    Planned(
        "towns",
        TownIndexPage,
        _words(("Města", "mesta"), ("Miasta", "miasta"), ("Towns", "towns")),
        in_menu=True,
        city_words=_words(("Městské části", "mestske-casti"), ("Dzielnice", "dzielnice"), ("Districts", "districts")),
    ),
    Planned(
        "programme",
        ProgrammePage,
        _words(("Program", "program"), ("Program", "program"), ("Programme", "programme")),
        in_menu=True,
    ),
    Planned(
        "news",
        NewsIndexPage,
        _words(("Novinky", "novinky"), ("Aktualności", "aktualnosci"), ("News", "news")),
        in_menu=True,
    ),
    Planned(
        "events",
        EventIndexPage,
        _words(("Akce", "akce"), ("Wydarzenia", "wydarzenia"), ("Events", "events")),
    ),
    Planned(
        "faq",
        GuideIndexPage,
        _words(("Rady", "rady"), ("Porady", "porady"), ("Advice", "advice")),
        in_menu=True,
    ),
    Planned(
        "materials",
        MaterialIndexPage,
        _words(("Materiály", "materialy"), ("Materiały", "materialy"), ("Materials", "materials")),
    ),
    Planned(
        "contacts", ContactPage, _words(("Kontakty", "kontakty"), ("Kontakt", "kontakt"), ("Contacts", "contacts"))
    ),
    Planned(
        "about", StandardPage, _words(("O webu", "o-webu"), ("O portalu", "o-portalu"), ("About this site", "about"))
    ),
    Planned(
        "accessibility",
        AccessibilityStatementPage,
        _words(
            ("Prohlášení o přístupnosti", "pristupnost"),
            ("Deklaracja dostępności", "dostepnosc"),
            ("Accessibility statement", "accessibility"),
        ),
    ),
    Planned(
        "privacy",
        PrivacyPage,
        _words(("Ochrana soukromí", "soukromi"), ("Ochrona prywatności", "prywatnosc"), ("Privacy", "privacy")),
    ),
)
