"""Addresses of the reports area, under the language; their names begin with ``reports:``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import include, path
from django.utils.translation import pgettext_lazy

from reports.urls import camera_office, cameras, events, figures

if TYPE_CHECKING:
    from django.urls import URLPattern, URLResolver

app_name = "reports"

# Fixed words first; what is left is the key of a figure.
public_patterns: list[URLPattern | URLResolver] = [
    path(cameras.CAMERAS, include(cameras.public_patterns)),
    *events.public_patterns,
    *figures.patterns,
    *figures.one,
]

urlpatterns: list[URLPattern | URLResolver] = [
    # Translators: part of a page's address, in small letters without diacritics, with the slash
    path(pgettext_lazy("part of an address", "figures/"), include(public_patterns)),
    path("office/", include(camera_office.patterns)),
    path("office/", include(events.office_patterns)),
]
