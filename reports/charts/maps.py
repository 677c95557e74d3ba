"""Maps of areas and of equal cells, shaded by value in five classes whose bounds stand in the key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from region.chart import ChartKind, PointStatus
from reports.charts.bars import draw_bars
from reports.charts.classes import ValueClass, class_of, value_classes
from reports.charts.looks import DRAWN_SIGNS, MISSING_LETTERS, missing_kinds, statuses
from reports.charts.shapes import WIDTH, Layout, Shaped, cells, outlines
from reports.charts.sheet import Key, Sheet
from reports.charts.svg import Attribute, clean, element, text, text_width

if TYPE_CHECKING:
    from region.chart import Point, Series

# Type on maps in units of the drawing: on a wide one, and on a narrow one where it is enlarged (chart.css).
TYPE, NARROW_TYPE = 17, 32
OVERLAYS = {PointStatus.PART: "H", PointStatus.PROVISIONAL: "D"}
TITLE = 44


def draw_map(sheet: Sheet) -> None:
    """One map for each series; without any outline the same values as bars."""
    layout = (cells if sheet.chart.kind is ChartKind.HEXES else outlines)(sheet.chart.areas)
    if not layout.height:
        draw_bars(sheet)
        return
    values = [p.value for series in sheet.chart.series for p in series.points if p.value is not None]
    classes = value_classes(values)
    sheet.linked = any(area.url for area in sheet.chart.areas)
    for series in sheet.chart.series:
        _map(sheet, series, layout, classes)
    sheet.view = (WIDTH, sheet.y)
    _keys(sheet, classes)


def _map(sheet: Sheet, series: Series, layout: Layout, classes: tuple[ValueClass, ...]) -> None:
    if len(sheet.chart.series) > 1:
        sheet.add(text(series.name, class_="mt", x=0, y=sheet.y + TITLE - 14))
        sheet.y += TITLE
    drawn = [(index, shaped) for index, shaped in enumerate(layout.areas) if shaped.path]
    areas = "".join(_area(sheet, series, index, shaped, classes) for index, shaped in drawn)
    labels = "".join(_label(sheet, series.points[index], index, shaped, classes) for index, shaped in drawn)
    moved = f"translate(0 {sheet.y:g})" if sheet.y else None
    sheet.add(element("g", areas + element("g", labels, aria_hidden="true"), transform=moved))
    sheet.y += layout.height


def said(sheet: Sheet, series: Series, index: int) -> str:
    """An area in words: its name, its value, what is said beside it."""
    point = series.points[index]
    remark = sheet.words.remark(point)
    return f"{sheet.chart.categories[index]}: {sheet.value(point)}{f' ({remark})' if remark else ''}"


def _area(sheet: Sheet, series: Series, index: int, shaped: Shaped, classes: tuple[ValueClass, ...]) -> str:
    point, area = series.points[index], sheet.chart.areas[index]
    if point.value is None:
        kind = f"ar am am-{MISSING_LETTERS[point.missing]}" if point.missing else "ar am"
    else:
        withdrawn = " aw" if point.status is PointStatus.WITHDRAWN else ""
        kind = f"ar g{class_of(point.value, classes).shade}{withdrawn}"
    words = said(sheet, series, index)
    title = "" if area.url else element("title", clean(words))
    path = element("path", title, class_=kind, d=shaped.path)
    if overlay := OVERLAYS.get(point.status) if point.value is not None else None:
        path += element("path", class_="ov", fill=sheet.fills.pattern(overlay, 1), d=shaped.path)
    return element("a", path, href=area.url, aria_label=words) if area.url else path


def _label(sheet: Sheet, point: Point, index: int, shaped: Shaped, classes: tuple[ValueClass, ...]) -> str:
    """The value on its area where there is room for it; on an equal cell the area's number above it."""
    place: dict[str, Attribute] = {"x": shaped.x, "y": shaped.y, "dy": ".36em"}
    number = sheet.chart.areas[index].number if sheet.chart.kind is ChartKind.HEXES else ""
    tone = " on" if point.value is not None and class_of(point.value, classes).shade > 3 else ""
    above = ""
    if number and _fits(number, shaped.room / 2, TYPE):
        above = text(number, class_=f"mv mn{tone} wide", x=shaped.x, y=shaped.y - 18)
    if point.value is None:
        return above + text(DRAWN_SIGNS[point.missing] if point.missing else "", class_="mv", **place)
    words = sheet.value(point)
    if not _fits(words, shaped.room, TYPE):
        return above
    narrow = "" if _fits(words, shaped.room, NARROW_TYPE) else " wide"
    if point.status not in OVERLAYS:
        return above + text(words, class_=f"mv{tone}{narrow}", **place)
    half = text_width(words, TYPE, bold=True) / 2 + 4
    box = element("rect", class_="pl", x=shaped.x - half, y=shaped.y - 12, width=2 * half, height=24, rx=3)
    return box + text(words, class_=f"mv halo{narrow}", **place)


def _fits(words: str, room: float, size: float) -> bool:
    half = text_width(words, size, bold=True) / 2
    return bool(words) and (half * half + (size / 2) ** 2) ** 0.5 <= room * 1.12


def _keys(sheet: Sheet, classes: tuple[ValueClass, ...]) -> None:
    number, decimals = sheet.words.number, sheet.chart.decimals
    for each in classes:
        low, high = number(each.low, decimals), number(each.high, decimals)
        joint = " – " if "−" in low or "−" in high else "–"
        square = element("rect", class_=f"ar g{each.shade}", x=1, y=1, width=16, height=16)
        sheet.keys.append(Key(square, low if low == high else f"{low}{joint}{high}"))
    for kind in missing_kinds(sheet.chart):
        square = element("rect", class_=f"ar am am-{MISSING_LETTERS[kind]}", x=1, y=1, width=16, height=16)
        sign = text(DRAWN_SIGNS[kind], class_="ks", x=9, y=13.5)
        sheet.keys.append(Key(square + sign, sheet.words.missing[kind]))
    for status in statuses(sheet.chart):
        square = element(
            "rect", class_="ar g2" + (" aw" if status is PointStatus.WITHDRAWN else ""), x=1, y=1, width=16, height=16
        )
        if status in OVERLAYS:
            square += element(
                "rect", class_="ov", fill=sheet.fills.pattern(OVERLAYS[status], 1), x=1, y=1, width=16, height=16
            )
            sheet.keys.append(Key(square, sheet.words.status[status]))
