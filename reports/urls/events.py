"""Addresses of events: the dashboard below figures, screens below the office."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import include, path
from django.utils.translation import pgettext_lazy

from region.listing import listing_urls
from reports.views import events_dashboard, events_office

if TYPE_CHECKING:
    from django.urls import URLPattern, URLResolver

# Translators: part of a page's address, in small letters without diacritics, with the slash
INTERVENTIONS = pgettext_lazy("part of an address", "interventions/")

public_patterns: list[URLPattern | URLResolver] = [
    path(INTERVENTIONS, events_dashboard.interventions, name="interventions"),
]

_office: list[URLPattern | URLResolver] = [
    *listing_urls(events_office.SPELLINGS, "spellings/"),
    path("loads/<uuid:load_id>/undo/", events_office.undo, name="office-event-undo"),
    *listing_urls(events_office.REGISTERS, ""),
    path("<slug:key>/", events_office.register, name="office-event-register"),
]
# Screens of the office, below ``office/``.
office_patterns: list[URLPattern | URLResolver] = [path("events/", include(_office))]
