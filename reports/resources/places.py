"""Places of public registers, as django-import-export reads them."""

from __future__ import annotations

from django.db.models import QuerySet
from import_export.instance_loaders import BaseInstanceLoader

from region.cells import choice, column
from region.resources import CheckedResource
from region.tables.values import parse_degrees
from reports.models import NearbyPlace


class PlaceLoader(BaseInstanceLoader):
    """Finds places by kind and code; all are fetched by one query for the whole import."""

    resource: PlaceResource

    def get_instance(self, row: dict[str, str]) -> NearbyPlace | None:
        """The stored place of a row, or None."""
        if self.resource.known is None:
            rows = self.resource.get_queryset().iterator(chunk_size=500)
            self.resource.known = {(place.kind, place.code): place for place in rows}
        return self.resource.known.get((row["kind"], row["code"]))


class PlaceResource(CheckedResource):
    """Places, matched by kind and code; both are filled in before."""

    kind = choice("kind")
    code = column("code")
    name = column("name")
    address = column("address")
    lon = column("lon", parse_degrees, None)
    lat = column("lat", parse_degrees, None)
    source = column("source")
    licence = column("licence")
    known: dict[tuple[str, str], NearbyPlace] | None = None

    class Meta:
        model = NearbyPlace
        fields = ("kind", "code", "name", "address", "lon", "lat", "source", "licence")
        import_id_fields = ("kind", "code")
        instance_loader_class = PlaceLoader
        skip_unchanged = True
        skip_diff = True
        store_instance = True

    def get_queryset(self) -> QuerySet[NearbyPlace]:
        """All of them, in no order."""
        return NearbyPlace.objects.order_by()
