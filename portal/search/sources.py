"""What can be found: pages, towns and districts, people in office, documents, each as every language tells of it."""

from __future__ import annotations

import hashlib
from collections.abc import Collection as Some
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import translation
from django.utils.text import capfirst
from wagtail.documents import get_document_model
from wagtail.models import CollectionViewRestriction, Page
from wagtail.rich_text import get_text_for_indexing
from wagtail.search.index import SearchField

from portal.pages.town_page import TownPage
from portal.search.models import SearchKind
from region import clock
from region.enums import TownKind
from region.models import OfficerAssignment, SecurityDistrict, Town

# Enough for every page of a site; a longer text is found by its beginning.
LONGEST_TEXT = 50_000
# Things held at a time, where there may be tens of thousands.
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Source:
    """One thing in one language; either ``page`` or ``url`` says where it is."""

    language: str
    kind: str
    reference: str
    title: str
    note: str = ""
    text: str = ""
    date: date | None = None
    page: int | None = None
    url: str = ""
    is_example: bool = False

    def digest(self) -> str:
        """Differs when anything differs that the entry is made of."""
        return hashlib.blake2b(repr(_VALUES(self)).encode(), digest_size=16).hexdigest()


# Its values in their order.
_VALUES = attrgetter(*(field.name for field in fields(Source)))


def languages() -> list[str]:
    """Codes of the languages that things without a language of their own are told in."""
    return [code for code, _name in settings.LANGUAGES]


def page_sources(ids: Some[str] | None = None) -> Iterator[Source]:
    """Published pages that anybody may read; town pages belong to their towns."""
    found = Page.objects.live().public().filter(depth__gt=1).not_type(TownPage)
    for page in _narrowed(found, ids).specific().select_related("locale").iterator(chunk_size=200):
        language = page.locale.language_code[:2]
        with translation.override(language):
            kind = capfirst(str(page._meta.verbose_name))
        when = getattr(page, "start", None) or getattr(page, "date", None)
        yield Source(
            language,
            SearchKind.PAGE,
            f"page:{page.pk}",
            page.title,
            kind,
            _page_text(page),
            when.astimezone(clock.zone()).date() if isinstance(when, datetime) else when,
            page.pk,
            is_example=getattr(page, "is_example", False),
        )


def _page_text(page: Page) -> str:
    fields = [
        field for field in page.get_search_fields() if isinstance(field, SearchField) and field.field_name != "title"
    ]
    return _plain(field.get_value(page) for field in fields)


def _plain(values: Iterable[Any]) -> str:
    """Words of the values (texts or lists of them) one after the other."""
    flat = (part for value in values for part in (value if isinstance(value, list) else [value]))
    return " ".join(" ".join(str(part or "").split()) for part in flat)[:LONGEST_TEXT].strip()


def town_sources(ids: Some[str] | None = None) -> Iterator[Source]:
    """Every town, leading to its page or, in a language where it has none, to the people responsible there."""
    towns = _narrowed(Town.objects.defer("boundary"), ids)
    pages = TownPage.objects.live().public().select_related("locale")
    pages = pages if ids is None else pages.filter(town__in=ids)
    known = {(page.locale.language_code[:2], page.town_id): page for page in pages}
    for language in languages():
        # Asking each town for the label of its kind would cost more than everything else.
        with translation.override(language):
            kinds = {kind.value: capfirst(str(kind.label)) for kind in TownKind}
        for town in towns.iterator(chunk_size=_AT_ONCE):
            with translation.override(language):
                yield _town(town, kinds.get(town.kind, town.kind), known.get((language, town.pk)), language)


def _town(town: Town, kind: str, page: TownPage | None, language: str) -> Source:
    note = ", ".join(filter(None, [kind, town.county_part]))
    text = _plain([town.summary, page.lead, get_text_for_indexing(page.introduction)] if page else [town.summary])
    url = "" if page else reverse("region:town", args=[town.slug])
    key = page.pk if page else None
    return Source(language, SearchKind.TOWN, f"town:{town.pk}", town.name, note, text, None, key, url, town.is_example)


def district_sources(ids: Some[str] | None = None) -> Iterator[Source]:
    """Every security district, with its streets."""
    districts = list(
        _narrowed(SecurityDistrict.objects.select_related("town").defer("boundary", "town__boundary"), ids)
    )
    for language in languages():
        with translation.override(language):
            for district in districts:
                yield Source(
                    language,
                    SearchKind.TOWN,
                    f"district:{district.pk}",
                    district.name,
                    f"{district.town.name}, {district.code}",
                    _plain([district.streets]),
                    url=reverse("region:district", args=[district.town.slug, district.code]),
                    is_example=district.is_example,
                )


def person_sources(ids: Some[str] | None = None) -> Iterator[Source]:
    """Everybody in office today, with their functions and places."""
    rows = OfficerAssignment.objects.on(clock.today()).select_related("officer", "town", "district")
    rows = rows.defer("town__boundary", "district__boundary")
    found = (rows if ids is None else rows.filter(officer_id__in=ids)).order_by("officer_id")
    for language in languages():
        for _officer, group in groupby(found.iterator(chunk_size=_AT_ONCE), key=lambda row: row.officer_id):
            with translation.override(language):
                yield _person(sorted(group, key=_first_district_then_town), language)


def _first_district_then_town(row: OfficerAssignment) -> tuple[bool, str, str, date]:
    return (
        row.district is None,
        row.town.name,
        row.district.code if row.district else "",
        row.since,
    )


def _person(rows: list[OfficerAssignment], language: str) -> Source:
    officer, first = rows[0].officer, rows[0]
    functions = dict.fromkeys(capfirst(row.get_role_display()) for row in rows)
    places = dict.fromkeys(name for row in rows for name in (row.town.name, row.district.name if row.district else ""))
    note = ", ".join([*functions, *filter(None, places)])[:255]
    place = [first.town.slug, first.district.code] if first.district else [first.town.slug]
    url = reverse("region:district" if first.district else "region:town", args=place)
    reference = f"person:{officer.pk}"
    text, invented = officer.organisation, officer.is_example
    return Source(language, SearchKind.PERSON, reference, str(officer), note, text, url=url, is_example=invented)


def document_sources(ids: Some[str] | None = None) -> Iterator[Source]:
    """Documents that anybody may open, by title and tags."""
    found = _narrowed(get_document_model().objects.exclude(_restricted_collections()), ids).prefetch_related("tags")
    for document in found:
        tags = ", ".join(tag.name for tag in document.tags.all())
        for language in languages():
            yield Source(
                language,
                SearchKind.DOCUMENT,
                f"document:{document.pk}",
                document.title,
                document.file_extension.upper(),
                tags,
                url=document.url,
            )


def _restricted_collections() -> Q:
    paths = CollectionViewRestriction.objects.values_list("collection__path", flat=True)
    restricted = Q(pk__in=[])
    for path in paths:
        restricted |= Q(collection__path__startswith=path)
    return restricted


def _narrowed(found: Any, ids: Some[str] | None) -> Any:
    return found if ids is None else found.filter(pk__in=ids)


SOURCES = {
    "page": page_sources,
    "town": town_sources,
    "district": district_sources,
    "person": person_sources,
    "document": document_sources,
}
