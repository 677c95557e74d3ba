"""The interventions dashboard: published figures first, then what registers of events count."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from region.parts import Link
from reports.event_figures import FIGURES
from reports.forms.events_dashboard import EventDashboardForm
from reports.queries.event_dashboard import event_corrections, event_key_figures, metric_charts, source_lines
from reports.views.figures import trail

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from region.chart import Chart
    from reports.asked import Asked
    from reports.figures import Figure

BAD_REQUEST = 400


@dataclass(frozen=True, slots=True)
class Shown:
    """One figure on the page, with the address of its own page."""

    chart: Chart
    url: str
    definition: str


@require_safe
def interventions(request: HttpRequest) -> HttpResponse:
    """The dashboard; filters that cannot be read are named at their fields."""
    form = EventDashboardForm(request.GET)
    context = {"form": form, "here": reverse("reports:interventions"), "trail": trail(Link(gettext("Interventions")))}
    if not form.is_valid():
        return render(request, "reports/interventions.html", context, status=BAD_REQUEST)
    context |= {"is_read": True, "asked": form.asked, **_content(form.asked, _query(request, form))}
    return render(request, "reports/interventions.html", context)


def _content(asked: Asked, query: str) -> dict[str, Any]:
    figures = [shown for figure in FIGURES if (shown := _shown(figure, asked, query)) is not None]
    metrics = metric_charts(asked)
    return {
        "key_figures": event_key_figures(asked),
        "metrics": [one for one in metrics if one.chart is not None],
        "more_metrics": [one for one in metrics if one.chart is None],
        "figures": figures,
        "definitions": list(dict.fromkeys(shown.definition for shown in figures)),
        "sources": source_lines(asked),
        "corrections": event_corrections(asked),
        "is_empty": not figures and not metrics,
        "query": query,
    }


def _shown(figure: Figure, asked: Asked, query: str) -> Shown | None:
    chart = figure.build(asked)
    if chart is None:
        return None
    return Shown(chart, reverse("reports:figure", args=[figure.key]) + query, str(figure.definition))


def _query(request: HttpRequest, form: EventDashboardForm) -> str:
    """The filters as they go on to the pages of single figures."""
    kept = request.GET.copy()
    for name in [name for name in kept if name not in form.fields or not kept[name]]:
        del kept[name]
    return f"?{kept.urlencode()}" if kept else ""
