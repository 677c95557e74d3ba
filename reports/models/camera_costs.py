"""What cameras cost. Amounts keep their own currency and are never converted or added across kinds of tax."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from region.enums import Currency
from reports.enums.cameras import CostKind, CostPer, CostPeriod, Tax
from reports.models.camera_points import CameraPoint
from reports.models.camera_systems import BACKWARDS, CameraSystem, in_force, in_order

if TYPE_CHECKING:
    from datetime import date


class CostQuerySet(models.QuerySet["Cost"]):
    """Reads by day."""

    def on(self, day: date) -> Self:
        """Costs paid or running on a day."""
        return self.filter(in_force(day))


class Cost(models.Model):
    """One amount for a system, or for those of its points that are named."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    system = models.ForeignKey(CameraSystem, verbose_name=_("system"), on_delete=models.CASCADE, related_name="costs")
    points = models.ManyToManyField(
        CameraPoint,
        verbose_name=_("camera points"),
        blank=True,
        related_name="costs",
        help_text=_("None: the whole system."),
    )
    kind = models.CharField(_("kind"), max_length=22, choices=CostKind)
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2, validators=[MinValueValidator(0)])
    currency = models.CharField(_("currency"), max_length=3, choices=Currency)
    tax = models.CharField(_("VAT"), max_length=8, choices=Tax, default=Tax.UNSTATED)
    period = models.CharField(_("paid"), max_length=5, choices=CostPeriod, default=CostPeriod.ONCE)
    per = models.CharField(_("amount is"), max_length=6, choices=CostPer, default=CostPer.TOTAL)
    # How many points an amount stands for when they are not in the register one by one.
    point_count = models.PositiveIntegerField(
        _("number of points it covers"),
        null=True,
        blank=True,
        help_text=_("When the points are known only as a number."),
    )
    since = models.DateField(_("paid on, or since"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)
    contract = models.CharField(_("contract"), max_length=200, blank=True)
    is_shared_contract = models.BooleanField(
        _("the contract covers other things too"), default=False, help_text=_("Such as roads, signs or the network.")
    )
    funding_source = models.CharField(_("paid from"), max_length=200, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    source_url = models.URLField(_("address of the source"), blank=True)

    objects = CostQuerySet.as_manager()

    class Meta:
        verbose_name = _("camera cost")
        verbose_name_plural = _("camera costs")
        ordering = ("system", "kind", "since", "id")
        constraints = [
            in_order("camera_cost_in_order"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="camera_cost_not_negative"),
            models.CheckConstraint(
                condition=Q(point_count__isnull=True) | Q(point_count__gte=1),
                name="camera_cost_covers_points",
                violation_error_message=_("It covers one point at least."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.amount} {self.currency}"

    def clean(self) -> None:
        """Say in words what the database would refuse."""
        super().clean()
        if self.since and self.until and self.until < self.since:
            raise ValidationError({"until": BACKWARDS})
