"""Pages that anybody may read: what lists, menus, feeds and calendars show."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from wagtail.models import PageViewRestriction

from region.memory import remembered

if TYPE_CHECKING:
    from wagtail.query import PageQuerySet

Pages = TypeVar("Pages", bound="PageQuerySet")


def readable(pages: Pages) -> Pages:
    """Those of ``pages`` that are published and that no restriction keeps from the public. Adds no query of its own."""
    found: Pages = pages.live()
    for path in restricted_paths():
        found = found.exclude(path__startswith=path)
    return found


def restricted_paths() -> tuple[str, ...]:
    """Places in Wagtail's tree at which and below which not everybody may read. Remembered; else 1 query."""
    return remembered("restricted-paths", _restricted_paths)


def _restricted_paths() -> tuple[str, ...]:
    return tuple(PageViewRestriction.objects.order_by("page__path").values_list("page__path", flat=True).distinct())
