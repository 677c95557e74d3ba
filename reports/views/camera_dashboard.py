"""The camera dashboard: how many, where, since when, for how much, and what they reach; the same as a PDF."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_safe

from region.parts import Cell, Column, Link
from region.pdf import pdf_of
from region.queries.profile import current_profile
from region.views.prepared import Wanted, prepared_pdf
from reports.camera_words import stage_tone
from reports.enums.cameras import LocationStatus
from reports.figures import registered_figure
from reports.forms.camera_dashboard import CameraDashboardForm
from reports.queries.camera_charts import active_points, day_of
from reports.queries.camera_dashboard import (
    PointsMap,
    camera_key_figures,
    documents,
    map_caption,
    points_map,
    state_words,
)
from reports.queries.camera_privacy import PrivacyLine, privacy_lines
from reports.queries.coverage import coverage_of_region
from reports.queries.figures_words import day
from reports.views.figures import trail

if TYPE_CHECKING:
    from django.http import HttpRequest

    from region.chart import Chart
    from reports.asked import Asked

BAD_REQUEST = 400
# Figures of each part of the page, in its order. One bar alone tells nothing: these need two.
PARTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("points", ("cameras-points-by-stage", "cameras-points-by-surroundings", "cameras-points-by-system")),
    ("devices", ("cameras-devices-by-kind", "cameras-devices-by-surroundings", "cameras-devices-by-system")),
    ("sensors", ("cameras-sensors-by-kind", "cameras-sensors-by-surroundings", "cameras-sensors-by-system")),
    ("growth", ("cameras-points-growth", "cameras-devices-growth")),
    ("planned", ("cameras-planned",)),
    (
        "costs",
        (
            "cameras-costs-yearly-gross",
            "cameras-costs-yearly-net",
            "cameras-costs-yearly-unstated",
            "cameras-costs-once-gross",
            "cameras-costs-once-net",
            "cameras-costs-once-unstated",
        ),
    ),
    ("near", ("cameras-near-schools",)),
    ("coverage", ("cameras-coverage",)),
    ("external", ("cameras-external",)),
    ("privacy", ("cameras-retention", "cameras-reviews")),
)
NEED_TWO = frozenset({"cameras-points-by-system", "cameras-devices-by-system", "cameras-sensors-by-system"})
CELLS = "cameras-cells"


@dataclass(frozen=True, slots=True)
class Shown:
    """One figure on the page, with the address of its own page."""

    chart: Chart
    url: str
    definition: str


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the page; without figures it says what is missing."""

    code: str
    title: str
    figures: tuple[Shown, ...]
    empty: str = ""
    has_table: bool = False

    @property
    def is_shown(self) -> bool:
        """Whether there is anything in it."""
        return bool(self.figures or self.empty or self.has_table)


@require_safe
def cameras(request: HttpRequest) -> HttpResponse:
    """The dashboard; filters that cannot be read are named at their fields."""
    form = CameraDashboardForm(request.GET)
    if not form.is_valid():
        return render(request, "reports/camera_dashboard.html", _frame(request, form), status=BAD_REQUEST)
    shown = points_map(form.asked)
    context = {
        **_frame(request, form),
        **_content(form.asked, _query(request, form), with_cells=shown.is_too_many),
        "map": shown,
        "map_caption": map_caption(shown),
        "map_columns": _map_columns(),
        "map_rows": _map_rows(shown),
        "is_read": True,
    }
    return render(request, "reports/camera_dashboard.html", context)


@require_safe
def cameras_pdf(request: HttpRequest) -> HttpResponse:
    """The same content for printing, made by a worker."""
    form = CameraDashboardForm(request.GET)
    if not form.is_valid():
        return render(request, "reports/camera_dashboard.html", _frame(request, form), status=BAD_REQUEST)
    name = f"cameras-{day_of(form.asked).isoformat()}"
    back = Link(gettext("Cameras"), reverse("reports:cameras") + _query(request, form))
    return prepared_pdf(request, Wanted("cameras", _query(request, form), name, back))


def cameras_as_pdf(query: str) -> bytes:
    """The PDF for filters as `_query` writes them; a worker makes it."""
    form = CameraDashboardForm(QueryDict(query.removeprefix("?")))
    form.full_clean()
    context = {
        **_content(form.asked, query, with_cells=True),
        "address": settings.BASE_URL + reverse("reports:cameras") + query,
        "asked": form.asked,
        "region": current_profile(),
    }
    return pdf_of(render_to_string("print/camera_dashboard.html", context), style="portal/sheet.css")


def _frame(request: HttpRequest, form: CameraDashboardForm) -> dict[str, Any]:
    """What the page has even when its filters cannot be read."""
    here = reverse("reports:cameras")
    is_read = form.is_valid()
    return {
        "form": form,
        "here": here,
        "asked": form.asked if is_read else None,
        "query": _query(request, form) if is_read else "",
        "trail": trail(Link(gettext("Cameras"))),
    }


