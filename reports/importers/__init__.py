"""The files of this area that may be imported on screen."""

from __future__ import annotations

from region.importers import register_importer
from reports.importers.cameras import CAMERAS
from reports.importers.events import EVENTS
from reports.importers.figures import CROSSTAB, VALUES
from reports.importers.places import PLACES


def register() -> None:
    """Have them on the import screen."""
    for importer in (CAMERAS, PLACES, VALUES, CROSSTAB, EVENTS):
        register_importer(importer)
