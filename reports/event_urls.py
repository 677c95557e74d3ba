"""Addresses of events: the dashboard below figures, screens below the office."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import path
from django.utils.translation import pgettext_lazy

from reports.views import events_dashboard

if TYPE_CHECKING:
    from django.urls import URLPattern, URLResolver

# Translators: part of a page's address, in small letters without diacritics, with the slash
INTERVENTIONS = pgettext_lazy("part of an address", "interventions/")

public_patterns: list[URLPattern | URLResolver] = [
    path(INTERVENTIONS, events_dashboard.interventions, name="interventions"),
]