def _content(asked: Asked, query: str, *, with_cells: bool = False) -> dict[str, Any]:
    """Everything that page and PDF have in common."""
    systems = [_privacy_row(line) for line in privacy_lines(asked)]
    parts = [_part(code, keys, asked, query, has_table=code == "privacy" and bool(systems)) for code, keys in PARTS]
    stated = documents()
    cells = _shown(CELLS, asked, query) if with_cells else None
    return {
        "key_figures": camera_key_figures(asked),
        "state": state_words(asked),
        "parts": parts,
        "contents": [
            *([Link(gettext("What documents say"), "#documents")] if stated else []),
            Link(gettext("Where they are"), "#points-map"),
            *(Link(part.title, f"#part-{part.code}") for part in parts if part.is_shown),
            Link(gettext("About these figures"), "#about"),
        ],
        "definitions": _definitions(parts),
        "cells": cells,
        "documents": stated,
        "privacy_columns": _privacy_columns(),
        "privacy_rows": systems,
    }


def _part(code: str, keys: tuple[str, ...], asked: Asked, query: str, *, has_table: bool) -> Part:
    figures = tuple(shown for key in keys if (shown := _shown(key, asked, query)) is not None)
    return Part(code, str(_TITLES[code]()), figures, "" if figures else _empty(code, asked), has_table)


def _shown(key: str, asked: Asked, query: str) -> Shown | None:
    """A figure of the register for what is asked, or None."""
    figure = registered_figure(key)
    chart = figure.build(asked) if figure else None
    if figure is None or chart is None or (key in NEED_TWO and len(chart.categories) < 2):
        return None
    return Shown(chart, reverse("reports:figure", args=[key]) + query, str(figure.definition))


def _empty(code: str, asked: Asked) -> str:
    """What is said in place of a part's figures; parts that simply have nothing are left out."""
    if code != "coverage" or not active_points(asked, day_of(asked)).exists():
        return ""
    region = coverage_of_region()
    if region is None:
        return gettext("This is being calculated. Come back in a few minutes.")
    return gettext("The register does not hold how far cameras reach here, so it cannot be calculated.")


def _definitions(parts: list[Part]) -> list[str]:
    """What the figures count, each sentence once."""
    return list(dict.fromkeys(shown.definition for part in parts for shown in part.figures))


def _query(request: HttpRequest, form: CameraDashboardForm) -> str:
    """The filters as they go on to the pages of single figures."""
    kept = request.GET.copy()
    for name in [name for name in kept if name not in form.fields or not kept[name]]:
        del kept[name]
    return f"?{kept.urlencode()}" if kept else ""


def _map_columns() -> tuple[Column, ...]:
    return (
        Column(gettext("Place")),
        Column(gettext("Stage")),
        Column(gettext("Surroundings")),
        Column(gettext("Devices"), numeric=True),
        Column(gettext("Location")),
    )


def _map_rows(shown: PointsMap) -> list[tuple[Cell, ...]]:
    """The points of the map, and those without a place, as a table."""
    return [
        (
            Cell(
                row.point.name,
                url=reverse("reports:camera-point", args=[row.point.code]),
                plate=row.number,
                demo=row.point.is_example,
            ),
            Cell(row.point.stage_label, tag=stage_tone(row.point.stage)),
            Cell(row.point.surroundings_label),
            Cell(_devices(row.point.device_count, row.point.devices_expected)),
            Cell(str(LocationStatus(row.point.location_status).label)),
        )
        for row in shown.rows
    ]


def _devices(known: int, expected: int | None) -> str:
    """Devices in the register, or the number that was announced, said as such."""
    if known or not expected:
        # None in the register is not none at the point.
        return str(known) if known else "–"
    return gettext("%(count)s expected") % {"count": expected}


def _privacy_columns() -> tuple[Column, ...]:
    return (
        Column(gettext("System")),
        Column(gettext("Recordings kept"), numeric=True),
        Column(gettext("Impact assessment")),
        Column(gettext("Next assessment")),
    )


def _privacy_row(line: PrivacyLine) -> tuple[Cell, ...]:
    days = line.retention_days
    kept = "–" if days is None else ngettext("%(count)s day", "%(count)s days", days) % {"count": days}
    assessed = f"{day(line.assessed_on)}: {line.outcome}" if line.assessed_on else gettext("none in the register")
    following = day(line.next_assessment) if line.next_assessment else "–"
    return (
        Cell(line.name, url=reverse("reports:camera-system", args=[line.slug])),
        Cell(kept),
        Cell(assessed),
        Cell(following),
    )


_TITLES = {
    "points": lambda: gettext("Camera points"),
    "devices": lambda: gettext("Devices"),
    "sensors": lambda: gettext("Sensors"),
    "growth": lambda: gettext("Over time"),
    "planned": lambda: gettext("What comes next"),
    "costs": lambda: gettext("What a point costs"),
    "near": lambda: gettext("Near schools and stops"),
    "coverage": lambda: gettext("What cameras reach at most"),
    "external": lambda: gettext("Cameras of other owners"),
    "privacy": lambda: gettext("Privacy"),
}
