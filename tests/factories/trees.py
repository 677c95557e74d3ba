"""Page trees and pages, put straight into the tree: no revisions, no publishing, so that many cost little."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from wagtail.models import Locale, Page, Site

from portal.domain.outline import OUTLINE
from portal.models import EventPage, HomePage, NewsPage, TownPage
from tests.factories.numbers import next_number

if TYPE_CHECKING:
    from portal.pages.base import SitePage
    from region.models import Town

Tree = dict[str, "SitePage"]


def trees(*codes: str) -> dict[str, Tree]:
    """Home page and outline in each language (Czech when none is named): pages by language and key."""
    made: dict[str, Tree] = {}
    for code in codes or ("cs",):
        locale, _made = Locale.objects.get_or_create(language_code=code)
        made[code] = _tree(code, locale, next(iter(made.values()), {}))
    root = next(iter(made.values()))["home"]
    Site.objects.update_or_create(is_default_site=True, defaults={"root_page": root.page_ptr, "hostname": "testserver"})
    Site.clear_site_root_paths_cache()
    return made


def _tree(code: str, locale: Locale, source: Tree) -> Tree:
    home = HomePage(title=f"Home {code}", slug=code, locale=locale, **_same(source, "home"))
    Page.get_first_root_node().add_child(instance=home)
    tree: Tree = {"home": home}
    for planned in OUTLINE:
        words = {"title": planned.words[code].title, "slug": planned.words[code].slug}
        same = _same(source, planned.key)
        tree[planned.key] = add(home, planned.kind, show_in_menus=planned.in_menu, **words, **same)
    return tree


def _same(source: Tree, key: str) -> dict[str, Any]:
    return {"translation_key": source[key].translation_key} if source else {}


def add(parent: Page, kind: type[SitePage], **fields: Any) -> Any:
    """A published page under ``parent``, in its language; many-to-many fields take lists."""
    number = next_number()
    links = {name: value for name, value in fields.items() if name in ("topics", "towns")}
    plain = {name: value for name, value in fields.items() if name not in links}
    page = kind(**{"title": f"Page {number}", "slug": f"page-{number}", "locale": parent.locale, **plain})
    for name, value in links.items():
        setattr(page, name, value)
    Page.objects.get(pk=parent.pk).add_child(instance=page)
    return page


def news(tree: Tree, **fields: Any) -> NewsPage:
    """A piece of news of 1 March 2026."""
    page: NewsPage = add(tree["news"], NewsPage, **{"date": date(2026, 3, 1), "lead": "What has happened.", **fields})
    return page


def event(tree: Tree, **fields: Any) -> EventPage:
    """An event that begins in a week and lasts two hours."""
    start = fields.pop("start", timezone.now().replace(microsecond=0) + timedelta(days=7))
    chosen = {"start": start, "end": start + timedelta(hours=2), "place": "Library", **fields}
    page: EventPage = add(tree["events"], EventPage, **chosen)
    return page


def town_page(tree: Tree, town: Town, **fields: Any) -> TownPage:
    """The page of a town."""
    page: TownPage = add(tree["towns"], TownPage, **{"title": town.name, "slug": town.slug, "town": town, **fields})
    return page


def moment(text: str) -> datetime:
    """An aware moment from ISO words."""
    return datetime.fromisoformat(text)
