"""Figures counted from registers of events, by their keys."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from reports.figures import Figure, register_figure
from reports.queries import event_areas, event_charts

TOPIC = "interventions"
_COUNTED = _(
    "Records of a register, each counted once, in the month in which it happened by local time. Registers count "
    "different things, so they are never added up."
)
_SMALL = _("Counts of 1 to 4 are not shown for districts, nor those from which they could be worked out.")
FIGURES = (
    Figure(
        "interventions-by-year", _("Interventions by year"), TOPIC, _COUNTED, event_charts.events_by_year, order=200
    ),
    Figure(
        "interventions-by-month", _("Interventions by month"), TOPIC, _COUNTED, event_charts.events_by_month, order=210
    ),
    Figure(
        "interventions-by-category",
        _("Interventions by category"),
        TOPIC,
        _("Registers write what happened in their own words; we sort these words into categories."),
        event_charts.events_by_category,
        order=220,
    ),
    Figure(
        "interventions-by-district",
        _("Interventions by area"),
        TOPIC,
        _SMALL,
        event_areas.events_by_district,
        order=230,
    ),
    Figure(
        "interventions-per-inhabitants",
        _("Interventions for each 1,000 inhabitants"),
        TOPIC,
        _("Records of a year divided by the number of inhabitants, of which the year and the source are said."),
        event_areas.events_per_inhabitants,
        order=240,
    ),
)


def register_event_figures() -> None:
    """Have them on their pages, on any page, in files."""
    for figure in FIGURES:
        register_figure(figure)
