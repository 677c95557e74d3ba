"""Registers of events in the office's menu, and their duty of the minute tick."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from region.domain.tick import register
from region.office import Entry, register_entry
from reports.domain.events_undoing import forget_exchanged
from reports.event_figures import register_event_figures
from reports.figure_work import FIGURES
from reports.queries.events_office import VIEW


def connect() -> None:
    """Fill the menu, the tick and the registry of figures."""
    register_entry(Entry(_("Registers of events"), "reports:office-event-registers", (VIEW,), group=FIGURES, order=60))
    register_entry(Entry(_("Spellings of events"), "reports:office-event-spellings", (VIEW,), group=FIGURES, order=61))
    register("exchanged events", forget_exchanged, _("Delete events that were exchanged half a year ago"))
    register_event_figures()
