"""Dots with their ranges: one line for each value, the scale may leave zero if it says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from region.chart import PointStatus
from reports.charts.looks import tone
from reports.charts.scale import Span, Ticks, real, span_for
from reports.charts.sheet import (
    TEXT,
    Key,
    Sheet,
    at_percent,
    break_row,
    grid_behind,
    heading,
    missing_row,
    need_of,
    plotted,
    remarks,
    state_keys,
    top_axis,
    value_label,
    whisker,
)
from reports.charts.svg import cut, element, percent, text_width

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from region.chart import Point

LANE = 28
LONGEST_NAME = 84  # pixels
FROM_ZERO = 0.5  # the scale begins at zero unless all values lie in the upper part of it
# Marks by place of the series: disc, square, diamond, triangle, then the same hollow.
SHAPES = (
    "M-7 0a7 7 0 1 0 14 0a7 7 0 1 0-14 0z",
    "M-6-6h12v12h-12z",
    "M0-8.5l8 8.5l-8 8.5l-8-8.5z",
    "M0-8l8 14h-16z",
)


def mark(index: int, status: PointStatus = PointStatus.FINAL) -> str:
    """The mark of a series around 0, 0; hollow from the fifth on and for what is not final."""
    hollow = (index // len(SHAPES)) % 2 == 1 or status in {PointStatus.PART, PointStatus.PROVISIONAL}
    shape = SHAPES[index % len(SHAPES)]
    kind = "wm" if status is PointStatus.WITHDRAWN else "hm" if hollow else "fm"
    dashed = " da" if status is PointStatus.PROVISIONAL else ""
    inner = element("circle", class_="nc", r=2.5) if status is PointStatus.CORRECTED else ""
    if status is PointStatus.PART:
        inner = element("path", class_=f"hl2 s{tone(index)}", d="M-4 4L4-4")
    colour = f"s{tone(index)}" if kind != "fm" else f"f{tone(index)}"
    return element("path", class_=f"{kind}{dashed} {colour}", d=shape) + inner


def swatch(index: int, status: PointStatus = PointStatus.FINAL) -> str:
    """A mark for the key."""
    return element("g", mark(index, status), transform="translate(9 9)")


def bounds_of(values: Iterable[Decimal]) -> tuple[float, float, bool]:
    """Least and greatest end of a scale of positions, and whether zero is left out because all lie far from it."""
    found = [real(value) for value in values]
    low, high = min(found, default=0.0), max(found, default=0.0)
    if low > 0 and low > high * FROM_ZERO and high > low:
        return low, high, True
    return min(low, 0.0), max(high, 0.0), False


def draw_dots(sheet: Sheet) -> None:
    """The whole drawing."""
    span, away = _span(sheet)
    place = top_axis(sheet, span)
    top = sheet.y
    breaks = {broken.at: broken for broken in sheet.chart.breaks}
    for index, name in enumerate(sheet.chart.categories):
        if index and index in breaks:
            break_row(sheet, breaks[index])
        heading(sheet, name, large=False)
        sheet.y += 6
        for series, points in enumerate(sheet.chart.series):
            _lane(sheet, span, series, points.points[index])
        sheet.y += 8
    grid_behind(sheet, span, place, top)
    plotted(sheet, span.room)
    if away:
        sheet.notes.append(sheet.words.not_from_zero)
    for index, each in enumerate(sheet.chart.series if len(sheet.chart.series) > 1 else ()):
        sheet.keys.append(Key(swatch(index), each.name))
    state_keys(sheet, swatch)


def _span(sheet: Sheet) -> tuple[Span, bool]:
    drawn = [(i, p) for i, each in enumerate(sheet.chart.series) for p in each.points if p.value is not None]
    ends = [one for _, point in drawn for one in (point.value, point.low, point.high) if one is not None]
    low, high, away = bounds_of(ends)
    if away:
        low = sheet.ticks(low, high)[0]
    needs = [
        need_of(sheet, point, _end(point), name=_name(sheet, i), beside=(12, text_width(_range(sheet, point)) + 20))
        for i, point in drawn
    ]
    return span_for(needs, (low, high), width=sheet.width, left=sheet.left, ticks=Ticks(sheet.ticks, sheet.tick)), away


def _end(point: Point) -> Decimal:
    """Where the mark and its range end."""
    return max(one for one in (point.value, point.high) if one is not None)


def _range(sheet: Sheet, point: Point) -> str:
    """The interval in numbers."""
    if point.low is None or point.high is None or sheet.compact:
        return ""
    low, high = (sheet.words.number(one, sheet.chart.decimals) for one in (point.low, point.high))
    return f"({low}–{high})"


def _name(sheet: Sheet, index: int) -> str:
    if len(sheet.chart.series) < 2:
        return ""
    series = sheet.chart.series[index]
    return cut(series.short or series.name, LONGEST_NAME, TEXT)


def _lane(sheet: Sheet, span: Span, index: int, point: Point) -> None:
    middle = sheet.y + LANE / 2
    if point.value is None:
        missing_row(sheet, point, middle, _name(sheet, index))
    else:
        at = span.at(point.value)
        sheet.add(element("line", class_="stem", x1=percent(span.zero), x2=percent(at), y1=middle, y2=middle))
        if point.low is not None and point.high is not None:
            sheet.add(whisker(span.at(point.low), span.at(point.high), middle))
        sheet.add(at_percent(at, middle, mark(index, point.status)))
        place = (span.at(_end(point)), middle + 5.5)
        sheet.add(value_label(sheet, point, place, extra=_name(sheet, index), wide=_range(sheet, point)))
    sheet.y += LANE
    if remark := sheet.words.remark(point):
        remarks(sheet, remark)
        sheet.y += 6
