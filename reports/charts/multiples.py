"""Small multiples: the same columns on the same scale for each series, two beside each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from region.chart import PointStatus
from reports.charts.lines import LETTERS
from reports.charts.looks import DRAWN_SIGNS
from reports.charts.scale import TICK, extent, real
from reports.charts.sheet import TEXT, Sheet, at_percent, sign_keys, state_keys
from reports.charts.svg import clean, cut, element, percent, text, text_width, wrapped

if TYPE_CHECKING:
    from region.chart import Point, Series

COLUMNS, HALF = 2, 46.0  # panels in a row, per cent of the width that one takes
HEIGHT, LOW_HEIGHT = 96, 64
NAME_LINE = 19


def draw_multiples(sheet: Sheet) -> None:
    """The whole drawing."""
    values = [
        one
        for series in sheet.chart.series
        for point in series.points
        for one in (point.value, point.high, point.low)
        if one is not None
    ]
    low, high = extent(values)
    high = high if high > low else low + 1
    width, height = HALF / 100 * sheet.width, LOW_HEIGHT if sheet.compact else HEIGHT
    names = [wrapped(series.name, width, TEXT, bold=True, most=3) for series in sheet.chart.series]
    for first in range(0, len(sheet.chart.series), COLUMNS):
        lines = max(len(name) for name in names[first : first + COLUMNS])
        top = sheet.y + lines * NAME_LINE + 28
        for place in range(first, min(first + COLUMNS, len(names))):
            scale = Scale((place - first) * (100 - HALF), top, low, high)
            Panel(sheet, sheet.chart.series[place], scale).draw(names[place])
        sheet.y = top + height + 40
    for letter, broken in zip(LETTERS, sheet.chart.breaks, strict=False):
        sheet.notes.append(f"{letter}: {broken.text}")
    state_keys(sheet)
    sign_keys(sheet)


@dataclass(frozen=True, slots=True)
class Scale:
    """A panel begins `left` per cent from the left; its columns reach up to `top` pixels."""

    left: float
    top: float
    low: float
    high: float


class Panel:
    """One small chart."""

    def __init__(self, sheet: Sheet, series: Series, scale: Scale) -> None:
        self.sheet, self.series, self.scale = sheet, series, scale
        self.left, self.top = scale.left, scale.top
        self.height = LOW_HEIGHT if sheet.compact else HEIGHT
        self.step = HALF / max(len(series.points), 1)

    def y(self, value: float) -> float:
        """Pixels from the top of the drawing."""
        share = (real(value) - self.scale.low) / (self.scale.high - self.scale.low)
        return self.top + self.height * (1 - min(max(share, 0.0), 1.0))

    def x(self, index: int) -> float:
        """The middle of a column, in per cent."""
        return self.left + self.step * (index + 0.5)

    def draw(self, name: list[str]) -> None:
        """Name, columns, the base line, first and last category."""
        spans = [
            element("tspan", clean(line), x=percent(self.left), dy=NAME_LINE if row else None)
            for row, line in enumerate(name)
        ]
        y = self.top - 30 - (len(name) - 1) * NAME_LINE
        self.sheet.add(element("text", "".join(spans), class_="cat", x=percent(self.left), y=y))
        for index, point in enumerate(self.series.points):
            self._column(index, point)
        self._breaks()
        base = self.y(0)
        right = percent(self.left + HALF)
        self.sheet.add(element("line", class_="axis", x1=percent(self.left), x2=right, y1=base, y2=base))
        self._value()
        self._ends()

    def _column(self, index: int, point: Point) -> None:
        sheet, middle, base = self.sheet, self.x(index), self.y(0)
        if point.value is None:
            sign = DRAWN_SIGNS[point.missing] if point.missing else ""
            if self.step * sheet.width / 100 >= 9:
                sheet.add(text(sign, class_="ms", x=percent(middle), y=base - 5))
            else:
                sheet.add(element("line", class_="brk", x1=percent(middle), x2=percent(middle), y1=base - 12, y2=base))
            return
        wide = self.step * 0.76
        end = self.y(float(point.value))
        place = {"x": percent(middle - wide / 2), "width": percent(wide)}
        # A true zero is drawn: a stub on the base line.
        top, height = (min(end, base), abs(base - end)) if point.value else (base - 2.5, 2.5)
        sheet.add(sheet.fills.bar(0, point.status, **place, y=top, height=height))
        if point.status is PointStatus.CORRECTED:
            left, right = percent(middle - wide / 2), percent(middle + wide / 2)
            sheet.add(element("line", class_="nt", x1=left, x2=right, y1=top + 5, y2=top + 5))
        if point.low is not None and point.high is not None:
            low, high = self.y(float(point.low)), self.y(float(point.high))
            sheet.add(at_percent(middle, 0, element("path", class_="gap", d=f"M0 {low:g}V{high:g}")))

    def _breaks(self) -> None:
        for letter, broken in zip(LETTERS, self.sheet.chart.breaks, strict=False):
            if 0 < broken.at < len(self.series.points):
                at = percent(self.left + self.step * broken.at)
                bottom = self.top + self.height
                self.sheet.add(element("line", class_="brk", x1=at, x2=at, y1=self.top, y2=bottom))
                self.sheet.add(text(letter, class_="tick mid", x=at, y=self.top - 3))

    def _value(self) -> None:
        """The last value above its column, so that every panel says a number."""
        known = [index for index, point in enumerate(self.series.points) if point.value is not None]
        if not known:
            return
        place = known[-1]
        point = self.series.points[place]
        value = self.sheet.value(point)
        if self.step / 100 * self.sheet.width * 2 < text_width(value, TEXT, bold=True):
            # Columns too thin for a number over one of them: it stands above, with its category.
            name = cut(self.sheet.chart.categories[place], HALF / 200 * self.sheet.width, TICK)
            words = element("tspan", clean(f"{name} "), class_="tick") + element("tspan", clean(value), class_="val")
            self.sheet.add(element("text", words, class_="end", x=percent(self.left + HALF), y=self.top - 8))
            return
        end = max(point.value or 0, point.high or point.value or 0, 0)
        near = self.x(place) - self.left < HALF / 2
        at = self.x(place) + (-self.step / 2 if near else self.step / 2)
        kind = "val" if near else "val end"
        self.sheet.add(text(value, class_=kind, x=percent(at), y=self.y(float(end)) - 6))

    def _ends(self) -> None:
        names = self.sheet.chart.categories
        if not names:
            return
        room = HALF / 100 * self.sheet.width
        y = self.top + self.height + 18
        last = cut(names[-1], room if len(names) == 1 else room / 2 - 8, 14)
        self.sheet.add(text(last, class_="tick end", x=percent(self.left + HALF), y=y))
        if len(names) > 1:
            self.sheet.add(text(cut(names[0], room / 2 - 8, 14), class_="tick", x=percent(self.left), y=y))
