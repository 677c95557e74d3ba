"""Whatever is in a chart, its drawing is XML, within its width, without a number that is none."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from region.chart import Area, Break, Chart, ChartKind, Missing, Point, PointStatus, Precision, Series
from reports.charts.sheet import CARD, PAGE, Size
from reports.charts.standalone import standalone
from tests.reports.charts.drawn import WORDS, drawing_of, parsed

NUMBERS = st.one_of(
    st.just(Decimal(0)),
    st.decimals(-1000, 1000, places=1),
    st.integers(-(10**18), 10**18).map(Decimal),
    st.sampled_from([Decimal("1e300"), Decimal("-1e-300"), Decimal("1e-9"), Decimal("0.1")]),
)
TEXTS = st.text(max_size=60) | st.sampled_from(["<b>&'\"", "]]>", "\x00\x0b", "a" * 300, "dlouhé slovo " * 20, ""])
PER_CENT = re.compile(r'(\w+)="(-?[\d.]+)%"')


def _point(value: Decimal, apart: Decimal | None, status: PointStatus, precision: Precision) -> Point:
    low, high = (None, None) if apart is None else sorted([value, apart])
    return Point(value, status=status, precision=precision, low=low, high=high)


POINTS = st.one_of(
    st.builds(_point, NUMBERS, st.none() | NUMBERS, st.sampled_from(PointStatus), st.sampled_from(Precision)),
    st.builds(Point, missing=st.sampled_from(Missing), note=st.sampled_from(["", "why <not>"])),
)


def _area(x: int, y: int, shape: int, url: str) -> Area:
    west, south = 13 + x / 10, 49 + y / 10
    ring = [[west, south], [west + 0.1, south], [west + 0.1, south + 0.1], [west, south]]
    shapes: list[dict[str, Any]] = [
        {"type": "Polygon", "coordinates": [ring]},
        {},
        {"type": "Point", "coordinates": [west, south]},
    ]
    return Area(shapes[shape], url=url)


AREAS = st.builds(_area, st.integers(0, 9), st.integers(0, 9), st.integers(0, 2), st.sampled_from(["", "/a?b=1&c=<2>"]))


@st.composite
def charts(draw: Any) -> Chart:
    # Few of each, or many categories of one series, or many series of few categories.
    count, series = draw(st.sampled_from([(0, 0), (0, 2), (1, 1), (2, 0), (3, 2), (4, 3), (60, 1), (2, 8)]))
    seeds = draw(st.lists(POINTS, min_size=1, max_size=8))
    names = draw(st.lists(TEXTS, min_size=1, max_size=4))
    rows = [
        Series(names[row % len(names)], tuple(seeds[(row + place) % len(seeds)] for place in range(count)))
        for row in range(series)
    ]
    areas = draw(st.just([]) | st.lists(AREAS, min_size=1, max_size=3)) if count else []
    return Chart(
        draw(TEXTS),
        draw(TEXTS),
        draw(st.sampled_from(ChartKind)),
        tuple(names[place % len(names)] for place in range(count)),
        tuple(rows),
        draw(TEXTS),
        decimals=draw(st.integers(0, 2)),
        breaks=tuple(Break(at, "anew") for at in draw(st.lists(st.integers(0, 70), max_size=2))),
        areas=tuple(areas[place % len(areas)] for place in range(count)) if areas else (),
        shows_difference=draw(st.booleans()),
    )


@settings(max_examples=60)
@given(charts(), st.sampled_from([PAGE, CARD, Size(640, fixed=True)]))
def test_any_chart_draws_within_its_width(chart: Chart, size: Size) -> None:
    svg = drawing_of(chart, size).svg
    parsed(svg)
    assert re.findall(r'="[^"]*(?:nan|inf|None)[^"]*"', re.sub(r'(aria-label|href)="[^"]*"', "", svg)) == []
    assert [found for found in PER_CENT.findall(svg) if not 0 <= float(found[1]) <= 100] == []
    ends = [(float(x), float(w)) for x, w in re.findall(r'x="([\d.]+)%"[^>]*? width="([\d.]+)%"', svg)]
    assert [pair for pair in ends if sum(pair) > 100.02] == []


@settings(max_examples=60)
@given(charts())
def test_any_chart_stands_alone(chart: Chart) -> None:
    svg = standalone(chart, WORDS, "said")
    parsed(svg.replace(' xmlns="http://www.w3.org/2000/svg"', "", 1))
    # No share of a width is left, which makers of PDF reckon in their own ways.
    assert re.findall(r'\b(?:x|x1|x2|width)="[\d.]+%"', svg) == []
