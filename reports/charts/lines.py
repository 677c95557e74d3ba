"""Lines in order of time: a band where the interval is known, gaps where nothing is, a cut where the method changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from region.chart import PointStatus
from reports.charts.dots import bounds_of, mark, swatch
from reports.charts.looks import COLOURS, missing_sign, tone
from reports.charts.scale import MOST_ROOM, TICK, WIDE, Room, real
from reports.charts.sheet import TEXT, Key, Sheet, at_percent, plotted, sign_keys, state_keys
from reports.charts.svg import Attribute, clean, cut, element, percent, plain, text, text_width, wrapped

if TYPE_CHECKING:
    from decimal import Decimal

    from region.chart import Point, Series

HEIGHT, LOW_HEIGHT = 240, 130
EDGE = 2.0  # per cent of the plot before the first and after the last category
LONGEST_TICK = 48  # pixels of a number beside the plot
LABEL_ROOM = 0.42  # of the narrowest width, for labels at the ends of lines
UNITS = 1000  # of a line's own width; its strokes keep their thickness
LABEL_LINE = 18
# Values that stand apart: a period that is not over and a withdrawn value are no part of a trend.
APART = {PointStatus.PART, PointStatus.WITHDRAWN}
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
# With more categories than these, names stand at steps that divide a year.
LONG = 24
MONTHS = (1, 2, 3, 4, 6, 12, 24, 36, 48, 60, 120)


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the lines run: x over the plot's width but for `EDGE` per cent, y from `top` to `bottom` pixels."""

    room: Room
    top: float
    bottom: float
    ticks: tuple[float, ...]
    count: int
    units: float = UNITS

    @property
    def low(self) -> float:
        """The value at the bottom."""
        return self.ticks[0]

    @property
    def high(self) -> float:
        """The value at the top, above the bottom even where all values are the same."""
        return self.ticks[-1] if self.ticks[-1] > self.ticks[0] else self.ticks[0] + 1

    def x(self, index: int) -> float:
        """Per cent of the width; a single category stands in the middle."""
        share = index / (self.count - 1) if self.count > 1 else 0.5
        return EDGE + share * (100 - 2 * EDGE)

    def unit(self, index: int) -> float:
        """The same in units of the line's own drawing."""
        return (index / (self.count - 1) if self.count > 1 else 0.5) * self.units

    def y(self, value: Decimal | float) -> float:
        """Pixels from the top."""
        share = (real(value) - self.low) / (self.high - self.low)
        return self.bottom - min(max(share, 0.0), 1.0) * (self.bottom - self.top)


def runs(series: Series, breaks: set[int]) -> list[list[int]]:
    """Places of values that may be joined: no gap, no break and no incomplete period between them."""
    found: list[list[int]] = [[]]
    for index, point in enumerate(series.points):
        joined = point.value is not None and point.status not in APART
        if not joined or index in breaks:
            found.append([])
        if joined:
            found[-1].append(index)
    return [run for run in found if run]


def draw_lines(sheet: Sheet) -> None:
    """The whole drawing."""
    frame = _frame(sheet)
    if not frame.count:
        return
    _grid(sheet, frame)
    breaks = {broken.at for broken in sheet.chart.breaks if broken.at}
    _breaks(sheet, frame)
    # Bands first, so that no line is hidden by one.
    for index, series in enumerate(sheet.chart.series):
        _band(sheet, frame, index, series, breaks)
    for index, series in enumerate(sheet.chart.series):
        _line(sheet, frame, index, series, breaks)
    for index, series in enumerate(sheet.chart.series):
        _marks(sheet, frame, index, series)
    _tick_texts(sheet, frame)
    sheet.y = frame.bottom
    _missing(sheet, frame)
    _labels(sheet, frame)
    _categories(sheet, frame)
    plotted(sheet, frame.room)
    state_keys(sheet, swatch)
    sign_keys(sheet)


def _frame(sheet: Sheet) -> Frame:
    chart = sheet.chart
    points = [point for series in chart.series for point in series.points]
    ends = [one for point in points for one in (point.value, point.low, point.high) if one is not None]
    low, high, away = bounds_of(ends)
    ticks = sheet.ticks(low, high, 2 if sheet.compact else 4)
    if away:
        sheet.notes.append(sheet.words.not_from_zero)
    widest = max(text_width(sheet.tick(tick), TICK) for tick in ticks)
    # Long numbers stand on their lines instead of beside them.
    sheet.left = widest + 8 if widest <= LONGEST_TICK else 0
    labels = [_label_lines(sheet, index) for index in range(len(chart.series))]
    widths = [text_width(" ".join(line), TEXT, bold=True) for lines in labels for line in lines]
    beside = min(max(widths, default=0) + 24 + sheet.left, sheet.width * MOST_ROOM)
    height = LOW_HEIGHT if sheet.compact else HEIGHT
    height = max(height, sum(len(lines) * LABEL_LINE + 4 for lines in labels))
    units = (sheet.width - beside) * (1 - 2 * EDGE / 100) if sheet.size.fixed else UNITS
    return Frame(Room(beside, beside), 28, 28 + height, tuple(ticks), len(chart.categories), units)


