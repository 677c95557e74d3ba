"""What the template of a list shows: tabs of views, heading row, rows, pages, what can be done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.utils.translation import gettext, ngettext

from region.listing.actions import permitted
from region.listing.columns import NUMERIC, Column, ListCell, cell
from region.listing.listing import SORT, Asked, Listing, normal_query
from region.navigation import trail_from
from region.parts import Link, Tab
from region.queries.saved_views import saved_views_of
from region.views.guards import person_of

if TYPE_CHECKING:
    from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Head:
    """Heading of a column: its link sorts, once more the other way round."""

    column: Column
    sort_url: str
    sorted_as: str

    @property
    def is_numeric(self) -> bool:
        """Whether its values stand on the right."""
        return self.column.kind in NUMERIC


@dataclass(frozen=True, slots=True)
class Row:
    """A record and its values on screen."""

    key: str
    label: str
    cells: tuple[ListCell, ...]


def heads(asked: Asked) -> tuple[Head, ...]:
    """The heading row."""
    return tuple(_head(asked, column) for column in asked.listing.columns if column.on_screen)


def _head(asked: Asked, column: Column) -> Head:
    if not column.sort:
        return Head(column, "", "")
    current, downwards = asked.sorted_by
    if column != current:
        return Head(column, asked.address(**{SORT: column.key}), "")
    target = column.key if downwards else f"-{column.key}"
    return Head(column, asked.address(**{SORT: target}), "descending" if downwards else "ascending")


def shown_rows(listing: Listing, records: Any) -> tuple[Row, ...]:
    """Records as rows of the table."""
    columns = [column for column in listing.columns if column.on_screen]
    return tuple(
        Row(str(record.pk), row_label(listing, record), tuple(cell(column, record) for column in columns))
        for record in records
    )


def row_label(listing: Listing, record: Any) -> str:
    """What a record is called: the value of the first column, else its own name."""
    return str(listing.columns[0].read(record) or record)


def tabs(asked: Asked, request: HttpRequest) -> list[Tab]:
    """Views of the code and the person's own; the one whose filters are in the address is marked."""
    listing, here = asked.listing, asked.filters_alone
    found = [
        Tab(str(view.label), f"?{view.query}", normal_query(view.query) == here, _count(listing, view.query, request))
        if view.is_counted
        else Tab(str(view.label), f"?{view.query}", normal_query(view.query) == here)
        for view in listing.views
    ]
    own = saved_views_of(asked.user, screen=listing.url_name)
    known = {normal_query(view.query) for view in listing.views}
    mine = [Tab(view.name, f"?{view.query}", view.query == here and here not in known) for view in own]
    if (mine or found) and "" not in known:
        found.insert(0, Tab(gettext("All"), listing.url(), not here))
    address = f"{listing.url('views')}?{here}"
    if here and asked.is_valid and not any(tab.current for tab in (*found, *mine)):
        mine.append(Tab(gettext("Save this view"), address))
    elif mine:
        mine.append(Tab(gettext("My views"), address))
    return [*found, *mine]


def _count(listing: Listing, query: str, request: HttpRequest) -> int:
    asked = Asked(listing, person_of(request), QueryDict(query), request)
    return asked.rows.count()


def page_of(asked: Asked, number: str | None) -> Page[Any]:
    """One page of the rows; a number that is none leads to the first, one too large to the last."""
    return Paginator(asked.rows, asked.listing.per_page).get_page(number)


def shown(asked: Asked, request: HttpRequest) -> dict[str, Any]:
    """Everything the template of a list needs."""
    listing, page = asked.listing, page_of(asked, request.GET.get("page"))
    return {
        **listing.extra,
        "frame": listing.place.frame,
        "listing": listing,
        "asked": asked,
        "form": asked.filterset.form,
        "page_of": page,
        "total": page.paginator.count,
        "heads": heads(asked),
        "rows": shown_rows(listing, page.object_list),
        "tabs": tabs(asked, request),
        "actions": permitted(listing.actions, asked.user),
        "create": listing.create(asked.user) if listing.create else None,
        "caption": caption(asked, page),
        "trail": trail_to(listing),
        "hidden": hidden_fields(asked),
    }


def caption(asked: Asked, page: Page[Any]) -> str:
    """How many rows, in which order, and the list's own sentence about them."""
    count = page.paginator.count
    words = ngettext("%(count)s row", "%(count)s rows", count) % {"count": f"{count:,}".replace(",", "\u00a0")}
    column, _downwards = asked.sorted_by
    if column:
        words = gettext("%(rows)s, sorted by: %(column)s") % {"rows": words, "column": column.label}
    listing = asked.listing
    return f"{words}. {listing.summary(asked.rows)}" if listing.summary and count else f"{words}."


def hidden_fields(asked: Asked) -> list[tuple[str, str]]:
    """Filters and order as hidden fields of a form."""
    return [(name, value) for name, values in asked.query.lists() for value in values if value]


def trail_to(listing: Listing, *steps: Link) -> tuple[Link, ...]:
    """The way from the home page of the office (or My) to the list and what follows."""
    return trail_from(listing.place, Link(str(listing.title), listing.url()), *steps)
