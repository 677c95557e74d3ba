"""The reports area."""

from __future__ import annotations

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Django's record of the reports area."""

    name = "reports"
