"""Writing pages in several languages at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.conf import settings
from django.db import models, transaction
from wagtail.fields import StreamField
from wagtail.models import Locale, Page

from portal.pages.base import SitePage

if TYPE_CHECKING:
    from collections.abc import Mapping

    from region.models import User

    Words = Mapping[str, Mapping[str, Any]]

Kind = TypeVar("Kind", bound=SitePage)


@transaction.atomic
def put_page(
    *, kind: type[Kind], parent: Page, words: Words, by: User, shared: Mapping[str, Any] | None = None
) -> dict[str, Kind]:
    """Create and publish one page in each language of ``words``, or bring the existing one up to date.

    Gives the pages by language. ``words`` holds the fields of each language (``title``, ``slug`` at least), ``shared``
    those that are the same in all; many-to-many fields take a list of records. ``parent`` may be in any language: each
    page comes under its translation, and languages without one are left out. A page is recognised by its slug under the
    parent in one of the languages; existing pages are written only where something differs. Raises ValidationError.
    """
    fields = {code: {**(shared or {}), **own} for code, own in words.items()}
    pages = ensure_page(kind=kind, parent=parent, words=fields, by=by)
    for code, page in pages.items():
        _update(page, fields[code], by)
    return pages


@transaction.atomic
def ensure_page(
    *,
    kind: type[Kind],
    parent: Page,
    words: Words,
    by: User,
    known: Kind | None = None,
) -> dict[str, Kind]:
    """Create and publish what is missing of one page in several languages (as ``put_page``); keep what is there.

    ``known`` is the page in any language where something else than its slug, which editors may change, tells it.
    """
    parents = _parents(parent, list(words))
    made = _translations(known) if known else _existing(kind, parents, words)
    key = next(iter(made.values())).translation_key if made else None
    for code, page_parent in parents.items():
        if code not in made:
            made[code] = _create(kind, page_parent, words[code], key, by)
        key = made[code].translation_key
    return {code: made[code] for code in parents}


def publish(*, page: SitePage, by: User) -> None:
    """Save the page as it stands and publish it. The caller asks whether ``by`` may: setting up runs as the system."""
    # Children may have been added since the page was read, and Wagtail saves the place in the tree with all the rest.
    page.refresh_from_db(fields=["path", "depth", "numchild", "url_path"])
    page.save_revision(user=by).publish(user=by, skip_permission_checks=True)
    page.refresh_from_db()


def source_first(codes: list[str]) -> list[str]:
    """Language codes with the installation's own language first."""
    return sorted(codes, key=lambda code: (code != settings.LANGUAGE_CODE, codes.index(code)))


def _parents(parent: Page, codes: list[str]) -> dict[str, Page]:
    """Translations of ``parent`` by language, the installation's own language first."""
    found = {
        page.locale.language_code: page
        for page in Page.objects.filter(translation_key=parent.translation_key).select_related("locale")
    }
    return {code: found[code] for code in source_first(codes) if code in found}


def _existing(kind: type[Kind], parents: Mapping[str, Page], words: Mapping[str, Mapping[str, Any]]) -> dict[str, Kind]:
    for code, parent in parents.items():
        page = kind.objects.child_of(parent).filter(slug=words[code]["slug"]).first()
        if page is not None:
            return _translations(page)
    return {}


def _translations(page: Kind) -> dict[str, Kind]:
    found = type(page).objects.filter(translation_key=page.translation_key).select_related("locale")
    return {one.locale.language_code: one for one in found}


def _create(kind: type[Kind], parent: Page, fields: Mapping[str, Any], key: Any, by: User) -> Kind:
    links = {name: value for name, value in fields.items() if kind._meta.get_field(name).many_to_many}
    plain = {name: value for name, value in fields.items() if name not in links}
    page = kind(**plain, locale=parent.locale, owner=by, live=False)
    if key is not None:
        page.translation_key = key
    for name, value in links.items():
        setattr(page, name, value)
    parent.add_child(instance=page)
    publish(page=page, by=by)
    return page


def _update(page: SitePage, fields: Mapping[str, Any], by: User) -> None:
    different = {name: value for name, value in fields.items() if not _same(page, name, value)}
    if not different:
        return
    for name, value in different.items():
        setattr(page, name, value)
    publish(page=page, by=by)


def _same(page: SitePage, name: str, value: Any) -> bool:
    """Whether the page already holds ``value`` in the field; blocks are compared without their random ids."""
    field = page._meta.get_field(name)
    stored = getattr(page, name)
    if isinstance(field, models.ManyToManyField):
        return {one.pk for one in stored.all()} == {one.pk for one in value}
    if isinstance(field, StreamField):
        return _without_ids(stored.get_prep_value()) == _without_ids(
            field.stream_block.normalize(value).get_prep_value()
        )
    return bool(stored == value)


def _without_ids(value: Any) -> Any:
    if isinstance(value, list):
        return [_without_ids(one) for one in value]
    if isinstance(value, dict):
        return {name: _without_ids(one) for name, one in value.items() if name != "id"}
    return value


def locale_of(code: str) -> Locale:
    """The Wagtail locale of a language, made when it is not there yet."""
    return Locale.objects.get_or_create(language_code=code)[0]
