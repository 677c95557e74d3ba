"""The table that says the same as a chart: a row for each category, a column for each series."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext, pgettext

from region.chart import Missing
from region.parts import Cell, Column
from reports.chart_words import begun, gap_of, gap_words, value_words, words

if TYPE_CHECKING:
    from region.chart import Chart, Point


@dataclass(frozen=True, slots=True)
class ChartTable:
    """What the component `table` takes."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: str


def table_of(chart: Chart) -> ChartTable:
    """Every number of the chart, missing ones in words, with differences where the chart shows them."""
    compared = chart.shows_difference and len(chart.series) > 1
    names = [series.name or chart.unit for series in chart.series]
    columns = [Column(chart.category_title or pgettext("heading of a column", "Item"))]
    columns += [Column(name, numeric=True) for name in names]
    if compared:
        columns.append(Column(pgettext("heading of a column", "Difference"), numeric=True))
    rows = tuple(_row(chart, index, compared=compared) for index in range(len(chart.categories)))
    return ChartTable(tuple(columns), rows, _caption(chart, compared=compared))


def _caption(chart: Chart, *, compared: bool) -> str:
    parts = [chart.title.rstrip("."), begun(chart.unit)]
    caption = ". ".join(part for part in parts if part)
    if compared:
        names = {"first": chart.series[0].name, "second": chart.series[1].name}
        caption += ". " + gettext("Difference: %(second)s minus %(first)s") % names
    return f"{caption}."


def _row(chart: Chart, index: int, *, compared: bool) -> tuple[Cell, ...]:
    points = [series.points[index] for series in chart.series]
    common = _common(points)
    area = chart.areas[index] if chart.areas else None
    name = f"{chart.categories[index]}, {common}" if common else chart.categories[index]
    cells = [Cell(name, url=area.url if area else "", plate=area.number if area else "")]
    cells += [Cell(_value(chart, point, common)) for point in points]
    if compared:
        gap = gap_of(chart, index)
        cells.append(Cell(gap_words(gap, chart.decimals) if gap else words().missing[Missing.NOT_APPLICABLE]))
    return tuple(cells)


def _common(points: list[Point]) -> str:
    """What is said of every value of a category is said once, beside its name."""
    said = {words().remark(point) for point in points if point.value is not None}
    return said.pop() if len(said) == 1 else ""


def _value(chart: Chart, point: Point, common: str) -> str:
    full = value_words(point, chart.decimals)
    if not common or point.value is None:
        return full
    return (
        full.removesuffix(f"; {common})") + ")" if full.endswith(f"; {common})") else full.removesuffix(f" ({common})")
    )
