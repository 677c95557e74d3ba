"""Reads of the region's profile."""

from __future__ import annotations

from django.core.cache import caches

from region.models import RegionProfile

_KEY = "region-profile"
# The profile changes a few times a year and is read on every page: each process may hold it for a few seconds.
_SECONDS = 5


def current_profile() -> RegionProfile:
    """The one region profile (made with defaults when the table is empty), with logo and emergency numbers at hand."""
    found = caches["renditions"].get(_KEY)
    if isinstance(found, RegionProfile):
        return found
    profile = RegionProfile.objects.select_related("logo").prefetch_related("emergency_numbers", "social_links").first()
    if profile is None:
        profile = RegionProfile.load()
    caches["renditions"].set(_KEY, profile, _SECONDS)
    return profile


def forget_profile() -> None:
    """Drop this process's copy after a change."""
    caches["renditions"].delete(_KEY)
