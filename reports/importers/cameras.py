"""The importer of camera points."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from region.domain.places import System
from region.importers import POINT_LIMITS, Importer, Task
from region.tables.looking import look_at
from region.tables.reading import read_table, written_rows
from reports.domain.camera_import import CAMERA_COLUMNS, PointDefaults, import_points
from reports.enums.cameras import LocationStatus, Surroundings
from reports.forms.camera_import import CameraValuesForm
from reports.models import CameraPoint, StageChange
from reports.states.cameras import MANAGE

if TYPE_CHECKING:
    from region.domain.imports import ImportReport

WORDS = {
    "code": _("code of the point"),
    "id": _("number in the file, where there is no code"),
    "name": _("name of the place"),
    "town": _("register code of the town"),
    "district": _("number of the district"),
    "address": _("address"),
    "lat": _("latitude"),
    "lon": _("longitude"),
    "point": _("point in one cell"),
    "location_status": _("how well the place is known"),
    "surroundings": _("surroundings"),
    "stage": _("stage"),
    "planned_by": _("to be installed by"),
    "expected_device_count": _("expected number of devices"),
    "source": _("source"),
    "source_url": _("address of the source"),
    "man_made": _("OpenStreetMap: man_made"),
    "surveillance": _("OpenStreetMap: surveillance"),
    "surveillance_type": _("OpenStreetMap: surveillance:type"),
    "surveillance_zone": _("OpenStreetMap: surveillance:zone"),
    "camera_type": _("OpenStreetMap: camera:type"),
    "operator": _("OpenStreetMap: operator"),
}


def _run(task: Task) -> ImportReport:
    values = task.values
    defaults = PointDefaults(
        system=values["system"],
        stage=values["stage"],
        since=values["since"],
        town=values["town"].code if values["town"] else "",
        location=values["location"],
        prefer=values["prefer"],
        source=values["source"],
        crs=System(values["crs"]) if values["crs"] else None,
    )
    table = read_table(task.path, CAMERA_COLUMNS, task.options)
    return import_points(table=table, by=task.by, defaults=defaults, run=task.run)


CAMERAS = Importer(
    key="cameras",
    title=_("Camera points"),
    description=_("Places with cameras: a table, GeoJSON or an export from OpenStreetMap; matched by their code."),
    columns=CAMERA_COLUMNS,
    words=WORDS,
    look=lambda path, options: look_at(path, CAMERA_COLUMNS, options),
    run=_run,
    rows=lambda path, options: written_rows(path, CAMERA_COLUMNS, options),
    tables=(CameraPoint, StageChange),
    codes={"location_status": LocationStatus, "surroundings": Surroundings},
    form=CameraValuesForm,
    limits=POINT_LIMITS,
    leads_to=((_("Camera points"), "reports:office-cameras"),),
    order=50,
    permission=MANAGE,
)
