"""The reports area."""

from __future__ import annotations

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Django's record of the reports area."""

    name = "reports"

    def ready(self) -> None:
        """Classify columns; have figures, importers, duties and cards of this area known."""
        from reports import personal_fields

        personal_fields.classify()
