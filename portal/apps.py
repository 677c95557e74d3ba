"""The portal area."""

from __future__ import annotations

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Django's record of the portal area."""

    name = "portal"
