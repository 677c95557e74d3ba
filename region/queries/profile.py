"""Reads of the region's profile."""

from __future__ import annotations

from itertools import count

from django.core.cache import caches

from region.models import RegionProfile

# The profile changes a few times a year and is read on every page: each process may hold it for a few seconds.
_SECONDS = 5
# Each forgetting begins a new generation, so that a profile read before it is not kept after it.
_generations = count(1)
_generation = 0


def current_profile() -> RegionProfile:
    """The one region profile (made with defaults when the table is empty), with logo and emergency numbers at hand."""
    key = f"region-profile-{_generation}"
    found = caches["objects"].get(key)
    if isinstance(found, RegionProfile):
        return found
    profile = RegionProfile.objects.select_related("logo").prefetch_related("emergency_numbers", "social_links").first()
    if profile is None:
        profile = RegionProfile.load()
    caches["objects"].set(key, profile, _SECONDS)
    return profile


def forget_profile() -> None:
    """Drop this process's copy after a change."""
    global _generation  # noqa: PLW0603 - one number for the process
    _generation = next(_generations)
