"""Lists of the office and of My, declared: columns, filters, sorting, views, bulk actions, files.

An area declares a `Listing` beside its views and puts `listing_urls(LISTING, "people/")` among its patterns.
"""

from __future__ import annotations

from region.folding import folded
from region.listing.actions import Action
from region.listing.columns import Column, Kind
from region.listing.filters import DayFilter, ListFilters, MomentDayFilter
from region.listing.listing import Listing, View
from region.listing.pages import trail_to
from region.listing.urls import listing_urls

__all__ = [
    "Action",
    "Column",
    "DayFilter",
    "Kind",
    "ListFilters",
    "Listing",
    "MomentDayFilter",
    "View",
    "folded",
    "listing_urls",
    "trail_to",
]
