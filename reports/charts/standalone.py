"""A chart as an SVG file that stands alone: title, key, drawing, unit, notes and sources in plain colours.

The tokens of the site are not there, so the file brings its own presentation; it stays legible in grey.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reports.charts.drawing import draw
from reports.charts.sheet import Size
from reports.charts.svg import Markup, element, plain, text, text_width, wrapped

if TYPE_CHECKING:
    from region.chart import Chart
    from reports.charts.drawing import Drawing
    from reports.charts.sheet import Key
    from reports.charts.words import Words

WIDTH, EDGE = 720, 24
INNER = WIDTH - 2 * EDGE
COLOURS = ("#14513f", "#a65a08", "#39689b", "#863c69", "#667519", "#6c6459")
SHADES = ("#ffffff", "#dfe8e4", "#b1c9c0", "#7ea394", "#42755f", "#123c30")
FONT = 'system-ui, "Noto Sans", "DejaVu Sans", Arial, sans-serif'
SERIF = 'Georgia, "Noto Serif", "DejaVu Serif", serif'
# Long forms only, since makers of PDF read no shorthand of type in a drawing.
_RULES = f"""
text {{font-family: {FONT}; font-size: 16px; fill: #1c2420}}
.yr, .ti {{font-family: {SERIF}; font-size: 20px; font-weight: 700}} .ti {{font-size: 22px}}
.cat, .on, .mv {{font-weight: 600}} .val, .ms, .mt {{font-weight: 700}}
.soft, .tick, .rem, .ca {{font-family: {FONT}; font-size: 16px; font-weight: 400; fill: #505852}}
.tick, .rem, .ca {{font-size: 14px}}
.end {{text-anchor: end}} .mid, .ms, .mv, .ks {{text-anchor: middle}} .st {{text-decoration: line-through}}
.grid {{stroke: #c9c4b8}} .axis, .gap, .fr, .brk {{stroke: #1c2420; stroke-width: 1.5; fill: none}}
.brk {{stroke-dasharray: 2 4}} .stem {{stroke: #7b7869; stroke-width: 1.5}}
.on, .ms-c {{fill: #fff}} .pl, .hb, .hm, .nc {{fill: #fff}} .sm {{font-size: 14px}} .narrow {{display: none}}

.ln {{fill: none; stroke-width: 3; stroke-linejoin: round; stroke-linecap: round; vector-effect: non-scaling-stroke}}
.ln1 {{stroke-dasharray: 9 5}} .ln2 {{stroke-dasharray: 2 6}} .ln3 {{stroke-dasharray: 12 5 2 5}}
.wh {{stroke: #fff; stroke-width: 5}} .bd {{opacity: .2}}
.hl {{stroke-width: 3.5}} .hl2 {{stroke-width: 2.5}} .ht {{stroke: #fff; stroke-width: 1.6}} .ol {{stroke: #1c2420}}
.ho, .pd, .wd {{stroke-width: 2}} .pd {{stroke-dasharray: 4 3}} .wd {{fill: none; stroke-dasharray: 6 4}}
.nt {{stroke: #fff; stroke-width: 3; fill: none}} .hm {{stroke-width: 3}} .wm {{fill: none; stroke-width: 1.5}}
.wm, .da {{stroke-dasharray: 3 2}} .fm {{stroke: none}} .mb {{fill: none; stroke: #7b7869; stroke-width: 1.5}}
.mb-u {{stroke-dasharray: 3 3}} .mb-c {{fill: #1c2420; stroke: #1c2420}} .mb-d {{stroke: none}}
.ar {{stroke: #1c2420; vector-effect: non-scaling-stroke}} .am {{fill: #f2ebdb; stroke-dasharray: 3 3}}
.am-c {{fill: #8d8a7c; stroke-dasharray: none}} .aw {{fill: none; stroke-dasharray: 6 4}}
.hi {{stroke: #1c2420; stroke-width: 1.2}} .di {{fill: #1c2420}} .mv {{font-size: 17px}} .mt {{font-size: 20px}}
.mn {{font-size: 14px; font-weight: 400}}
.ks {{font-size: 12px; font-weight: 700}} .mv.on {{fill: #fff}}
"""


_PER_CENT = re.compile(r'\b(x|x1|x2|width)="([\d.]+)%"')
_NESTED = re.compile(r'<svg x="([\d.-]+)" y="([\d.-]+)" overflow="visible"')


def style() -> str:
    """The presentation of the classes of drawings."""
    series = (
        f".f{place}, .b{place} {{fill: {colour}}} .s{place} {{stroke: {colour}}}"
        for place, colour in enumerate(COLOURS, start=1)
    )
    shades = (f".g{place} {{fill: {colour}}}" for place, colour in enumerate(SHADES))
    return " ".join([*series, *shades]) + _RULES


class _Page:
    """A page of fixed width that grows downwards."""

    def __init__(self, y: float) -> None:
        self.y, self.parts = y, [""]

    def lines(self, words: str, *, kind: str, size: float, bold: bool = False) -> None:
        """A paragraph."""
        for line in wrapped(words, INNER, size, bold=bold, most=12) if words else ():
            self.y += size * 1.35
            self.parts.append(text(line, class_=kind, x=EDGE, y=self.y))

    def keys(self, keys: tuple[Key, ...]) -> None:
        """Swatches with their words, in rows."""
        x = float(EDGE)
        self.y += 34 if keys else 8
        for key in keys:
            width = text_width(key.words) + 52
            if x > EDGE and x + width > WIDTH:
                x, self.y = float(EDGE), self.y + 26
            swatch = element("g", key.swatch, transform=f"translate({plain(x)} {plain(self.y - 14)})")
            self.parts.append(swatch + text(key.words, x=x + 26, y=self.y))
            x += width
        self.y += 16 if keys else 0

    def drawing(self, drawing: Drawing) -> None:
        """The drawing itself, in pixels."""
        place = f"translate({EDGE} {plain(self.y)})"
        if drawing.view:
            scale = INNER / drawing.view[0]
            self.parts.append(element("g", drawing.body, transform=f"{place} scale({scale:.4f})", fill_rule="evenodd"))
            self.y += drawing.view[1] * scale
            return
        plot = INNER - (drawing.kept.wide if drawing.kept else 0)
        self.parts.append(element("g", in_pixels(drawing.body, plot), transform=place))
        self.y += drawing.height


def in_pixels(body: str, plot: float) -> str:
    """A drawing whose x is in per cent, on a plot of known width; makers of PDF reckon per cent in their own ways."""
    body = _PER_CENT.sub(lambda found: f'{found[1]}="{plain(float(found[2]) * plot / 100)}"', body)
    return _NESTED.sub(r'<g transform="translate(\1 \2)"', body).replace("</svg>", "</g>")


def standalone(chart: Chart, words: Words, description: str, *, ident: str = "chart", bare: bool = False) -> str:
    """The whole file; `bare` leaves out what a page says around it (title, unit, notes, sources)."""
    drawing = draw(chart, words, ident=ident, description=description, size=Size(INNER, fixed=True))
    page = _Page(0 if bare else EDGE)
    if not bare:
        page.lines(chart.title, kind="ti", size=22, bold=True)
    page.keys(drawing.keys)
    page.drawing(drawing)
    if not bare:
        page.y += 8
        how = f"{words.calculated}: {chart.how}" if chart.how else ""
        for said in (chart.unit, chart.note, how, *drawing.notes, *map(_source, chart.sources)):
            page.lines(said, kind="ca", size=14)
    height = round(page.y) + EDGE
    ground = element("rect", width=WIDTH, height=height, fill="#fff")
    # Within a page the drawing takes the width there is, and its height follows.
    size = {"width": "100%"} if bare else {"width": plain(WIDTH), "height": plain(height)}
    return element(
        "svg",
        drawing.head + element("style", style()) + ground + "".join(page.parts),
        xmlns="http://www.w3.org/2000/svg",
        **size,
        viewBox=f"0 0 {WIDTH} {height}",
        role="img",
        aria_labelledby=f"{drawing.ident}-t {drawing.ident}-d",
    )


def _source(source: object) -> str:
    parts = (getattr(source, name) for name in ("title", "issuer", "dated", "url"))
    return ", ".join(part for part in parts if part)


def flat(chart: Chart, words: Words, description: str, *, ident: str) -> Markup:
    """The drawing with its key in plain colours, for makers of PDF that know no tokens."""
    return Markup(standalone(chart, words, description, ident=ident, bare=True))
