"""Schools, stops and other places near which cameras stand: registers of others, imported as they are."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from reports.enums.places import PlaceKind


class NearbyPlace(models.Model):
    """One place of a public register, with the register that it comes from."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=12, choices=PlaceKind)
    # The register's own; made of name and point where the register has none.
    code = models.CharField(_("code"), max_length=120)
    name = models.CharField(_("name"), max_length=200)
    address = models.CharField(_("address"), max_length=250, blank=True)
    lon = models.FloatField(_("longitude"))
    lat = models.FloatField(_("latitude"))
    source = models.CharField(_("source"), max_length=200)
    licence = models.CharField(_("licence"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("nearby place")
        verbose_name_plural = _("nearby places")
        ordering = ("kind", "name", "code")
        indexes = [models.Index(fields=["lon", "lat"])]
        constraints = [
            models.UniqueConstraint(fields=["kind", "code"], name="place_once_by_code"),
            models.CheckConstraint(
                condition=Q(lon__gte=-180, lon__lte=180, lat__gte=-90, lat__lte=90), name="place_on_earth"
            ),
        ]

    def __str__(self) -> str:
        return self.name
