"""Figures in the office's menu: the editors' screens in which they are kept."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from region.office import Entry, Group, register_entry
from reports.domain.figures import MANAGE

FIGURES = Group(_("Figures"), 50)


def connect() -> None:
    """Fill the menu."""
    screens = (("metric", _("Metrics")), ("sourcedocument", _("Source documents")), ("observation", _("Values")))
    for order, (model, label) in enumerate(screens, start=50):
        name = f"wagtailsnippets_reports_{model}:list"
        register_entry(Entry(label, name, (MANAGE,), group=FIGURES, order=order))
