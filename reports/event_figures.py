"""Figures counted from registers of events, by their keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from reports.figures import Figure, register_figure
from reports.queries import event_areas, event_charts
from reports.queries.event_counts import any_events

if TYPE_CHECKING:
    from region.chart import Chart
    from reports.asked import Asked

TOPIC = "interventions"
_COUNTED = _(
    "Records of a register, each counted once, in the month in which it happened by local time. Registers count "
    "different things, so they are never added up."
)
_SMALL = _("Counts of 1 to 4 are not shown for districts, nor those from which they could be worked out.")


def _figure(key: str, title: Any, definition: Any, build: Callable[[Asked], Chart | None], order: int) -> Figure:
    return Figure(key, title, TOPIC, definition, build, order, has_register=any_events, keeps_past=False)


_SORTED = _("Registers write what happened in their own words; we sort these words into categories.")
_RATES = _("Records of a year divided by the number of inhabitants, of which the year and the source are said.")
FIGURES = (
    _figure("interventions-by-year", _("Interventions by year"), _COUNTED, event_charts.events_by_year, 200),
    _figure("interventions-by-month", _("Interventions by month"), _COUNTED, event_charts.events_by_month, 210),
    _figure("interventions-by-category", _("Interventions by category"), _SORTED, event_charts.events_by_category, 220),
    _figure("interventions-by-district", _("Interventions by area"), _SMALL, event_areas.events_by_district, 230),
    _figure(
        "interventions-per-inhabitants",
        _("Interventions for each 1,000 inhabitants"),
        _RATES,
        event_areas.events_per_inhabitants,
        240,
    ),
)


def register_event_figures() -> None:
    """Have them on their pages, on any page, in files."""
    for figure in FIGURES:
        register_figure(figure)
