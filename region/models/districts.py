"""Security districts: areas inside a town with personally responsible officers."""

from __future__ import annotations

import uuid

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from region.models.geometry import Bounded, BoundedQuerySet
from region.models.towns import Town


class DistrictQuerySet(BoundedQuerySet["SecurityDistrict"]):
    """Reads of districts by place."""


class SecurityDistrict(Bounded):
    """An area inside a town for which named people are responsible."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    town = models.ForeignKey(Town, verbose_name=_("town"), on_delete=models.PROTECT, related_name="districts")
    code = models.CharField(
        _("number"),
        max_length=12,
        validators=[RegexValidator(r"^[0-9A-Za-z-]+$")],
        help_text=_("Stands in the page's address and on the map."),
    )
    name = models.CharField(_("name"), max_length=120)
    streets = models.TextField(_("streets"), blank=True)
    is_example = models.BooleanField(
        _("example"), default=False, help_text=_("Invented for a demonstration; pages say so.")
    )

    objects = DistrictQuerySet.as_manager()

    class Meta:
        verbose_name = _("security district")
        verbose_name_plural = _("security districts")
        ordering = ("town", "code")
        indexes = [models.Index(fields=["min_lon", "max_lon"])]
        constraints = [models.UniqueConstraint(fields=["town", "code"], name="district_code_unique_in_town")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
