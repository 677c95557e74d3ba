"""Addresses of figures, below the word for figures; fixed words stand before the key of a figure (``one``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import path
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from reports import figures_feed
from reports.views import figures, figures_files

if TYPE_CHECKING:
    from django.urls import URLPattern, URLResolver


patterns: list[URLPattern | URLResolver] = [
    path("", figures.figures, name="figures"),
    # Translators: part of a page's address, in small letters without diacritics, with the slash
    path(pgettext_lazy("part of an address", "corrections/"), figures.corrections, name="corrections"),
    path("corrections.rss", require_safe(figures_feed.CorrectionsFeed()), name="corrections-feed"),
    path("corrections.atom", require_safe(figures_feed.CorrectionsAtom()), name="corrections-atom"),
]
one: list[URLPattern | URLResolver] = [
    path("<slug:key>/", figures.figure, name="figure"),
    path("<slug:key>/embed/", figures.figure_embed, name="figure-embed"),
    path("<slug:key>/data.<slug:fmt>", figures_files.figure_data, name="figure-data"),
    path("<slug:key>/chart.svg", figures_files.figure_svg, name="figure-svg"),
    path("<slug:key>/explore.json", figures_files.figure_explore, name="figure-explore"),
]