def _grid(sheet: Sheet, frame: Frame) -> None:
    for tick in frame.ticks:
        y = frame.y(tick)
        kind = "axis" if tick == (0 if frame.low <= 0 <= frame.high else frame.low) else "grid"
        sheet.add(element("line", class_=kind, x1=0, x2="100%", y1=y, y2=y))


def _tick_texts(sheet: Sheet, frame: Frame) -> None:
    beside: dict[str, Attribute] = {"class_": "tick end", "x": -8} if sheet.left else {"class_": "tick", "x": 0}
    for tick in frame.ticks:
        sheet.add(text(sheet.tick(tick), y=frame.y(tick) + (5 if sheet.left else -5), **beside))


def _breaks(sheet: Sheet, frame: Frame) -> None:
    """A dashed upright line between two categories, with a letter that the notes explain."""
    for letter, broken in zip(LETTERS, sorted(sheet.chart.breaks, key=lambda each: each.at), strict=False):
        if 0 < broken.at < frame.count:
            at = percent((frame.x(broken.at) + frame.x(broken.at - 1)) / 2)
            sheet.add(element("line", class_="brk", x1=at, x2=at, y1=frame.top - 8, y2=frame.bottom))
            sheet.add(text(letter, class_="val mid", x=at, y=frame.top - 14))
            sheet.notes.append(f"{letter}: {broken.text}")


def _inside(sheet: Sheet, frame: Frame, content: str) -> str:
    """Shapes whose x is in units of the frame's width; in pixels where that width is known."""
    if sheet.size.fixed:
        return at_percent(EDGE, 0, content)
    return element(
        "svg",
        content,
        x=percent(EDGE),
        width=percent(100 - 2 * EDGE),
        y=0,
        height=frame.bottom + 1,
        viewBox=f"0 0 {UNITS} {plain(frame.bottom + 1)}",
        preserveAspectRatio="none",
        overflow="visible",
    )


def _path(frame: Frame, places: list[tuple[int, Decimal | None]]) -> str:
    known = [(index, value) for index, value in places if value is not None]
    return "L".join(f"{round(frame.unit(index))} {plain(round(frame.y(value), 1))}" for index, value in known)


def _band(sheet: Sheet, frame: Frame, index: int, series: Series, breaks: set[int]) -> None:
    shapes, points = [], series.points
    for run in runs(series, breaks):
        known = [place for place in run if points[place].low is not None]
        if len(known) > 1:
            there = _path(frame, [(place, points[place].high) for place in known])
            back = _path(frame, [(place, points[place].low) for place in reversed(known)])
            shapes.append(element("path", class_=f"bd b{tone(index)}", d=f"M{there}L{back}z"))
    if shapes:
        sheet.add(_inside(sheet, frame, "".join(shapes)))


def _line(sheet: Sheet, frame: Frame, index: int, series: Series, breaks: set[int]) -> None:
    steps = [
        f"M{_path(frame, [(place, series.points[place].value) for place in run])}"
        for run in runs(series, breaks)
        if len(run) > 1
    ]
    if steps:
        # The same colour comes again from the seventh series on, with dashes.
        again = " da7" if index >= COLOURS else ""
        kind = f"ln ln{index % 4}{again} s{tone(index)}"
        sheet.add(_inside(sheet, frame, element("path", class_=kind, d="".join(steps))))


def _plain_dot(point: Point, series: Series) -> bool:
    """Whether a point is marked like any other of its line, by a small dot that the line may go without."""
    return point.status is PointStatus.FINAL and len(series.points) > 12


def _marks(sheet: Sheet, frame: Frame, index: int, series: Series) -> None:
    alone = {run[0] for run in runs(series, {b.at for b in sheet.chart.breaks if b.at}) if len(run) == 1}
    last = max((place for place, point in enumerate(series.points) if point.value is not None), default=0)
    for place, point in enumerate(series.points):
        if point.value is None or (_plain_dot(point, series) and place not in alone and place != last):
            continue
        x, y = frame.x(place), frame.y(point.value)
        if point.low is not None and point.high is not None and (place in alone or point.status in APART):
            low, high = frame.y(point.low), frame.y(point.high)
            sheet.add(
                at_percent(x, 0, element("path", class_="gap", d=f"M0 {low:g}V{high:g}M-6 {low:g}h12M-6 {high:g}h12"))
            )
        small = "" if point.status is not PointStatus.FINAL else "scale(.72)"
        sheet.add(at_percent(x, y, element("g", mark(index, point.status), transform=small or None)))


def _missing(sheet: Sheet, frame: Frame) -> None:
    """Below the axis, for each series its signs of missing under their categories."""
    gap = (sheet.width - frame.room.narrow) / max(frame.count - 1, 1)
    for series in sheet.chart.series:
        if not any(point.missing for point in series.points):
            continue
        sheet.y += 26
        free = -gap
        for place, point in enumerate(series.points):
            if point.missing and place * gap - free >= 22:
                free = place * gap
                sheet.add(at_percent(frame.x(place), sheet.y - 10, missing_sign(point.missing, -10, 0)))
        if len(sheet.chart.series) > 1:
            name = cut(series.short or series.name, frame.room.narrow - sheet.left - 24, TEXT)
            sheet.add(text(name, class_="soft", x="100%", dx=18, y=sheet.y - 5))


