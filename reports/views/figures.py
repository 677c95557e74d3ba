"""Figures for readers: the list, one figure, the same in a frame of another site, corrections."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language, gettext
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from region.parts import FileItem, Link
from region.queries.profile import current_profile
from reports.chart_table import table_of
from reports.exploring import explorable
from reports.forms.figures import asked_of
from reports.queries.figures import FigurePage, figure_page, figure_topics
from reports.queries.figures_history import correction_lines, published_corrections

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from reports.asked import Asked

LATEST = 3
FORMATS = ("csv", "xlsx", "json")


def trail(*here: Link) -> tuple[Link, ...]:
    """Home, figures, and what follows; the last one is the page itself."""
    home = Link(gettext("Home"), reverse("wagtail_serve", args=[""]))
    return (home, Link(gettext("Figures"), reverse("reports:figures")), *here)


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """Dashboards, then every figure by its topic with its newest number, and the latest corrections."""
    context = {
        "topics": figure_topics(),
        "corrections": correction_lines(published_corrections(LATEST)),
        "trail": trail(),
    }
    return render(request, "reports/figures.html", context)


@require_safe
@explorable
def figure(request: HttpRequest, key: str) -> HttpResponse:
    """One figure with everything that is said about it; with ``as_of`` as it stood then."""
    asked, shown = found(request, key)
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    context = {
        "figure": shown,
        "asked": asked,
        "table": table_of(shown.chart) if shown.chart else None,
        "files": _files(shown, query),
        "query": query,
        "embed_code": _embed_code(shown, query) if shown.chart else "",
        "trail": trail(Link(shown.name)),
        "facts_for_machines": _for_machines(shown),
    }
    return render(request, "reports/figure.html", context)


@require_safe
@xframe_options_exempt
def figure_embed(request: HttpRequest, key: str) -> HttpResponse:
    """The drawing alone, for a frame on another site, with the way back."""
    asked, shown = found(request, key)
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    url = f"{settings.BASE_URL}{reverse('reports:figure', args=[key])}{query}"
    answer = render(request, "reports/figure_embed.html", {"figure": shown, "asked": asked, "url": url})
    # What the policy's own decorator does; its types know no view with arguments.
    vars(answer)["_csp_replace"] = {"frame-ancestors": settings.FIGURES_FRAMED_BY}
    return answer


@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    """Every correction that was published, newest first."""
    lines = correction_lines(published_corrections())
    here = Link(gettext("Corrections"))
    return render(request, "reports/corrections.html", {"corrections": lines, "trail": trail(here)})


def found(request: HttpRequest, key: str) -> tuple[Asked, FigurePage]:
    """What is asked for and the figure; raises Http404 when there is no such figure, town or day."""
    asked = asked_of(request.GET)
    shown = figure_page(key, asked) if asked else None
    if asked is None or shown is None:
        raise Http404
    return asked, shown


def _embed_code(shown: FigurePage, query: str) -> str:
    """The line of HTML that shows the figure on another site, of the place and the years that the page shows."""
    url = f"{settings.BASE_URL}{reverse('reports:figure-embed', args=[shown.key])}{query}"
    form = '<iframe src="{}" title="{}" width="100%" height="640" loading="lazy"></iframe>'
    # Plain text again: the page shows the line, it does not obey it.
    return "".join(format_html(form, url, shown.title))


def _files(shown: FigurePage, query: str) -> list[FileItem]:
    """Files of exactly what the page shows."""
    if shown.chart is None:
        return []
    said = {
        "csv": gettext("one row for each period and source"),
        "xlsx": gettext("for people, with the columns explained"),
        "json": gettext("for programs, with the sources"),
    }
    files = [
        FileItem(fmt.upper(), reverse("reports:figure-data", args=[shown.key, fmt]) + query, said[fmt])
        for fmt in FORMATS
    ]
    drawing = reverse("reports:figure-svg", args=[shown.key]) + query
    return [*files, FileItem("SVG", drawing, gettext("the chart as a drawing"))]


def _for_machines(shown: FigurePage) -> dict[str, Any]:
    """The figure as a data set in the words of schema.org."""
    url = f"{settings.BASE_URL}{reverse('reports:figure', args=[shown.key])}"
    files = [f"{settings.BASE_URL}{reverse('reports:figure-data', args=[shown.key, fmt])}" for fmt in FORMATS]
    kinds = ("text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "application/json")
    facts: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": shown.name,
        "description": shown.lead or shown.title,
        "url": url,
        "inLanguage": get_language(),
        "creator": {"@type": "Organization", "name": current_profile().name},
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": kind, "contentUrl": file}
            for kind, file in zip(kinds, files, strict=True)
        ],
    }
    return facts | ({"dateModified": shown.modified.date().isoformat()} if shown.modified else {})
