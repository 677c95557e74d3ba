"""A figure as files: exactly what its page shows, in the language of the address."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar, cast

from django.http import FileResponse, Http404, HttpResponse, HttpResponseNotFound, JsonResponse
from django.views.decorators.http import require_safe

from reports.exports.chart_files import csv_file, json_file, svg_file, xlsx_file
from reports.exports.plotly_figure import plotly_figure
from reports.figures import registered_figure
from reports.forms.figures import asked_of
from reports.queries.figures import figure_chart, past_words

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from region.chart import Chart

View = TypeVar("View", bound=Callable[..., Any])
FORMATS = frozenset({"csv", "json", "xlsx"})
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def past_is_told(view: View) -> View:
    """The same view, which says in words that a past state of a register's figure is not kept."""

    @wraps(view)
    def told(request: HttpRequest, key: str, **kwargs: str) -> HttpResponseBase:
        figure, asked = registered_figure(key), asked_of(request.GET)
        if figure and asked and figure.is_lost(asked):
            return HttpResponseNotFound(past_words(figure, asked), content_type="text/plain; charset=utf-8")
        return cast("HttpResponseBase", view(request, key, **kwargs))

    return cast("View", told)


@require_safe
@past_is_told
def figure_data(request: HttpRequest, key: str, fmt: str) -> HttpResponseBase:
    """The values as CSV, JSON or XLSX; 404 when there are none."""
    if fmt not in FORMATS:
        raise Http404
    chart = _chart(request, key)
    if fmt == "xlsx":
        return FileResponse(xlsx_file(chart), as_attachment=True, filename=f"{key}.xlsx", content_type=XLSX)
    if fmt == "json":
        return _open(HttpResponse(json_file(chart), content_type="application/json"))
    answer = HttpResponse(csv_file(chart), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{key}.csv"'
    return _open(answer)


@require_safe
@past_is_told
def figure_svg(request: HttpRequest, key: str) -> HttpResponse:
    """The drawing as a file that stands alone."""
    answer = HttpResponse(svg_file(_chart(request, key)), content_type="image/svg+xml")
    answer["Content-Disposition"] = f'attachment; filename="{key}.svg"'
    return answer


@require_safe
@past_is_told
def figure_explore(request: HttpRequest, key: str) -> JsonResponse:
    """The same for the script that lets a reader explore it."""
    return JsonResponse(plotly_figure(_chart(request, key)))


def _open(answer: HttpResponse) -> HttpResponse:
    """Pages of other sites may read public numbers."""
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


def _chart(request: HttpRequest, key: str) -> Chart:
    asked = asked_of(request.GET)
    chart = figure_chart(key, asked) if asked else None
    if chart is None:
        raise Http404
    return chart
