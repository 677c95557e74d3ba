"""The importer of schools, stops and other places near which cameras stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from region.domain.places import System
from region.importers import POINT_LIMITS, Importer, Task
from region.tables.looking import look_at
from region.tables.reading import read_table, written_rows
from reports.domain.places import PERMISSION, PLACE_COLUMNS, PlaceDefaults, import_places
from reports.enums.places import PlaceKind
from reports.forms.places import PlaceValuesForm
from reports.models import NearbyPlace

if TYPE_CHECKING:
    from region.domain.imports import ImportReport

WORDS = {
    "code": _("code in the register"),
    "name": _("name"),
    "kind": _("what it is"),
    "address": _("address"),
    "lat": _("latitude"),
    "lon": _("longitude"),
    "point": _("point in one cell"),
    "source": _("source"),
    "licence": _("licence"),
}


def _run(task: Task) -> ImportReport:
    values = task.values
    system = System(values["crs"]) if values["crs"] else None
    defaults = PlaceDefaults(values["source"], values["kind"], values["licence"], system)
    table = read_table(task.path, PLACE_COLUMNS, task.options)
    return import_places(table=table, by=task.by, defaults=defaults, run=task.run)


PLACES = Importer(
    key="places",
    title=_("Schools, stops and other places"),
    description=_("Public registers of places near which cameras stand: one row for each, with its point."),
    columns=PLACE_COLUMNS,
    words=WORDS,
    look=lambda path, options: look_at(path, PLACE_COLUMNS, options),
    run=_run,
    rows=lambda path, options: written_rows(path, PLACE_COLUMNS, options),
    tables=(NearbyPlace,),
    codes={"kind": PlaceKind},
    form=PlaceValuesForm,
    limits=POINT_LIMITS,
    order=60,
    permission=PERMISSION,
)
