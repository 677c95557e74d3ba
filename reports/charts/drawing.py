"""A chart becomes an inline SVG with its key and notes. Pure: no Django."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from region.chart import ChartKind
from reports.charts.bars import draw_bars
from reports.charts.dots import draw_dots
from reports.charts.lines import draw_lines
from reports.charts.maps import draw_map
from reports.charts.multiples import draw_multiples
from reports.charts.shares import draw_shares
from reports.charts.sheet import PAGE, Key, Sheet, Size
from reports.charts.svg import Markup, clean, element, plain

if TYPE_CHECKING:
    from region.chart import Chart
    from reports.charts.scale import Room
    from reports.charts.words import Words

NARROW_STEP, WIDE_STEP = 8, 16  # pixels between the classes of rooms in chart.css
DRAWINGS: Mapping[ChartKind, Callable[[Sheet], None]] = {
    ChartKind.BARS: draw_bars,
    ChartKind.GROUPED: draw_bars,
    ChartKind.LINES: draw_lines,
    ChartKind.DOTS: draw_dots,
    ChartKind.SHARES: draw_shares,
    ChartKind.MULTIPLES: draw_multiples,
    ChartKind.AREAS: draw_map,
    ChartKind.HEXES: draw_map,
}


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing; its key and notes are set as text beside it.

    Its body is laid on the width left beside `kept`.

    `height` is in pixels. A map has a view box of so many units instead, and `linked` says whether areas are links.
    """

    body: str
    head: str
    ident: str
    keys: tuple[Key, ...]
    notes: tuple[str, ...]
    height: int
    view: tuple[float, float] | None
    kept: Room | None
    linked: bool

    @property
    def svg(self) -> str:
        """The whole element, for a page."""
        # A map with links is a group, since what is inside an image cannot be reached.
        about = {"role": "group" if self.linked else "img", "aria_labelledby": f"{self.ident}-t {self.ident}-d"}
        if self.view:
            box = f"0 0 {plain(self.view[0])} {plain(self.view[1])}"
            return element("svg", self.head + self.body, class_="mp", viewBox=box, fill_rule="evenodd", **about)
        return element("svg", self.head + self.body, class_=self._rooms(), width="100%", height=self.height, **about)

    def _rooms(self) -> str | None:
        """Classes that keep room beside the plot, which takes the rest of whatever width there is (chart.css)."""
        if self.kept is None:
            return None
        return f"r{ceil(self.kept.narrow / NARROW_STEP)} w{ceil(self.kept.wide / WIDE_STEP)}"

    @property
    def markup(self) -> Markup:
        """The same for a template."""
        return Markup(self.svg)


def ident_of(key: str, number: int = 1) -> str:
    """A name for ids: unlike another figure's on the same page, as `number` counts them."""
    return f"fig{number}-{re.sub(r'[^a-z0-9-]+', '-', key.lower()).strip('-')}".rstrip("-")


def draw(chart: Chart, words: Words, *, ident: str, description: str = "", size: Size = PAGE) -> Drawing:
    """The drawing of a chart; `ident` is unlike that of any other drawing on the page.

    Widths are in per cent and heights in pixels, so that text stays text of its own size at any width.
    """
    sheet = Sheet(chart, words, ident, size)
    DRAWINGS[chart.kind](sheet)
    head = element("title", clean(chart.title), id=f"{ident}-t") + element("desc", clean(description), id=f"{ident}-d")
    body = sheet.fills.defs() + "".join(sheet.parts)
    height = round(sheet.y) + 2
    return Drawing(
        body, head, ident, tuple(sheet.keys), tuple(sheet.notes), height, sheet.view, sheet.kept, sheet.linked
    )
