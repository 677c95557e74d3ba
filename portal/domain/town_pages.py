"""A town's pages and the group of people who look after them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission

from portal.domain.pages import ensure_page
from portal.models import TownIndexPage, TownPage
from region.domain.audit import record

if TYPE_CHECKING:
    from collections.abc import Iterable

    from region.models import Town, User

# A town's editors write and change; what they write is published by moderators.
PAGE_RIGHTS = ("add", "change")
FILE_RIGHTS = (
    ("wagtailimages", "add_image"),
    ("wagtailimages", "change_image"),
    ("wagtailimages", "choose_image"),
    ("wagtaildocs", "add_document"),
    ("wagtaildocs", "change_document"),
    ("wagtaildocs", "choose_document"),
)


def town_group_name(town: Town) -> str:
    """Name of the group of the town's editors; the code tells two towns of one name apart."""
    return f"{town.name}{group_mark(town)}"


@transaction.atomic
def create_town_page(*, town: Town, by: User) -> dict[str, TownPage]:
    """Publish the town's page in each language tree and give the town its group of editors; give the pages by language.

    The group may add and change pages under the town's own pages, and files in the town's own collection, nothing else.
    Existing pages are kept as they are. Raises LookupError before the site has been set up (``build_site``).
    """
    index = TownIndexPage.objects.first()
    if index is None:
        raise LookupError("The site has no list of towns yet: run create_site first.")
    codes = TownIndexPage.objects.filter(translation_key=index.translation_key).values_list(
        "locale__language_code", flat=True
    )
    words = {code: {"title": town.name, "slug": town.slug, "town": town} for code in codes}
    existing = list(TownPage.objects.filter(town=town).order_by("pk"))
    known = existing[0] if existing else None
    pages = ensure_page(kind=TownPage, parent=index, words=words, known=known, by=by)
    group = _group(town)
    _grant(group, pages.values(), _collection(town))
    if len(pages) != len(existing):
        record(action="town_page_created", target=town, by=by, after={"languages": sorted(pages), "group": group.name})
    return pages


def _group(town: Town) -> Group:
    """The group with the town's code, under the name that the town has now."""
    name = town_group_name(town)
    group: Group | None = Group.objects.filter(name__endswith=group_mark(town)).first()
    if group is None:
        return Group.objects.create(name=name)
    if group.name != name:
        group.name = name
        group.save(update_fields=["name"])
    return group


def _collection(town: Town) -> Collection:
    """The collection with the town's code, under the name that the town has now."""
    root = Collection.get_first_root_node()
    name = town_group_name(town)
    collection: Collection | None = root.get_children().filter(name__endswith=group_mark(town)).first()
    if collection is None:
        made: Collection = root.add_child(name=name)
        return made
    if collection.name != name:
        collection.name = name
        collection.save(update_fields=["name"])
    return collection


def group_mark(town: Town) -> str:
    """End of the names of what belongs to the town: its code, which renaming leaves as it is."""
    return f" ({town.code})"


def _grant(group: Group, pages: Iterable[TownPage], collection: Collection) -> None:
    group.permissions.add(Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin"))
    for page in pages:
        for right in PAGE_RIGHTS:
            permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=f"{right}_page")
            GroupPagePermission.objects.get_or_create(group=group, page=page.page_ptr, permission=permission)
    for app, right in FILE_RIGHTS:
        permission = Permission.objects.get(content_type__app_label=app, codename=right)
        GroupCollectionPermission.objects.get_or_create(group=group, collection=collection, permission=permission)
