"""Pages of a small site. Each comes in every language of the site, under the section that belongs to its kind."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from portal.domain.pages import put_page
from portal.domain.site import Pages, build_site
from portal.domain.town_pages import create_town_page
from portal.models import Alert, EventPage, GuidePage, MaterialPage, NewsPage, Topic
from region.domain.users import system_user
from tests.factories.numbers import next_number
from tests.factories.places import town as new_town

if TYPE_CHECKING:
    from portal.models import TownPage
    from portal.pages.base import SitePage
    from region.models import Town

Kind = TypeVar("Kind", bound="SitePage")
TEXT = [("paragraph", "<p>Text ke zkoušce.</p>")]


def built_site(**options: Any) -> Pages:
    """The outline of the site by key and language."""
    return build_site(by=system_user(), **options)


def _page(
    site: Pages, *, kind: type[Kind], section: str, name: str, own: dict[str, Any], shared: dict[str, Any]
) -> dict[str, Kind]:
    number = next_number()
    words = {
        language: {"title": f"{name} {number} ({language})", "slug": f"{kind._meta.model_name}-{number}", **own}
        for language in site["home"]
    }
    parent = next(iter(site[section].values()))
    return put_page(kind=kind, parent=parent, words=words, by=system_user(), shared=shared)


def news_page(site: Pages, *, words: dict[str, Any] | None = None, **shared: Any) -> dict[str, NewsPage]:
    """News of 1 September 2026, by language."""
    own = {"lead": "Co se stalo.", "body": TEXT, **(words or {})}
    return _page(
        site, kind=NewsPage, section="news", name="Aktualita", own=own, shared={"date": date(2026, 9, 1), **shared}
    )


def event_page(site: Pages, *, words: dict[str, Any] | None = None, **shared: Any) -> dict[str, EventPage]:
    """An event of two hours on 1 June 2027, by language."""
    own = {"lead": "Co se bude dít.", "body": TEXT, **(words or {})}
    times = {"start": datetime(2027, 6, 1, 15, 0, tzinfo=UTC), "end": datetime(2027, 6, 1, 17, 0, tzinfo=UTC)}
    return _page(site, kind=EventPage, section="events", name="Akce", own=own, shared={**times, **shared})


def material_page(site: Pages, *, words: dict[str, Any] | None = None, **shared: Any) -> dict[str, MaterialPage]:
    """An information material without a file, by language."""
    own = {"lead": "Pro koho to je.", "summary": "<p>Hlavní body.</p>", **(words or {})}
    return _page(
        site,
        kind=MaterialPage,
        section="materials",
        name="Materiál",
        own=own,
        shared={"date": date(2026, 9, 1), **shared},
    )


def guide_page(site: Pages, *, words: dict[str, Any] | None = None, **shared: Any) -> dict[str, GuidePage]:
    """A guide with one question, by language."""
    questions = [("question", {"question": "Na koho se obrátit?", "answer": "<p>Na okrskáře.</p>"})]
    own = {"lead": "Co dělat.", "questions": questions, **(words or {})}
    return _page(site, kind=GuidePage, section="faq", name="Rádce", own=own, shared=shared)


def town_page(site: Pages, *, town: Town | None = None) -> dict[str, TownPage]:
    """The page of a town, new unless one is given, by language; the site must stand before."""
    assert site["towns"]
    return create_town_page(town=town or new_town(), by=system_user())


def topic(**fields: Any) -> Topic:
    """A topic with a name in three languages."""
    number = next_number()
    names = {f"name_{language}": f"Téma {number} ({language})" for language in ("cs", "pl", "en")}
    return Topic.objects.create(**{"slug": f"tema-{number}", **names, **fields})


def alert(**fields: Any) -> Alert:
    """A warning in three languages, on every page, since 2020 and without an end."""
    words = {
        f"{part}_{language}": f"{part} výstrahy ({language})"
        for part in ("title", "text")
        for language in ("cs", "pl", "en")
    }
    return Alert.objects.create(**{"severity": "warning", "since": datetime(2020, 1, 1, tzinfo=UTC), **words, **fields})
