"""How much of each town and district lies within reach of cameras, calculated in the background."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from region.models.districts import SecurityDistrict
from region.models.towns import Town


class CoverageResult(models.Model):
    """One area: square metres in all and within reach (EPSG:3035), from how many ranges, as of a day.

    With a district: that district. With a town alone: the town. With neither: the region, the row that is always
    there; it says too what was left out and from which state of the register everything was calculated.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    town = models.ForeignKey(Town, verbose_name=_("town"), null=True, on_delete=models.CASCADE, related_name="+")
    district = models.ForeignKey(
        SecurityDistrict, verbose_name=_("district"), null=True, on_delete=models.CASCADE, related_name="+"
    )
    as_of = models.DateField(_("as of"))
    # Unknown for a region whose outline is not known.
    area_m2 = models.FloatField(_("area (m²)"), null=True)
    covered_m2 = models.FloatField(_("within reach (m²)"), null=True)
    ranges = models.PositiveIntegerField(_("ranges"), default=0)
    circles = models.PositiveIntegerField(_("ranges known by their length alone"), default=0)
    left_out = models.PositiveIntegerField(_("devices without a range or a place"), default=0)
    method = models.CharField(_("method"), max_length=20)
    calculated_at = models.DateTimeField(_("calculated"), null=True)
    # Of everything it was calculated from: the same again needs no calculation.
    fingerprint = models.CharField(max_length=64, blank=True)
    # The state of the site's content that was looked at last, so that each tick need not read the register.
    looked_at = models.CharField(max_length=120, blank=True)

    class Meta:
        verbose_name = _("coverage of an area")
        verbose_name_plural = _("coverage of areas")
        ordering = ("town", "district")
        constraints = [
            models.UniqueConstraint(
                fields=["district"], condition=Q(district__isnull=False), name="coverage_once_a_district"
            ),
            models.UniqueConstraint(
                fields=["town"], condition=Q(town__isnull=False, district__isnull=True), name="coverage_once_a_town"
            ),
            models.UniqueConstraint(
                fields=["method"], condition=Q(town__isnull=True, district__isnull=True), name="coverage_once_a_region"
            ),
            models.CheckConstraint(
                condition=Q(area_m2__isnull=True, covered_m2__isnull=True)
                | Q(area_m2__gt=0, covered_m2__gte=0, covered_m2__lte=F("area_m2") * 1.000001),
                name="coverage_within_area",
            ),
            models.CheckConstraint(condition=Q(circles__lte=F("ranges")), name="coverage_circles_are_ranges"),
        ]

    def __str__(self) -> str:
        return str(self.district or self.town or "–")

    @property
    def share(self) -> float | None:
        """Which part of the area is within reach, 0–1."""
        if self.area_m2 is None or self.covered_m2 is None:
            return None
        return min(1.0, self.covered_m2 / self.area_m2)
