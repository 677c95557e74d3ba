"""A boundary on the map and the box around it."""

from __future__ import annotations

from typing import Self, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

Row = TypeVar("Row", bound="Bounded")


class BoundedQuerySet(models.QuerySet[Row]):
    """Reads by place."""

    def around(self, *, lon: float, lat: float) -> Self:
        """Rows whose bounding box holds the point (WGS84 degrees): candidates for the exact test."""
        return self.filter(min_lon__lte=lon, max_lon__gte=lon, min_lat__lte=lat, max_lat__gte=lat)


class Bounded(models.Model):
    """Boundary as a GeoJSON Polygon or MultiPolygon in WGS84, with its bounding box in columns for fast look-up.

    The five columns are written together (``region.domain.records.boundary_values``) and are empty together.
    """

    boundary = models.JSONField(_("boundary"), null=True, blank=True, editable=False)
    boundary_source = models.CharField(_("source of the boundary"), max_length=200, blank=True)
    boundary_is_schematic = models.BooleanField(
        _("boundary is only a sketch"),
        default=False,
        help_text=_("Shown with a note that it is not the exact boundary."),
    )
    min_lon = models.FloatField(null=True, blank=True, editable=False)
    min_lat = models.FloatField(null=True, blank=True, editable=False)
    max_lon = models.FloatField(null=True, blank=True, editable=False)
    max_lat = models.FloatField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True
