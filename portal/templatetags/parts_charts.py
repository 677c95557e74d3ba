"""The component of charts: heading, key, drawing, caption, the equal table and the sources of one `Chart`."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any, Literal

from django import template
from django.utils.html import format_html

from reports.chart_table import table_of
from reports.chart_words import begun, description, words
from reports.charts.drawing import draw, ident_of
from reports.charts.sheet import CARD, PAGE
from reports.charts.standalone import flat

if TYPE_CHECKING:
    from collections.abc import Iterator

    from region.chart import Chart

register = template.Library()
Shown = dict[str, object]
COUNTER = "_figures_drawn"


def next_number(context: template.Context) -> int:
    """The number of a drawing on its page, whichever template draws it; ids begin with it."""
    request = context.get("request")
    # Without a request a template stands for itself; its lowest layer is shared by all it includes.
    kept: dict[Any, Any] = vars(request) if request is not None else context.dicts[0]
    numbers: Iterator[int] = kept.setdefault(COUNTER, count(1))
    return next(numbers)


@register.inclusion_tag("components/figure.html", takes_context=True)
def figure(
    context: template.Context,
    chart: Chart,
    *,
    level: int = 2,
    heading: bool = True,
    href: str = "",
    compact: bool = False,
    printed: bool = False,
    table: Literal["folded", "open", "none"] = "folded",
    sources: bool = True,
    explore_url: str = "",
) -> Shown:
    """A chart with all that belongs to it; pages load portal/chart.css in their block `head`.

    `compact` is for cards: a small drawing without table and sources (give `href`, where they are). `printed` is for
    PDF, whose maker knows no tokens: a drawing in plain colours with the table open. `explore_url` answers the
    figure for Plotly, which is loaded only when the reader asks for it.
    """
    ident = ident_of(chart.key, next_number(context))
    said = description(chart)
    drawing = draw(chart, words(), ident=ident, description=said, size=CARD if compact else PAGE)
    return {
        "chart": chart,
        "ident": ident,
        "unit": begun(chart.unit),
        "level": level,
        "heading": heading,
        "href": href,
        "compact": compact,
        "svg": format_html("{}", flat(chart, words(), said, ident=ident) if printed else drawing.markup),
        "keys": [] if printed else [(format_html("{}", key.markup), key.words) for key in drawing.keys],
        "printed": printed,
        "notes": drawing.notes,
        "table": None if compact or table == "none" else table_of(chart),
        "table_open": printed or table == "open",
        "sources": chart.sources if sources and not compact else (),
        "explore_url": "" if compact or printed else explore_url,
    }
