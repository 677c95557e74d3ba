"""Parts of a whole: one stacked bar for each category, its parts told apart by texture as well as colour."""

from __future__ import annotations

from decimal import Decimal
from itertools import accumulate
from typing import TYPE_CHECKING

from region.chart import PointStatus
from reports.charts.looks import TEXTURES, missing_sign
from reports.charts.scale import WIDE
from reports.charts.sheet import (
    TEXT,
    Key,
    Sheet,
    break_row,
    corrected_notch,
    heading,
    remarks,
    state_keys,
)
from reports.charts.svg import Attribute, element, percent, text, text_width

if TYPE_CHECKING:
    from region.chart import Point

BAR = 34
WHOLE = Decimal(100)


def parts_of(points: list[Point]) -> list[Decimal]:
    """Shares in per cent of the whole; what is missing or negative has none."""
    amounts = [max(point.value or Decimal(0), Decimal(0)) for point in points]
    total = sum(amounts, Decimal(0))
    return [amount * WHOLE / total if total else Decimal(0) for amount in amounts]


def draw_shares(sheet: Sheet) -> None:
    """The whole drawing."""
    breaks = {broken.at: broken for broken in sheet.chart.breaks}
    for index, name in enumerate(sheet.chart.categories):
        if index and index in breaks:
            break_row(sheet, breaks[index])
        points = [series.points[index] for series in sheet.chart.series]
        said = {sheet.words.remark(point) for point in points if point.missing is None}
        common = said.pop() if len(said) == 1 else ""
        heading(sheet, name, common)
        sheet.y += 10
        _bar(sheet, points)
        _missing(sheet, points)
        for series, point in zip(sheet.chart.series, points, strict=True):
            if (remark := sheet.words.remark(point)) and (point.missing or remark != common):
                remarks(sheet, f"{series.short or series.name}: {remark}")
        sheet.y += 16
    for index, series in enumerate(sheet.chart.series):
        sheet.keys.append(Key(sheet.fills.swatch(index, texture=TEXTURES[index % 8]), series.name))
    state_keys(sheet)


def _bar(sheet: Sheet, points: list[Point]) -> None:
    shares = parts_of(points)
    starts = [Decimal(0), *accumulate(shares)]
    for index, (point, share, start) in enumerate(zip(points, shares, starts, strict=False)):
        if not share:
            continue
        place: dict[str, Attribute] = {
            "x": percent(float(start)),
            "y": sheet.y,
            "width": percent(float(share)),
            "height": BAR,
        }
        sheet.add(sheet.fills.bar(index, point.status, texture=TEXTURES[index % 8], **place))
        sheet.add(_label(sheet, point, index, float(start), float(share)))
        if point.status is PointStatus.CORRECTED:
            sheet.add(corrected_notch(float(start + share), sheet.y, BAR))
    sheet.add(element("rect", class_="fr", x=0, y=sheet.y, width="100%", height=BAR))
    if not any(shares) and any(point.value is not None for point in points):
        sheet.add(text(sheet.words.percent(Decimal(0), 0), class_="val", x=10, y=sheet.y + BAR / 2 + 5.5))
    sheet.y += BAR


def _label(sheet: Sheet, point: Point, index: int, start: float, share: float) -> str:
    """The share on its part, where the part is wide enough for it even on the narrowest drawing."""
    words = sheet.words.percent(Decimal(repr(share)), 0)
    width = text_width(words, TEXT, bold=True) + 10
    wide = share * sheet.width / 100 < width + 6
    if wide and share * WIDE / 100 < width + 6:
        return ""
    textured = bool(TEXTURES[index % 8]) or point.status is not PointStatus.FINAL
    # On a texture the number gets a plate of its own, so that it stays readable.
    x, y = percent(start + share / 2), sheet.y + BAR / 2
    plate = ""
    if textured:
        box = element("rect", class_="pl", x=-width / 2, y=-12, width=width, height=24, rx=3)
        plate = element("svg", box, x=x, y=y, overflow="visible", class_="wide" if wide else None)
    kind = "val mid" if textured else f"on {'o2 ' if index else ''}mid"
    return plate + text(words, class_=f"{kind} wide" if wide else kind, x=x, y=y + 5.5)


def _missing(sheet: Sheet, points: list[Point]) -> None:
    """Parts without a value, each with its sign and its reason under the bar."""
    for series, point in zip(sheet.chart.series, points, strict=True):
        if point.missing:
            sheet.y += 26
            sheet.add(missing_sign(point.missing, 0, sheet.y - 8))
            words = f"{series.short or series.name}: {sheet.value(point)}"
            sheet.add(text(words, class_="soft", x=28, y=sheet.y - 2.5))
