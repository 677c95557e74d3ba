"""Components of numbers: key figures, money bar, table, pagination."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import template

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.core.paginator import Page

    from region.parts import Cell, Column, KeyFigure, Share

register = template.Library()
Shown = dict[str, object]
FILLS = ("k1", "hatch", "k3", "dots", "k5")


@register.inclusion_tag("components/key_figure.html")
def key_figure(
    value: str, *, label: str, unit: str = "", note: str = "", source: str = "", demo: bool = False
) -> Shown:
    """One large number; put several into `key_figures`, which says a common source once."""
    return locals()


@register.inclusion_tag("components/key_figures.html")
def key_figures(figures: Sequence[KeyFigure], *, source: str = "", source_href: str = "", dated: str = "") -> Shown:
    """Key figures in a row with their common source and day under them, said once."""
    return locals()


@dataclass(frozen=True, slots=True)
class Slice:
    """A share with its place in the bar, in per cent of the bar's width, and the fill it is drawn with."""

    name: str
    amount: Decimal
    note: str
    percent: Decimal
    start: str
    width: str
    fill: str


def slices(shares: Sequence[Share]) -> tuple[Slice, ...]:
    """Shares laid side by side; widths add up to 100 per cent, an empty bar has no widths."""
    total = sum((share.amount for share in shares), Decimal(0))
    laid: list[Slice] = []
    start = Decimal(0)
    for index, share in enumerate(shares):
        width = share.amount * 100 / total if total else Decimal(0)
        fill = FILLS[index % len(FILLS)]
        laid.append(Slice(share.name, share.amount, share.note, width, f"{start:.2f}%", f"{width:.2f}%", fill))
        start += width
    return tuple(laid)


@register.inclusion_tag("components/money_bar.html", takes_context=True)
def money_bar(
    context: Mapping[str, Any], shares: Sequence[Share], *, id: str, caption: str = "", thin: bool = False
) -> Shown:
    """One amount as a stacked bar of who pays what, always followed by its table (thin: by one line of words).

    `id` must be unique on the page: the hatch is referred to by it.
    """
    parts = slices(shares)
    total = sum((part.amount for part in parts), Decimal(0))
    return {
        "slices": parts,
        "total": total,
        "id": id,
        "caption": caption,
        "thin": thin,
        "currency": getattr(context.get("region"), "currency", "CZK"),
    }


@register.inclusion_tag("components/table.html")
def table(
    columns: Sequence[Column],
    rows: Sequence[Sequence[Cell]],
    *,
    caption: str,
    foot: Sequence[Cell] = (),
    hide_caption: bool = False,
) -> Shown:
    """A table whose first cells are row headings; under 40rem of its container it turns into labelled rows."""
    pairs = [list(zip(columns, row, strict=True)) for row in rows]
    total = list(zip(columns, foot, strict=True)) if foot else []
    return {"columns": columns, "rows": pairs, "foot": total, "caption": caption, "hide_caption": hide_caption}


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: Mapping[str, Any], page: Page[Any], *, param: str = "page", label: str = "") -> Shown:
    """Links to the pages of a list (a page of Django's paginator); the rest of the query string is kept."""
    query = context["request"].GET.copy() if "request" in context else None
    targets = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    links = [(target, page_address(query, param, target) if isinstance(target, int) else "") for target in targets]
    previous = page_address(query, param, page.number - 1) if page.has_previous() else ""
    following = page_address(query, param, page.number + 1) if page.has_next() else ""
    return {"page": page, "links": links, "previous": previous, "following": following, "label": label}


def page_address(query: Any, param: str, target: int) -> str:
    """Query string of one page of a list; the first one does not say its number."""
    if query is None:
        return f"?{param}={target}"
    query = query.copy()
    query.pop(param, None)
    if target > 1:
        query[param] = target
    return f"?{query.urlencode()}"
