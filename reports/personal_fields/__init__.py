"""The area's columns, classified (see ``region.personal_data``)."""

from reports.personal_fields.cameras import classify_cameras
from reports.personal_fields.coverage import classify_coverage
from reports.personal_fields.events import classify_events
from reports.personal_fields.figures import classify_figures
from reports.personal_fields.places import classify_places


def classify() -> None:
    """Declare every column of the area's models."""
    classify_cameras()
    classify_coverage()
    classify_figures()
    classify_events()
    classify_places()
