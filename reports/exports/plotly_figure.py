"""The same numbers as a figure for Plotly's script: plain data, made only when a reader asks to explore a chart.

Texts are ours and in the reader's language; colours come from the page, in the order that `colour` says. Maps are
explored as bars, since shapes would triple what is sent.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from region.chart import ChartKind, PointStatus
from region.numerals import language
from reports.chart_words import value_words
from reports.charts.lines import APART
from reports.exports.chart_files import plain_value

if TYPE_CHECKING:
    from region.chart import Chart, Point, Series

SEPARATORS = {"cs": ",\u00a0", "pl": ",\u00a0", "en": ".,"}
# Bars of what is not final are hatched or dotted, as in the drawing.
PATTERNS = {PointStatus.PART: "/", PointStatus.PROVISIONAL: ".", PointStatus.WITHDRAWN: "x"}
DASHES = ("solid", "dash", "dot", "dashdot")
LEAST_HEIGHT = 440
LYING = frozenset({ChartKind.BARS, ChartKind.GROUPED, ChartKind.SHARES, ChartKind.AREAS, ChartKind.HEXES})


def plotly_figure(chart: Chart) -> dict[str, Any]:
    """Data and layout as Plotly takes them."""
    make = _bars if chart.kind in LYING else _dots if chart.kind is ChartKind.DOTS else _lines
    data = [make(chart, index, series) for index, series in enumerate(chart.series)]
    return {"data": data, "layout": _layout(chart), "title": chart.title}


def _layout(chart: Chart) -> dict[str, Any]:
    # Names of categories stand on the upright axis where bars lie; the first of them on top.
    lying = chart.kind in LYING or chart.kind is ChartKind.DOTS
    # The unit stands under the figure, so the axis has no title.
    values: dict[str, Any] = {"automargin": True}
    if chart.kind not in {ChartKind.LINES, ChartKind.DOTS}:
        values["rangemode"] = "tozero"
    names = {"type": "category", "automargin": True, "autorange": "reversed" if lying else True}
    return {
        "barmode": "stack" if chart.kind is ChartKind.SHARES else "group",
        "barnorm": "percent" if chart.kind is ChartKind.SHARES else "",
        "xaxis": values if lying else names,
        "yaxis": names if lying else values,
        "separators": SEPARATORS[language()],
        "showlegend": len(chart.series) > 1,
        "legend": {"orientation": "h", "y": 1, "yanchor": "bottom", "traceorder": "normal"},
        "height": _height(chart) if lying else LEAST_HEIGHT,
        "hovermode": "closest",
        "dragmode": "zoom",
        "margin": {"t": 24, "r": 16},
    }


def _height(chart: Chart) -> int:
    """Pixels for all lying bars."""
    rows = 1 if chart.kind is ChartKind.SHARES else len(chart.series)
    return max(LEAST_HEIGHT, 120 + len(chart.categories) * (12 + 16 * rows))


def _names(chart: Chart) -> list[str]:
    """Categories; of a single series with the reason where there is no value, as nothing can be pointed at there."""
    if len(chart.series) != 1:
        return list(map(_safe, chart.categories))
    return [
        _safe(category if point.value is not None else f"{category}: {value_words(point, chart.decimals)}")
        for category, point in zip(chart.categories, chart.series[0].points, strict=True)
    ]


def _safe(text: str) -> str:
    """Text for Plotly, which reads some tags in it."""
    return escape(text, quote=False)


def _values(series: Series) -> list[Any]:
    """Numbers; None, which Plotly leaves out, where there is none."""
    return [plain_value(point.value) for point in series.points]


def _common(chart: Chart, index: int, series: Series) -> dict[str, Any]:
    told = [
        f"{_safe(category)}<br>{_safe(series.name)}: <b>{_safe(value_words(point, chart.decimals))}</b>"
        for category, point in zip(chart.categories, series.points, strict=True)
    ]
    return {
        "name": _safe(series.name),
        "colour": index,
        "customdata": told,
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _errors(series: Series) -> dict[str, Any]:
    """Ends of intervals as Plotly wants them: distances from the value."""
    if not any(point.low is not None for point in series.points):
        return {"visible": False}
    return {
        "type": "data",
        "symmetric": False,
        "array": [_distance(point, upwards=True) for point in series.points],
        "arrayminus": [_distance(point, upwards=False) for point in series.points],
    }


def _distance(point: Point, *, upwards: bool) -> Any:
    end = point.high if upwards else point.low
    if end is None or point.value is None:
        return None
    return plain_value(end - point.value if upwards else point.value - end)


def _bars(chart: Chart, index: int, series: Series) -> dict[str, Any]:
    pattern = [PATTERNS.get(point.status, "") for point in series.points]
    return _common(chart, index, series) | {
        "type": "bar",
        "orientation": "h",
        "x": _values(series),
        "y": _names(chart),
        "error_x": _errors(series),
        "marker": {"pattern": {"shape": pattern, "fillmode": "replace"}},
    }


def _dots(chart: Chart, index: int, series: Series) -> dict[str, Any]:
    return _common(chart, index, series) | {
        "type": "scatter",
        "mode": "markers",
        "x": _values(series),
        "y": _names(chart),
        "error_x": _errors(series),
        "marker": {"size": 12, "symbol": index % 4},
    }


def _joined(chart: Chart, series: Series) -> list[int | None]:
    """Places of the points in order; None, which cuts a line, before each that may not be joined to the one before."""
    breaks = {each.at for each in chart.breaks}
    places: list[int | None] = []
    for place, point in enumerate(series.points):
        if place and (place in breaks or point.status in APART or series.points[place - 1].status in APART):
            places.append(None)
        places.append(place)
    return places


def _lines(chart: Chart, index: int, series: Series) -> dict[str, Any]:
    """A line that is cut where the drawn one is."""
    common, values, names = _common(chart, index, series), _values(series), _names(chart)
    # A hollow mark for what is not final; 100 is added to a symbol's number for that.
    symbols = [index % 4 + (100 if point.status in PATTERNS else 0) for point in series.points]
    places = _joined(chart, series)

    def spread(of: list[Any]) -> list[Any]:
        return [None if place is None else of[place] for place in places]

    errors = {key: spread(each) if isinstance(each, list) else each for key, each in _errors(series).items()}
    return common | {
        "type": "scatter",
        "mode": "lines+markers",
        "connectgaps": False,
        "customdata": spread(common["customdata"]),
        "x": [names[place or 0] for place in places],
        "y": spread(values),
        "error_y": errors,
        "line": {"dash": DASHES[index % 4]},
        "marker": {"size": 8, "symbol": [symbol or 0 for symbol in spread(symbols)]},
    }
