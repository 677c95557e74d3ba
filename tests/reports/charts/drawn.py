"""Plain words for drawings in tests, and how a drawing is read back."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from decimal import Decimal

from region.chart import Chart, ChartKind, Missing, Point, PointStatus, Precision, Series
from reports.charts.drawing import Drawing, draw
from reports.charts.sheet import PAGE, Size
from reports.charts.words import Words

SVG = "{http://www.w3.org/2000/svg}"


def _number(value: Decimal, decimals: int) -> str:
    return f"{value:.{decimals}f}"


WORDS = Words(
    number=_number,
    short=lambda value: f"{value.normalize():f}",
    percent=lambda value, decimals: f"{value:.{decimals}f}%",
    missing={kind: kind.value.replace("_", " ") for kind in Missing},
    status={status: status.value for status in PointStatus if status is not PointStatus.FINAL},
    precision={Precision.ROUNDED: "rounded"},
    difference="difference",
    interval="interval",
    not_from_zero="not from zero",
    calculated="calculated",
)


def chart_of(*points: Point, kind: ChartKind = ChartKind.BARS) -> Chart:
    """One series with a category for each point."""
    names = tuple(f"C{place}" for place in range(len(points)))
    return Chart("test", "A title", kind, names, (Series("S", points),), "things")


def drawing_of(chart: Chart, size: Size = PAGE) -> Drawing:
    """The chart as drawn for tests."""
    return draw(chart, WORDS, ident="t", description="said", size=size)


def parsed(svg: str) -> ET.Element:
    """The drawing as a tree; an error when it is no XML."""
    return ET.fromstring(svg.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1))


def bars_of(svg: str) -> list[dict[str, str]]:
    """Attributes of the bars, in order: rectangles of a series outside of patterns, plates and signs."""
    tree = parsed(re.sub(r"<defs>.*?</defs>", "", svg))
    kinds = re.compile(r"\b(f\d|ho|pd|wd)\b")
    found = [dict(each.attrib) for each in tree.iter(f"{SVG}rect")]
    return [each for each in found if kinds.search(each.get("class", "")) or each.get("fill", "").startswith("url")]


def texts_of(svg: str) -> list[str]:
    """What is written on the drawing, in order."""
    return ["".join(each.itertext()) for each in parsed(svg).iter(f"{SVG}text")]
