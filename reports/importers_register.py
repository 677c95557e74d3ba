"""The files of this area that may be imported on screen."""

from __future__ import annotations

from region.importers import register_importer
from reports.importers_cameras import CAMERAS
from reports.importers_events import EVENTS
from reports.importers_figures import CROSSTAB, VALUES
from reports.importers_places import PLACES


def register() -> None:
    """Have them on the import screen."""
    for importer in (CAMERAS, PLACES, VALUES, CROSSTAB, EVENTS):
        register_importer(importer)
