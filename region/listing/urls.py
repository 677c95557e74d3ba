"""Addresses of a list."""

from __future__ import annotations

from django.urls import URLPattern, path

from region.listing import views
from region.listing.listing import Listing


def listing_urls(listing: Listing, at: str) -> list[URLPattern]:
    """Everything under ``at`` ("people/"): put it into the area's patterns with a star."""
    name = listing.name
    found = [path(at, views.list_view(listing), name=name)]
    if listing.is_exported:
        found.append(path(f"{at}export/", views.export_view(listing), name=f"{name}-export"))
    if listing.actions:
        found.append(path(f"{at}bulk/", views.bulk_view(listing), name=f"{name}-bulk"))
        found.append(path(f"{at}bulk/<uuid:key>/", views.bulk_result_view(listing), name=f"{name}-bulk-result"))
    found.append(path(f"{at}views/", views.views_view(listing), name=f"{name}-views"))
    found.append(path(f"{at}views/<uuid:view_id>/delete/", views.view_delete_view(listing), name=f"{name}-view-delete"))
    return found
