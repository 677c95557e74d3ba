"""Setting up the site: languages, home pages, the outline of pages, moderation."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import translation
from wagtail.models import GroupApprovalTask, Page, Site, Workflow, WorkflowPage, WorkflowTask

from portal.domain.editors import let_editors_keep_registers
from portal.domain.legal import legal_fields
from portal.domain.outline import OUTLINE, PageWords
from portal.domain.pages import ensure_page, locale_of, publish, source_first
from portal.domain.register_groups import make_register_groups
from portal.models import HomePage
from portal.pages.tree import TOP_DEPTH
from region.domain.audit import record
from region.queries.profile import current_profile

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from portal.pages.base import SitePage
    from region.models import User

Words = dict[str, PageWords]
Pages = dict[str, dict[str, "SitePage"]]


@transaction.atomic
def build_site(*, by: User, languages: Sequence[str] | None = None, titles: Mapping[str, Words] | None = None) -> Pages:
    """Make the languages, the site, home pages, the outline and the moderation of what editors write; pages by key.

    ``languages`` are by default those of the region's profile, else all there are; the installation's own language
    (``LANGUAGE_CODE``) is always among them and the source of translations. ``titles`` replaces words of the outline:
    ``titles["news"]["cs"] = PageWords(title, slug, lead)``, key ``home`` for the home page; the menu keeps its short
    titles. Running it again adds what is missing and changes nothing else.
    """
    codes = source_first(_codes(languages))
    homes = _home_pages(codes, (titles or {}).get("home", {}), by)
    source = homes[codes[0]]
    before = Page.objects.count()
    _site(source)
    _remove_welcome_page()
    pages: Pages = {"home": dict(homes)}
    for planned in OUTLINE:
        given = (titles or {}).get(planned.key, {})
        usual = planned.words_in(current_profile().kind)
        menu: dict[str, object] = {"show_in_menus": planned.in_menu}
        words = {code: menu | _fields(usual[code], given.get(code)) | legal_fields(planned.key, code) for code in codes}
        known = _known(planned.kind, words)
        pages[planned.key] = dict(ensure_page(kind=planned.kind, parent=source, words=words, known=known, by=by))
    _moderation()
    let_editors_keep_registers()
    make_register_groups()
    if Page.objects.count() != before:
        record(action="site_built", target=source, by=by, after={"languages": codes})
    return pages


def _codes(languages: Sequence[str] | None) -> list[str]:
    known = [code for code, _name in settings.LANGUAGES]
    wanted = list(languages or current_profile().languages or known)
    return [code for code in known if code in wanted or code == settings.LANGUAGE_CODE]


def _fields(planned: PageWords, given: PageWords | None) -> dict[str, object]:
    """Words of a page; the outline's short title stays in the menu, a longer one that was given stands on the page."""
    if given is None:
        return {"title": planned.title, "slug": planned.slug, "lead": planned.lead}
    heading = given.heading or ("" if given.title == planned.title else given.title)
    return {"title": planned.title, "slug": given.slug, "lead": given.lead, "heading": heading}


def _known(kind: type[SitePage], words: Mapping[str, Mapping[str, object]]) -> SitePage | None:
    """The page of the outline that is there, whatever editors made of its address.

    Of several pages of text under the home pages it is the one with the address of the outline, else the oldest.
    """
    found = kind.objects.filter(depth=TOP_DEPTH).order_by("pk")
    page: SitePage | None = found.filter(slug__in=[own["slug"] for own in words.values()]).first() or found.first()
    return page


def _home_pages(codes: Sequence[str], words: Words, by: User) -> dict[str, HomePage]:
    homes: dict[str, HomePage] = {home.locale.language_code: home for home in HomePage.objects.select_related("locale")}
    for code in codes:
        if code not in homes:
            homes[code] = _home_page(code, words.get(code) or _home_words(code), next(iter(homes.values()), None), by)
    return {code: homes[code] for code in codes}


def _home_words(code: str) -> PageWords:
    profile = current_profile()
    with translation.override(code):
        return PageWords(" – ".join(part for part in (profile.name, profile.programme) if part), code)


def _home_page(code: str, words: PageWords, sibling: HomePage | None, by: User) -> HomePage:
    home = HomePage(title=words.title, slug=words.slug, lead=words.lead, locale=locale_of(code), owner=by)
    if sibling is not None:
        home.translation_key = sibling.translation_key
    Page.get_first_root_node().add_child(instance=home)
    publish(page=home, by=by)
    return home


def _site(source: HomePage) -> None:
    """The one Wagtail site stands on the source language's home page, under the public address of the installation."""
    address = urlsplit(settings.BASE_URL)
    port = address.port or (443 if address.scheme == "https" else 80)
    facts = {"root_page": source.page_ptr, "hostname": address.hostname or "localhost", "port": port}
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    if any(getattr(site, name, None) != value for name, value in facts.items()):
        for name, value in facts.items():
            setattr(site, name, value)
        site.save()


def _remove_welcome_page() -> None:
    """Take away the page that Wagtail's own migrations make."""
    for page in Page.get_first_root_node().get_children():
        if page.specific_class is Page and not page.numchild:
            page.delete()


def _moderation() -> None:
    """Moderators approve what editors without the right to publish write (Wagtail's own default, if it is gone)."""
    root = Page.get_first_root_node()
    if WorkflowPage.objects.filter(page=root).exists():
        return
    moderators = Group.objects.get_or_create(name="Moderators")[0]
    task, _made = GroupApprovalTask.objects.get_or_create(name="Moderators approval")
    task.groups.add(moderators)
    workflow, _made = Workflow.objects.get_or_create(name="Moderators approval")
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task)
    WorkflowPage.objects.create(workflow=workflow, page=root)
