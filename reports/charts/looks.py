"""How values look: fills, outlines and signs that differ in shape, so that grey print and forced colours keep them.

Final values are solid, those of a period that is not over hatched, provisional ones dotted within a dashed outline,
withdrawn ones an empty dashed outline; a corrected one carries a notch. Colours come from classes, never from here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from region.chart import Missing, PointStatus
from reports.charts.svg import Attribute, element, text

if TYPE_CHECKING:
    from region.chart import Chart

COLOURS = 6
# Kinds of fill by status; what is not named is solid.
STATUS_FILLS = {PointStatus.PART: "h", PointStatus.PROVISIONAL: "d", PointStatus.WITHDRAWN: "w"}
# Textures of neighbouring parts of a whole, told apart without colour.
TEXTURES = ("", "t", "", "p", "", "q", "t", "p")
# Capital ones lie over the shade of a map.
_SIZES = {"h": 9, "d": 6, "t": 7, "p": 7, "q": 6, "H": 11, "D": 9}
_TURNED = {"h": "rotate(45)", "t": "rotate(-45)", "H": "rotate(45)"}
_ON_PAPER, _ON_COLOUR = "hd", "tpq"
# Letters of classes, and signs as they are drawn: a point would be taken for a speck.
MISSING_LETTERS = {
    Missing.DID_NOT_OCCUR: "d",
    Missing.UNKNOWN: "u",
    Missing.NOT_APPLICABLE: "n",
    Missing.CONFIDENTIAL: "c",
}
DRAWN_SIGNS = {
    Missing.DID_NOT_OCCUR: "–",
    Missing.UNKNOWN: "?",
    Missing.NOT_APPLICABLE: "×",
    Missing.CONFIDENTIAL: "#",
}


def tone(index: int) -> int:
    """Number of the colour of a series, from 1."""
    return index % COLOURS + 1


def _pattern(ident: str, kind: str, number: int) -> str:
    size = _SIZES[kind]
    grounds = {"hb": _ON_PAPER, f"f{number}": _ON_COLOUR}
    ground = "".join(
        element("rect", class_=name, width=size, height=size) for name, kinds in grounds.items() if kind in kinds
    )
    marks = {
        "h": element("path", class_=f"hl s{number}", d="M0 0V9"),
        "d": element("circle", class_=f"f{number}", cx=3, cy=3, r=1.5),
        "t": element("path", class_="ht", d="M0 0V7"),
        "p": element("circle", class_="hb", cx=3.5, cy=3.5, r=1.5),
        "q": element("path", class_="ht", d="M0 3H6"),
        "H": element("path", class_="hi", d="M0 0V11"),
        "D": element("circle", class_="di", cx=4, cy=4, r=1.8),
    }
    return element(
        "pattern",
        ground + marks[kind],
        id=f"{ident}-{kind}{number}",
        width=size,
        height=size,
        patternUnits="userSpaceOnUse",
        patternTransform=_TURNED.get(kind),
    )


@dataclass(slots=True)
class Fills:
    """The fills used by one drawing; its patterns are written once, under the drawing's own name."""

    ident: str
    used: set[tuple[str, int]] = field(default_factory=set)

    def pattern(self, kind: str, number: int) -> str:
        """The reference to a pattern, which is remembered for `defs`."""
        self.used.add((kind, number))
        return f"url(#{self.ident}-{kind}{number})"

    def defs(self) -> str:
        """Every pattern that was asked for."""
        made = "".join(_pattern(self.ident, kind, number) for kind, number in sorted(self.used))
        return element("defs", made) if made else ""

    def bar(self, index: int, status: PointStatus, /, *, texture: str = "", **place: Attribute) -> str:
        """The rectangle of a value of series `index` at a place."""
        number, kind = tone(index), STATUS_FILLS.get(status, texture)
        if kind == "w":
            return element("rect", class_=f"wd s{number}", **place)
        if not kind:
            # From the second series on an outline is the second cue, as fills may be equally grey.
            outline = f"f{number}" if index == 0 else f"f{number} ol"
            return element("rect", class_=outline, **place)
        edge = {"h": f"ho s{number}", "d": f"pd s{number}"}.get(kind)
        return element("rect", class_=edge, fill=self.pattern(kind, number), **place)

    def swatch(self, index: int, status: PointStatus = PointStatus.FINAL, *, texture: str = "") -> str:
        """A square with the fill of a series, 18 by 18, for the key."""
        square = self.bar(index, status, texture=texture, x=1, y=1, width=16, height=16)
        if status is PointStatus.CORRECTED:
            square += notch(12, 1, 16)
        return square


def small(content: str) -> str:
    """A swatch as a drawing of the size of a letter."""
    return f'<svg class="sw" viewBox="0 0 18 18" aria-hidden="true" focusable="false">{content}</svg>'


def notch(x: float, y: float, height: float) -> str:
    """The light line near the end of a corrected bar."""
    return element("path", class_="nt", d=f"M{x:g} {y:g}v{height:g}")


def missing_sign(missing: Missing, x: float, y: float) -> str:
    """The sign of official statistics for a kind of missing, in a box of its own shape; `y` is the middle."""
    letter = MISSING_LETTERS[missing]
    box = element("rect", class_=f"mb mb-{letter}", x=x, y=y - 10, width=20, height=20, rx=3)
    return box + text(DRAWN_SIGNS[missing], class_=f"ms ms-{letter}", x=x + 10, y=y + 5.5)


def missing_kinds(chart: Chart) -> tuple[Missing, ...]:
    """Kinds of missing in a chart, in the order of their declaration."""
    found = {point.missing for series in chart.series for point in series.points}
    return tuple(kind for kind in Missing if kind in found)


def statuses(chart: Chart) -> tuple[PointStatus, ...]:
    """Statuses of drawn values that are not final, in the order of their declaration."""
    found = {point.status for series in chart.series for point in series.points if point.value is not None}
    return tuple(status for status in PointStatus if status in found and status is not PointStatus.FINAL)
