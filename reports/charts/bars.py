"""Bars and grouped bars: lying, from a true zero, each with its value; two sources with a bracket between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from region.chart import PointStatus
from reports.charts.looks import STATUS_FILLS
from reports.charts.scale import TICK, Span, Ticks, extent, span_for
from reports.charts.sheet import (
    LINE,
    TEXT,
    Key,
    Sheet,
    at_percent,
    break_row,
    corrected_notch,
    grid_behind,
    heading,
    missing_row,
    need_of,
    plotted,
    remarks,
    room_of,
    state_keys,
    top_axis,
    value_label,
    whisker,
)
from reports.charts.svg import Attribute, clean, cut, element, percent, plain, text, text_width

if TYPE_CHECKING:
    from decimal import Decimal

    from region.chart import Point

STUB = 3  # pixels of a true zero, which is a value and is drawn
SIDE = 12  # letters of a name that may stand left of its bar
MANY = 10  # from so many categories of one series on, names stand left of the bars
LONGEST_NAME, SHORT_NAME = 150, 84  # pixels of a series' name on a bar, and behind a value


@dataclass(frozen=True, slots=True)
class Rows:
    """Thickness of a bar, gap between bars of a category, gap after a category."""

    bar: float
    between: float
    after: float


@dataclass(slots=True)
class Plan:
    """How one drawing is laid out; names of series stand `on` their bars, `after` the values or `above` the bars."""

    rows: Rows
    span: Span
    names: list[str]
    where: str


def rows_for(sheet: Sheet) -> Rows:
    """The layout that suits the count of bars; many short names move to the left of them."""
    chart = sheet.chart
    if len(chart.series) > 1:
        return Rows(18, 3, 14) if sheet.compact or len(chart.series) > 3 else Rows(26, 4, 22)
    if len(chart.categories) >= MANY and all(len(name) <= SIDE for name in chart.categories):
        sheet.left = max(text_width(name, TEXT, bold=True) for name in chart.categories) + 12
        return Rows(18, 0, 8)
    return Rows(16, 0, 10) if len(chart.categories) > 6 or sheet.compact else Rows(26, 0, 16)


def planned(sheet: Sheet) -> Plan:
    """The layout and the scale with room for what stands behind the bars."""
    rows, series = rows_for(sheet), sheet.chart.series
    names = [cut(each.short or each.name, LONGEST_NAME, TEXT) for each in series] if len(series) > 1 else []
    span = _span(sheet, [""] * len(series))
    if not names:
        return Plan(rows, span, names, "none")
    whole = [each.short or each.name for each in series]
    if rows.bar >= 24 and _all_hold(sheet, span, whole):
        return Plan(rows, span, whole, "on")
    if max(text_width(name, TEXT) for name in names) <= SHORT_NAME:
        return Plan(rows, _span(sheet, names), names, "after")
    names = [cut(each.name, sheet.room - 16, TICK) for each in series]
    return Plan(rows, span, names, "above")


def _all_hold(sheet: Sheet, span: Span, names: list[str]) -> bool:
    """Whether every bar is long enough for the name of its series, on the narrowest drawing."""
    plot = sheet.width - span.room.narrow
    return all(
        abs(span.at(point.value) - span.zero) * plot / 100 >= text_width(name, TICK, bold=True) + 18
        for series, name in zip(sheet.chart.series, names, strict=True)
        for point in series.points
        if point.value is not None
    )


def _span(sheet: Sheet, names: list[str]) -> Span:
    drawn = [
        (point, name)
        for series, name in zip(sheet.chart.series, names, strict=True)
        for point in series.points
        if point.value is not None
    ]
    bounds = extent([one for point, _ in drawn for one in (point.value, point.low, point.high) if one is not None])
    beside = _bracket_room(sheet)
    needs = [need_of(sheet, point, _end(point), name=name, beside=beside) for point, name in drawn]
    return span_for(needs, bounds, width=sheet.width, left=sheet.left, ticks=Ticks(sheet.ticks, sheet.tick))


def _end(point: Point) -> Decimal:
    """The value behind which the words of a bar begin; those of a bar to the left begin at zero."""
    ends = [one for one in (point.value, point.high) if one is not None]
    return max(*ends, ends[0] * 0)


def draw_bars(sheet: Sheet) -> None:
    """The whole drawing."""
    plan = planned(sheet)
    place = top_axis(sheet, plan.span)
    top = sheet.y
    breaks = {broken.at: broken for broken in sheet.chart.breaks}
    for index, name in enumerate(sheet.chart.categories):
        if index and index in breaks:
            break_row(sheet, breaks[index])
        _category(sheet, plan, index, name)
    grid_behind(sheet, plan.span, place, top)
    plotted(sheet, plan.span.room)
    for index, series in enumerate(sheet.chart.series if plan.names else ()):
        sheet.keys.append(Key(sheet.fills.swatch(index), series.name))
    state_keys(sheet)


def _category(sheet: Sheet, plan: Plan, index: int, name: str) -> None:
    points = [series.points[index] for series in sheet.chart.series]
    say = sheet.words.state if sheet.compact else sheet.words.remark
    said = {say(point) for point in points if point.missing is None}
    common = said.pop() if len(said) == 1 and not sheet.left else ""
    if sheet.left:
        sheet.y += plan.rows.after / 2
        sheet.add(text(name, class_="cat", x=-sheet.left, y=sheet.y + plan.rows.bar / 2 + 5.5))
    else:
        heading(sheet, name, common)
        sheet.y += 10
    middles = []
    for series, point in enumerate(points):
        _lane(sheet, plan, series, point)
        middles.append(sheet.y - plan.rows.bar / 2)
        remark = say(point)
        if remark and (point.missing or remark != common):
            remarks(sheet, remark)
            sheet.y += 6
        sheet.y += plan.rows.between
    _bracket(sheet, plan, index, middles)
    sheet.y += plan.rows.after / (2 if sheet.left else 1) - plan.rows.between


def _lane(sheet: Sheet, plan: Plan, series: int, point: Point) -> None:
    """One bar, or why there is none."""
    name = plan.names[series] if plan.names else ""
    if plan.where == "above":
        sheet.y += LINE
        sheet.add(text(name, class_="rem", x=8, y=sheet.y - 6))
    # The sign of what is missing wants some height, however thin the bars are.
    thick = plan.rows.bar if point.value is not None or sheet.left else max(plan.rows.bar, 22)
    middle = sheet.y + thick / 2
    if point.value is None:
        missing_row(sheet, point, middle, "" if plan.where == "above" else name)
    else:
        _bar(sheet, plan, series, point)
        end = max(plan.span.at(_end(point)), plan.span.zero)
        sheet.add(value_label(sheet, point, (end, middle + 5.5), extra=name if plan.where == "after" else ""))
        if plan.where == "on":
            _name_on(sheet, plan, series, point)
    sheet.y += thick


def _name_on(sheet: Sheet, plan: Plan, series: int, point: Point) -> None:
    """The name of a series on its bar; where the bar is not solid, on a plate."""
    name = plan.names[series]
    at = min(plan.span.zero, plan.span.at(point.value or 0))
    if point.status in STATUS_FILLS:
        width = text_width(name, TICK) + 12
        plate = element("rect", class_="pl", x=4, y=4, width=width, height=plan.rows.bar - 8, rx=2)
        label = text(name, class_="pn", x=10, y=plan.rows.bar / 2 + 5)
        sheet.add(at_percent(at, sheet.y, plate + label))
    else:
        kind = f"on {'o2 ' if series else ''}sm"
        sheet.add(text(name, class_=kind, x=percent(at), y=sheet.y + plan.rows.bar / 2 + 5, dx=10))


def _bar(sheet: Sheet, plan: Plan, series: int, point: Point) -> None:
    zero, at, thick = plan.span.zero, plan.span.at(point.value or 0), plan.rows.bar
    # A true zero is drawn: a stub on the axis.
    width: Attribute = percent(abs(at - zero)) if point.value else STUB
    bar = sheet.fills.bar(series, point.status, x=percent(min(zero, at)), y=sheet.y, width=width, height=thick)
    sheet.add(bar)
    if point.status is PointStatus.CORRECTED:
        sheet.add(corrected_notch(max(at, zero), sheet.y, thick))
    if point.low is not None and point.high is not None:
        sheet.add(whisker(plan.span.at(point.low), plan.span.at(point.high), sheet.y + thick / 2))


def _bracket_words(sheet: Sheet, pair: tuple[Decimal, Decimal]) -> tuple[str, str, str]:
    """Before, as and after the number; only the number is said on narrow drawings."""
    first, gap = pair[0], abs(pair[1] - pair[0])
    share = f"{chr(160)}({sheet.words.percent(gap * 100 / abs(first), 1)})" if first else ""
    return f"{sheet.words.difference} ", sheet.number(gap), share


def _bracket_room(sheet: Sheet) -> tuple[float, float]:
    """Pixels of the widest bracket with its words, on narrow and on wide drawings."""
    narrow = wide = 0.0
    for index in range(len(sheet.chart.categories)):
        if pair := sheet.chart.compared(index):
            before, number, after = _bracket_words(sheet, pair)
            narrow = max(narrow, text_width(number, TEXT) + 30)
            wide = max(wide, text_width(before + number + after, TEXT) + 30)
    return narrow, wide


def _bracket(sheet: Sheet, plan: Plan, index: int, middles: list[float]) -> None:
    """The bracket between the first two bars of a category, with their difference."""
    pair = sheet.chart.compared(index)
    if pair is None:
        return
    points = [series.points[index] for series in sheet.chart.series[:2]]
    before, number, after = _bracket_words(sheet, pair)
    words = "".join(
        (
            element("tspan", clean(before), class_="wide"),
            clean(number),
            element("tspan", clean(after), class_="wide") if after else "",
        )
    )
    names = plan.names if plan.where == "after" else ["", ""]
    reach = max(room_of(sheet, point, name) for point, name in zip(points[:2], names, strict=False)) + 6
    end = max(plan.span.zero, *(plan.span.at(_end(point)) for point in points[:2]))
    path = element("path", class_="gap", d=f"M{plain(reach)} 0h8v{plain(middles[1] - middles[0])}h-8")
    label = element("text", words, class_="soft", x=reach + 16, y=(middles[1] - middles[0]) / 2 + 5.5)
    sheet.add(at_percent(end, middles[0], path + label))
