"""Devices, their sensors, and at which point they were when."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self, TypeVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from region.models.fields import TicksField
from reports.enums.cameras import Analytics, Answer, DeviceKind, PlacementReason, RemovalReason
from reports.models.camera_points import CameraPoint
from reports.models.camera_systems import BACKWARDS, CameraSystem

if TYPE_CHECKING:
    from datetime import date

Row = TypeVar("Row", bound=models.Model)


class Device(models.Model):
    """A camera or a detector. Where it is, and since when, stands in its placements."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    system = models.ForeignKey(CameraSystem, verbose_name=_("system"), on_delete=models.PROTECT, related_name="devices")
    inventory_number = models.CharField(_("inventory number"), max_length=60, blank=True)
    kind = models.CharField(_("kind"), max_length=14, choices=DeviceKind)
    sensor_count = models.PositiveSmallIntegerField(
        _("number of sensors"), default=1, validators=[MinValueValidator(1), MaxValueValidator(64)]
    )
    has_audio = models.CharField(_("records sound"), max_length=10, choices=Answer, default=Answer.UNANSWERED)
    # Codes of `Analytics`. None of them, not even “none”: nobody has answered.
    analytics = TicksField(
        _("analytics"),
        ticks=Analytics.choices,
        default=list,
        blank=True,
        help_text=_("Tick everything that is used, or “none”. Without a tick it is not answered."),
    )
    face_recognition = models.CharField(_("recognises faces"), max_length=10, choices=Answer, default=Answer.UNANSWERED)
    model = models.CharField(_("maker and model"), max_length=120, blank=True, help_text=_("Never published."))
    network_note = models.TextField(_("network"), blank=True, help_text=_("Never published."))

    class Meta:
        verbose_name = _("device")
        verbose_name_plural = _("devices")
        ordering = ("system", "inventory_number", "id")
        indexes = [models.Index(fields=["kind"])]
        constraints = [
            models.UniqueConstraint(
                fields=["system", "inventory_number"],
                condition=~Q(inventory_number=""),
                name="device_inventory_number_unique",
                violation_error_message=_("Another device of the system has this number."),
            ),
            models.CheckConstraint(condition=Q(sensor_count__gte=1), name="device_has_sensor"),
            models.CheckConstraint(
                condition=~Q(kind="multi_sensor") | Q(sensor_count__gte=2), name="device_multi_sensor_has_several"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.inventory_number}".strip()

    def clean(self) -> None:
        """Say in words what the database would refuse."""
        super().clean()
        if self.kind == DeviceKind.MULTI_SENSOR and (self.sensor_count or 0) < 2:
            raise ValidationError({"sensor_count": _("A multi-sensor camera has two sensors at least.")})
        if not self._state.adding and self.placements.exclude(point__system=self.system_id).exists():
            raise ValidationError({"system": _("It stands or stood at points of another system.")})
        if Analytics.NONE in self.analytics and len(self.analytics) > 1:
            raise ValidationError({"analytics": _("Tick either “none” or what is used.")})

    def get_analytics_display(self) -> str:
        """Everything that is used, in words and in the order of the list."""
        words = [str(kind.label) for kind in Analytics if kind in self.analytics]
        return ", ".join(words) or pgettext("answer", "not answered")


class PlacedQuerySet(models.QuerySet[Row]):
    """Reads by day."""

    def on(self, day: date) -> Self:
        """Rows that hold on a day; on the day of `removed_on` a row holds no longer."""
        return self.filter(
            Q(since__isnull=True) | Q(since__lte=day), Q(removed_on__isnull=True) | Q(removed_on__gt=day)
        )


class SensorQuerySet(PlacedQuerySet["Sensor"]):
    """Sensors by day."""


class Sensor(models.Model):
    """Where one sensor of a device looks and how far, while it stands so. Never public."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    device = models.ForeignKey(Device, verbose_name=_("device"), on_delete=models.CASCADE, related_name="sensors")
    number = models.PositiveSmallIntegerField(_("number"), default=1)
    azimuth = models.FloatField(
        _("azimuth (degrees)"), null=True, blank=True, validators=[MinValueValidator(0), MaxValueValidator(360)]
    )
    field_of_view = models.FloatField(
        _("field of view (degrees)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(360)],
        help_text=_("Only with an azimuth. Without both, the sensor sees all around."),
    )
    range_m = models.FloatField(
        _("range (m)"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(5000)]
    )
    since = models.DateField(_("since"), null=True, blank=True)
    removed_on = models.DateField(_("no longer since"), null=True, blank=True)

    objects = SensorQuerySet.as_manager()

    class Meta:
        verbose_name = _("sensor")
        verbose_name_plural = _("sensors")
        ordering = ("device", "number", "since")
        constraints = [
            models.UniqueConstraint(
                fields=["device", "number"],
                condition=Q(removed_on__isnull=True),
                name="sensor_number_once",
                violation_error_message=_("The device has a sensor of this number already."),
            ),
            models.CheckConstraint(
                condition=Q(azimuth__isnull=True) | Q(azimuth__gte=0, azimuth__lte=360), name="sensor_azimuth_in_circle"
            ),
            models.CheckConstraint(
                condition=Q(field_of_view__isnull=True)
                | Q(azimuth__isnull=False, field_of_view__gt=0, field_of_view__lte=360),
                name="sensor_view_has_azimuth",
            ),
            models.CheckConstraint(condition=Q(range_m__isnull=True) | Q(range_m__gt=0), name="sensor_range_positive"),
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(removed_on__isnull=True) | Q(removed_on__gte=F("since")),
                name="sensor_in_order",
                violation_error_message=BACKWARDS,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.device} / {self.number}"

    def clean(self) -> None:
        """Say in words what the database would refuse."""
        super().clean()
        if self.field_of_view is not None and self.azimuth is None:
            raise ValidationError({"field_of_view": _("A field of view needs an azimuth.")})
        if self.device_id and self.number and self.number > self.device.sensor_count:
            raise ValidationError({"number": _("The device has fewer sensors than this.")})


class PlacementQuerySet(PlacedQuerySet["Placement"]):
    """Placements by day."""


class Placement(models.Model):
    """A device at a point: from `since`, to the day before `removed_on`. One device is at one point at a time."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    device = models.ForeignKey(Device, verbose_name=_("device"), on_delete=models.PROTECT, related_name="placements")
    point = models.ForeignKey(
        CameraPoint, verbose_name=_("camera point"), on_delete=models.PROTECT, related_name="placements"
    )
    since = models.DateField(_("at the point since"))
    removed_on = models.DateField(_("taken away on"), null=True, blank=True)
    reason = models.CharField(_("why it came"), max_length=10, choices=PlacementReason, default=PlacementReason.INSTALL)
    removal_reason = models.CharField(_("why it left"), max_length=10, choices=RemovalReason, blank=True)
    document = models.CharField(_("document"), max_length=300, blank=True)

    objects = PlacementQuerySet.as_manager()

    class Meta:
        verbose_name = _("placement")
        verbose_name_plural = _("placements")
        ordering = ("point", "since")
        indexes = [models.Index(fields=["since", "removed_on"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(removed_on__isnull=True) | Q(removed_on__gt=F("since")), name="placement_in_order"
            ),
            models.CheckConstraint(
                condition=Q(removed_on__isnull=True, removal_reason="")
                | (Q(removed_on__isnull=False) & ~Q(removal_reason="")),
                name="placement_end_has_reason",
            ),
            models.UniqueConstraint(fields=["device", "since"], name="placement_once_a_day"),
            models.UniqueConstraint(
                fields=["device"], condition=Q(removed_on__isnull=True), name="placement_one_is_open"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.device} – {self.point}"
