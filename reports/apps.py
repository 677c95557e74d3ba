"""The reports area."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    """Django's record of the reports area."""

    name = "reports"

    def ready(self) -> None:
        """Classify columns; have figures, importers, duties and cards of this area known."""
        from region.domain.tick import register
        from reports import camera_work, event_work, figure_work, importers, personal_fields
        from reports.camera_figures import register_camera_figures
        from reports.tasks import coverage_when_due

        register("camera coverage", coverage_when_due, _("Calculate what cameras reach when they change"))
        personal_fields.classify()
        importers.register()
        register_camera_figures()
        camera_work.register_files()
        camera_work.connect()
        figure_work.connect()
        event_work.connect()
