"""The gallery: every component in all its states, in each language; accessibility tests walk it."""

from __future__ import annotations

from dataclasses import astuple
from inspect import signature
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import JsonResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from portal.templatetags import (
    parts_charts,
    parts_data,
    parts_form,
    parts_frame,
    parts_office,
    parts_people,
    parts_text,
)
from portal.views import gallery_samples as samples
from portal.views.gallery_charts import all_charts, grouped
from portal.views.gallery_office import sample_heads, sample_rows, sample_waiting
from region.colours import DEFAULT_BRAND, Tones, dark_tones, light_tones
from region.work import Waiting
from reports.exploring import explorable
from reports.exports.plotly_figure import plotly_figure

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase

TAGS = (
    "button", "arrow_link", "notice", "card", "status_tag", "plate", "demo_mark", "section_heading", "facts",
    "timeline", "details", "tabs", "on_page", "file_list", "news_list", "dates_list", "empty_state", "person",
    "emergency", "plate_list", "plate_groups", "map", "key_figures", "money_bar", "table", "figure", "pagination",
    "field",
    "error_summary", "filter_panel", "stepper", "alert", "breadcrumb", "stripe", "ridge", "print_header",
    "queue", "work_cards",
)  # fmt: skip
PARTS = (parts_text, parts_people, parts_data, parts_charts, parts_form, parts_frame, parts_office)
BRANDS = (DEFAULT_BRAND, "#0055a4", "#7a3b8f", "#a5301e", "#c79a00")
HIDDEN = {"context", "content"}


def usage(name: str) -> str:
    """A tag's arguments as declared, without types: `button text, href="", …`."""
    function = next(getattr(part, name) for part in PARTS if hasattr(part, name))
    shown = []
    for argument in signature(function).parameters.values():
        if argument.name in HIDDEN:
            continue
        empty = argument.default is argument.empty
        mark = "=" if argument.kind is argument.KEYWORD_ONLY else ""
        shown.append(f"{argument.name}{mark}" if empty else f"{argument.name}={argument.default!r}")
    return ", ".join(shown)


def laid(tones: Tones) -> list[tuple[int, str]]:
    """Tones side by side: where each swatch begins, and its colour."""
    return [(index * 50 + 5, tone) for index, tone in enumerate(astuple(tones))]


@explorable
def charts(request: HttpRequest) -> HttpResponse:
    """/design/?charts: every kind of chart; `?charts=3` answers the figure of the third for exploring."""
    shown = all_charts()
    asked = request.GET["charts"]
    if asked.isascii() and asked.isdigit() and 0 < int(asked) <= len(shown):
        return JsonResponse(plotly_figure(shown[int(asked) - 1]))
    pairs = [
        (chart, f"?lang={translation.get_language()}&charts={number}") for number, chart in enumerate(shown, start=1)
    ]
    return render(request, "design/charts.html", {"charts": pairs, "cards": pairs[:3]})


@require_safe
def gallery(request: HttpRequest) -> HttpResponseBase:
    """/design/, in the language of `?lang=` (default: the site's)."""
    wanted = request.GET.get("lang", settings.LANGUAGE_CODE)
    language = wanted if wanted in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    links = [
        {
            "code": code,
            "name": name,
            "url": f"?lang={code}",
            "current": code == language,
            "translated": code != "pl",
        }
        for code, name in settings.LANGUAGES
    ]
    if "charts" in request.GET:
        with translation.override(language):
            return charts(request)
    if "sheet" in request.GET:
        with translation.override(language):
            return render(request, "print/sample.html", {"samples": samples})
    with translation.override(language):
        return render(
            request,
            "design/gallery.html",
            {
                "samples": samples,
                "usage": {name: usage(name) for name in TAGS},
                "brands": [(colour, laid(light_tones(colour)), laid(dark_tones(colour))) for colour in BRANDS],
                "language_links": links,
                "map_districts": samples.sample_map(linked=True),
                "chart": grouped(),
                "map_towns": samples.sample_map(linked=False),
                "form": samples.SampleForm(auto_id="id_%s"),
                "compact_form": samples.SampleForm(auto_id="filter_%s"),
                "wrong": samples.wrong_form(),
                "page_of": samples.pages(),
                "office_heads": sample_heads(),
                "office_rows": sample_rows(),
                "office_waiting": sample_waiting(),
                "office_idle": Waiting(()),
                "today": samples.NEWS[0].day,
            },
        )