def _last(series: Series) -> Point | None:
    """The last value that still holds."""
    held = (point for point in reversed(series.points) if point.value is not None)
    return next((point for point in held if point.status is not PointStatus.WITHDRAWN), None)


def _label_lines(sheet: Sheet, index: int) -> list[list[str]]:
    """What stands at the end of a line: name and last value on one line, or on up to three; the value is last."""
    series, last = sheet.chart.series[index], _last(sheet.chart.series[index])
    if last is None:
        return []
    value = sheet.value(last)
    if len(sheet.chart.series) < 2:
        return [[value]]
    name, room = series.short or series.name, sheet.width * LABEL_ROOM
    if text_width(f"{name} {value}", TEXT, bold=True) <= room:
        return [[name, value]]
    return [[line] for line in wrapped(name, room, TEXT, most=2)] + [[value]]


def _labels(sheet: Sheet, frame: Frame) -> None:
    """Labels at the ends of lines, pushed apart where lines end close together."""
    wanted = []
    for index, series in enumerate(sheet.chart.series):
        if lines := _label_lines(sheet, index):
            last = _last(series)
            wanted.append((frame.y((last and last.value) or 0), index, lines))
    wanted.sort(key=lambda each: each[:2])
    boxes: list[tuple[float, float]] = [
        (y - len(lines) * LABEL_LINE / 2, len(lines) * LABEL_LINE + 4) for y, _, lines in wanted
    ]
    for top, (y, index, lines) in zip(_apart(boxes, frame), wanted, strict=True):
        middle = top + len(lines) * LABEL_LINE / 2
        way = f"M9 {y - top:.0f}L15 {middle - top:.0f}"
        leader = element("path", class_="stem", d=way) if abs(middle - y) > 5 else ""
        sheet.add(at_percent(100, top, leader + _label(lines)))
        if any("…" in word for line in lines for word in line):
            sheet.keys.append(Key(swatch(index), sheet.chart.series[index].name))


def _label(lines: list[list[str]]) -> str:
    """Lines of a label; the very last word is the value."""
    rows = []
    for row, line in enumerate(lines):
        said = [clean(word) for word in line]
        if row == len(lines) - 1:
            said[-1] = element("tspan", said[-1], class_="val")
        rows.append(element("tspan", " ".join(said), x=0, y=row * LABEL_LINE + 14))
    return element("text", "".join(rows), transform="translate(18 0)")


def _apart(boxes: list[tuple[float, float]], frame: Frame) -> list[float]:
    """Tops of boxes in order, moved so that none covers another and all stand within the frame."""
    tops: list[float] = []
    floor = frame.top - 12
    for top, height in boxes:
        tops.append(max(top, floor))
        floor = tops[-1] + height
    ceiling = frame.bottom + 8
    for index in range(len(boxes) - 1, -1, -1):
        tops[index] = min(tops[index], ceiling - boxes[index][1])
        ceiling = tops[index]
    return tops


def _categories(sheet: Sheet, frame: Frame) -> None:
    """Names of categories under the axis: all of them, or the first, the last and as many between as fit."""
    names = [cut(name, 112, TICK) for name in sheet.chart.categories]
    widths = [text_width(name, TICK) + 12 for name in names]
    reach = sheet.width - frame.room.narrow
    narrow, wide = shown_places(widths, reach), shown_places(widths, max(WIDE, sheet.width) - frame.room.wide)
    # Where not even the first and the last fit side by side, the last stands below.
    stagger = LABEL_LINE if len(narrow) == 2 and reach < 1.5 * max(widths) else 0
    sheet.y += 20
    for place in sorted({*narrow, *wide}):
        first = place == 0 and frame.count > 1
        kind, x = ("tick", "0") if first else ("tick mid", percent(frame.x(place)))
        lower = stagger if place == narrow[-1] else 0
        if place in narrow:
            only = " narrow" if place not in wide or lower else ""
            sheet.add(text(names[place], class_=kind + only, x=x, y=sheet.y + lower))
        if place in wide and (place not in narrow or lower):
            sheet.add(text(names[place], class_=f"{kind} wide", x=x, y=sheet.y))
    sheet.y += 8 + stagger


def shown_places(widths: list[float], reach: float) -> list[int]:
    """Places of the names that fit side by side into `reach` pixels at even steps; the last is always among them."""
    count = len(widths)
    if count < 2:
        return list(range(count))
    step = reach / (count - 1)
    # So many categories are months: the same months of each year are named, as far as there is room.
    steps = MONTHS if count > LONG else range(1, count)
    every = next((n for n in steps if n * step >= max(widths)), count - 1)
    shown = list(range(count - 1, -1, -every))[::-1]
    if shown[0] == 0:
        return shown
    # The first one begins at the axis, the others stand in the middle of their place.
    clear = [place for place in shown if place * step >= 1.5 * max(widths)]
    return [0, *clear] if clear else shown
