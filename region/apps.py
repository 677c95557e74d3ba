"""The region area."""

from __future__ import annotations

from django.apps import AppConfig


class RegionConfig(AppConfig):
    """Django's record of the region area."""

    name = "region"
