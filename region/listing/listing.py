"""A list as it is declared, and what an address asks of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db.models import F
from django.http import QueryDict
from django.urls import reverse

from region.listing.actions import Action
from region.listing.columns import Column
from region.listing.filters import ListFilters, with_search
from region.office import Place

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest

    from region.models import User
    from region.parts import Link

Text = Any
PER_PAGE = 50
# Words of an address that are no filters.
SORT, PAGE = "sort", "page"


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A view that the code offers: a label and the filters as they stand in the address ("status=open")."""

    label: Text
    query: str = ""
    is_counted: bool = True


@dataclass(frozen=True, kw_only=True)
class Listing:
    """A whole list screen.

    ``url_name`` ("region:office-people") is the name of its address; ``rows(user)`` gives what the person may see
    with everything that the columns read (no query per row). ``order`` is the key of a column, with "-" downwards.
    ``search`` are paths of text columns. ``create(user)`` gives the button beside the heading, or nothing.
    ``summary(rows)`` gives a sentence about all rows that match (at most one query).
    """

    url_name: str
    title: Text
    permissions: tuple[str, ...]
    rows: Callable[[User], QuerySet[Any]]
    columns: tuple[Column, ...]
    order: str
    filters: type[ListFilters] = ListFilters
    search: tuple[str, ...] = ()
    search_label: Text = ""
    views: tuple[View, ...] = ()
    actions: tuple[Action, ...] = ()
    lead: Text = ""
    empty_title: Text = ""
    empty_text: Text = ""
    create: Callable[[User], Link | None] | None = None
    summary: Callable[[QuerySet[Any]], Text] | None = None
    is_exported: bool = True
    # Whether the rows tell of people: the security log then says that personal data were taken away.
    is_personal: bool = False
    per_page: int = PER_PAGE
    place: Place = Place.OFFICE
    template: str = "office/list.html"
    extra: dict[str, Any] = field(default_factory=dict)

    @cached_property
    def filterset_class(self) -> type[ListFilters]:
        """The filters with the search field."""
        return with_search(self.filters, self.search, self.search_label)

    @property
    def name(self) -> str:
        """Name of its address without the area: office-people."""
        return self.url_name.rpartition(":")[2]

    def url(self, part: str = "", *args: Any) -> str:
        """Address of the list, or of a part of it: export, bulk, bulk-result, views, view-delete."""
        return reverse(f"{self.url_name}-{part}" if part else self.url_name, args=args)

    @property
    def export_url(self) -> str:
        """Address of its files."""
        return self.url("export")

    @property
    def bulk_url(self) -> str:
        """Address of its bulk actions."""
        return self.url("bulk")

    def column(self, key: str) -> Column | None:
        """The column of a key, if it can be sorted."""
        return next((column for column in self.columns if column.key == key and column.sort), None)

    def action(self, code: str) -> Action | None:
        """The action of a code."""
        return next((action for action in self.actions if action.code == code), None)


class Asked:
    """What an address asks of a list: filters, order. Bad filters give no rows, and errors at their fields."""

    def __init__(self, listing: Listing, user: User, query: QueryDict, request: HttpRequest | None = None) -> None:
        self.listing, self.user = listing, user
        self.query = query.copy()
        self.query.pop(PAGE, None)
        self.filterset = listing.filterset_class(self.query, listing.rows(user), request=request)

    @cached_property
    def is_valid(self) -> bool:
        """Whether every filter can be read."""
        return bool(self.filterset.is_valid())

    @cached_property
    def in_use(self) -> int:
        """How many filters say something."""
        return sum(_says_something(bound.value()) for bound in self.filterset.form)

    @cached_property
    def sorted_by(self) -> tuple[Column | None, bool]:
        """The column of the order and whether it runs downwards; the list's own order for a key that is none."""
        asked = self.query.get(SORT, "")
        for order in (asked, self.listing.order):
            column = self.listing.column(order.removeprefix("-"))
            if column:
                return column, order.startswith("-")
        return None, False

    @cached_property
    def rows(self) -> QuerySet[Any]:
        """Rows that match, in order; equal ones always in the same one."""
        if not self.is_valid:
            return self.filterset.queryset.none()
        column, downwards = self.sorted_by
        parts = [_ordered(part, downwards=downwards) for part in sort_parts(column)] if column else []
        return self.filterset.qs.order_by(*parts, "pk")

    def address(self, **changed: str) -> str:
        """Query string with other values; an empty one goes away."""
        query = self.query.copy()
        for name, value in changed.items():
            query.pop(name, None)
            if value:
                query[name] = value
        return f"?{query.urlencode()}" if query else "?"

    @property
    def filters_alone(self) -> str:
        """The filters without order and page, sorted: two addresses of one view give the same text."""
        return normal_query(self.query)


def normal_query(query: QueryDict | str) -> str:
    """Filters of an address that say something, in a fixed order."""
    read = QueryDict(query) if isinstance(query, str) else query
    kept = sorted((name, value) for name, values in read.lists() for value in values if value)
    made = QueryDict(mutable=True)
    for name, value in kept:
        if name not in {SORT, PAGE}:
            made.appendlist(name, value)
    return made.urlencode()


def sort_parts(column: Column) -> tuple[Any, ...]:
    """What a column is sorted by, as expressions."""
    parts = column.sort if isinstance(column.sort, tuple) else (column.sort,)
    return tuple(F(part) if isinstance(part, str) else part for part in parts)


def _ordered(part: Any, *, downwards: bool) -> Any:
    return part.desc(nulls_last=True) if downwards else part.asc(nulls_last=True)


def _says_something(value: Any) -> bool:
    parts = value if isinstance(value, (list, tuple)) else (value,)
    return any(part not in {"", None} for part in parts)
