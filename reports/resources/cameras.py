"""Camera points, as django-import-export reads them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from import_export.fields import Field
from import_export.instance_loaders import CachedInstanceLoader

from region.cells import Looking, LookingInTown, Sentence, choice, column
from region.models import SecurityDistrict, Town
from region.resources import CheckedResource
from region.tables.values import parse_date, parse_degrees, parse_whole
from region.tables.words import Words, parse_word
from reports.domain.cameras import POINT_FIELDS
from reports.models import CameraPoint, CameraSystem

LOCATION: Words = {
    "exact": ("přesná", "přesně", "dokładna", "dokładnie", "yes"),
    "approximate": ("přibližná", "přibližně", "odhad", "przybliżona", "w przybliżeniu", "estimated", "estimate"),
    "none": ("žádná", "bez místa", "brak", "no place"),
}
SURROUNDINGS: Words = {
    "school_route": ("cesta do školy", "škola", "droga do szkoły", "szkoła", "school"),
    "hub": ("přestupní uzel", "zastávka", "nádraží", "pętla", "węzeł przesiadkowy", "przystanek", "dworzec", "stop"),
    "park": ("park", "zeleň", "zieleń"),
    "road": ("silnice", "křižovatka", "droga", "skrzyżowanie", "ulica", "crossing", "traffic"),
    "square": ("náměstí", "rynek", "plac"),
    "monument": ("památka", "zabytek", "pomnik"),
    "housing": ("sídliště", "osiedle", "estate"),
    "sport": ("hřiště", "sportoviště", "boisko", "plac zabaw", "playground"),
    "campus": ("kampus", "campus"),
    "building": ("veřejná budova", "úřad", "budynek publiczny", "urząd"),
    "other": ("jiné", "inne"),
    "unknown": ("neuvedeno", "nie podano", "not stated"),
}
STAGE: Words = {
    "proposed": ("navrženo", "návrh", "proponowany", "propozycja"),
    "assessed": ("posouzeno", "oceniony"),
    "consulted": ("projednáno", "zaopiniowany"),
    "approved": ("schváleno", "zatwierdzony"),
    "funded": ("financováno", "sfinansowany"),
    "ordered": ("objednáno", "zamówiony"),
    "planned": ("plánováno", "v plánu", "planowany"),
    "active": ("v provozu", "aktivní", "funkční", "czynny", "aktywny", "działa", "operational", "in operation"),
    "suspended": ("pozastaveno", "mimo provoz", "zawieszony"),
    "relocated": ("přemístěno", "przeniesiony"),
    "retired": ("zrušeno", "vyřazeno", "wycofany", "zlikwidowany"),
    "rejected": ("zamítnuto", "odrzucony"),
}


def _day(text: str) -> object:
    return parse_date(text)[0]


class CameraPointResource(CheckedResource):
    """Camera points, matched by code. System and stage are set when a point is new, and never changed by a file."""

    code = column("code")
    name = column("name")
    town = Field("town", "town", Looking(Town, _("No town has this code.")))
    district = Field(
        "district", "district", LookingInTown(SecurityDistrict, _("The town has no district of this number."))
    )
    address = column("address")
    location_status = choice("location_status")
    lon = column("lon", parse_degrees, None)
    lat = column("lat", parse_degrees, None)
    surroundings = choice("surroundings", lambda text: parse_word(text, SURROUNDINGS))
    planned_by = column("planned_by", _day, None)
    expected_device_count = column("expected_device_count", parse_whole, None)
    source = column("source")
    source_url = column("source_url")
    looked_up = ("town", "district", "system")

    def __init__(self, system: CameraSystem, stage: str, since: date) -> None:
        super().__init__()
        self.system, self.stage, self.since = system, stage, since

    def init_instance(self, row: Mapping[str, Any] | None = None) -> CameraPoint:
        """A new point of the system, in the stage of its row."""
        stage = (row or {}).get("stage") or self.stage
        return CameraPoint(system=self.system, stage=stage, stage_since=self.since)

    class Meta:
        model = CameraPoint
        # The system is chosen for a whole file; notes of the office are written by hand.
        fields = tuple(name for name in POINT_FIELDS if name not in {"system", "note"})
        import_id_fields = ("code",)
        instance_loader_class = CachedInstanceLoader
        skip_unchanged = True
        skip_diff = True
        store_instance = True

    def missing_facts(self, instance: CameraPoint) -> dict[str, Sentence]:
        """The facts that the database demands together, in words."""
        if (instance.lon is None) != (instance.lat is None):
            return {"lat" if instance.lat is None else "lon": _("Longitude and latitude belong together.")}
        return {}
