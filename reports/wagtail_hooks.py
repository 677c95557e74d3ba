"""The area's registers in the editors' screens."""

from __future__ import annotations

from wagtail.snippets.models import register_snippet

from reports.views.cameras_admin import CameraViewSetGroup
from reports.views.figures_admin import FiguresViewSetGroup

register_snippet(FiguresViewSetGroup)
register_snippet(CameraViewSetGroup)
