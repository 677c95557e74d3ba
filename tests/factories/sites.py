"""A small site: home pages in the languages asked for, and pages under them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from wagtail.models import Locale, Page, Site

from portal.models import HomePage, TownIndexPage, TownPage
from region.models import Town
from tests.factories.numbers import next_number


def home(language: str = "cs") -> HomePage:
    """Home page of a language; the first one made becomes the site's root."""
    locale, _made = Locale.objects.get_or_create(language_code=language)
    page = HomePage(title=f"Home {language}", slug=language, locale=locale)
    first = HomePage.objects.first()
    if first:
        page.translation_key = first.translation_key
    Page.get_first_root_node().add_child(instance=page)
    if language == settings.LANGUAGE_CODE:
        Page.objects.filter(depth=2).not_type(HomePage).delete()
        Site.objects.all().delete()
        Site.objects.create(hostname="testserver", port=80, root_page=page, is_default_site=True)
    Site.clear_site_root_paths_cache()
    return page


def child(parent: Page, kind: Any, **fields: Any) -> Any:
    """A published page under ``parent`` in its language."""
    number = next_number()
    known = {"title": f"Page {number}", "slug": f"page-{number}", "locale": parent.locale}
    return parent.add_child(instance=kind(**{**known, **fields}))


def town_page(town: Town, parent: HomePage, **fields: Any) -> TownPage:
    """Page of a town in the language of the home page ``parent``."""
    index = TownIndexPage.objects.child_of(parent).first() or child(parent, TownIndexPage, title="Towns", slug="towns")
    made: TownPage = child(index, TownPage, **{"town": town, "title": town.name, "slug": town.slug, **fields})
    return made
