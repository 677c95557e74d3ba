"""Places with cameras, their stages, and what was decided about them."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from region.models.districts import SecurityDistrict
from region.models.towns import Town
from reports.enums.cameras import LocationStatus, Stage, Surroundings
from reports.models.camera_systems import CameraSystem

if TYPE_CHECKING:
    from datetime import date


class CameraPoint(models.Model):
    """A place with one or more devices. A point is no device and no sensor: each is counted by itself."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(
        _("code"),
        max_length=40,
        unique=True,
        validators=[RegexValidator(r"^[0-9A-Za-z_-]+$", _("Use letters without marks, digits, - and _ alone."))],
        help_text=_("Stands in the page's address."),
    )
    system = models.ForeignKey(CameraSystem, verbose_name=_("system"), on_delete=models.PROTECT, related_name="points")
    name = models.CharField(_("name of the place"), max_length=200)
    town = models.ForeignKey(
        Town, verbose_name=_("town"), null=True, blank=True, on_delete=models.PROTECT, related_name="camera_points"
    )
    district = models.ForeignKey(
        SecurityDistrict,
        verbose_name=_("district"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="camera_points",
    )
    address = models.CharField(_("address"), max_length=200, blank=True)
    location_status = models.CharField(
        _("location"), max_length=12, choices=LocationStatus, default=LocationStatus.NONE
    )
    lon = models.FloatField(
        _("longitude"), null=True, blank=True, validators=[MinValueValidator(-180), MaxValueValidator(180)]
    )
    lat = models.FloatField(
        _("latitude"), null=True, blank=True, validators=[MinValueValidator(-90), MaxValueValidator(90)]
    )
    surroundings = models.CharField(
        _("surroundings"), max_length=14, choices=Surroundings, default=Surroundings.UNKNOWN
    )
    # As it stands now; `StageChange` says what it was on any day. Both are written together.
    stage = models.CharField(_("stage"), max_length=10, choices=Stage, default=Stage.PROPOSED, editable=False)
    stage_since = models.DateField(_("in this stage since"), null=True, editable=False)
    planned_by = models.DateField(
        _("to be installed by"), null=True, blank=True, help_text=_("What the operator announced.")
    )
    expected_device_count = models.PositiveSmallIntegerField(
        _("expected number of devices"),
        null=True,
        blank=True,
        help_text=_("When only a number is known. Never added to devices that are in the register."),
    )
    source = models.CharField(_("source"), max_length=300, blank=True)
    source_url = models.URLField(_("address of the source"), blank=True)
    note = models.TextField(_("internal note"), blank=True, help_text=_("Never published."))
    is_published = models.BooleanField(_("published"), default=False, editable=False)
    is_example = models.BooleanField(
        _("example"), default=False, help_text=_("Invented for a demonstration; pages say so.")
    )

    class Meta:
        verbose_name = _("camera point")
        verbose_name_plural = _("camera points")
        ordering = ("code",)
        indexes = [
            models.Index(fields=["stage", "is_published"]),
            models.Index(fields=["town", "district"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(location_status="none", lon__isnull=True, lat__isnull=True)
                | (~Q(location_status="none") & Q(lon__isnull=False, lat__isnull=False)),
                name="camera_point_place_whole",
            ),
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="camera_point_stage_known"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    def clean(self) -> None:
        """Say in words what the database would refuse, and see that the district lies in the town."""
        super().clean()
        has_place = self.lon is not None and self.lat is not None
        if has_place != (self.location_status != LocationStatus.NONE) or (self.lon is None) != (self.lat is None):
            raise ValidationError({"location_status": _("Give both coordinates, or say that there is no place.")})
        if self.district_id and self.district and self.district.town_id != self.town_id:
            raise ValidationError({"district": _("This district belongs to another town.")})


class StageQuerySet(models.QuerySet["StageChange"]):
    """Reads by day."""

    def on(self, day: date) -> Self:
        """The one row of each point that says its stage on a day."""
        return self.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=day), since__lte=day)

    def meant(self) -> Self:
        """Rows that were not taken back."""
        return self.filter(taken_back_at__isnull=True)


class StageChange(models.Model):
    """One stage of a point: from `since`, to the day before `ended_on`. Rows of a point neither overlap nor gape."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    point = models.ForeignKey(
        CameraPoint, verbose_name=_("camera point"), on_delete=models.CASCADE, related_name="stage_changes"
    )
    stage = models.CharField(_("stage"), max_length=10, choices=Stage)
    since = models.DateField(_("since"))
    ended_on = models.DateField(_("next stage since"), null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    document = models.CharField(_("document"), max_length=300, blank=True)
    noted_at = models.DateTimeField(_("noted"), auto_now_add=True)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("noted by"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    # Filled when it was noted by mistake and taken back: then it ends on the day it began, and so held on no day.
    taken_back_at = models.DateTimeField(_("taken back"), null=True, blank=True)
    taken_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("taken back by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    taken_back_reason = models.TextField(_("why it was taken back"), blank=True)

    objects = StageQuerySet.as_manager()

    class Meta:
        verbose_name = _("stage of a point")
        verbose_name_plural = _("stages of points")
        ordering = ("point", "since", "noted_at")
        indexes = [models.Index(fields=["since", "ended_on", "stage"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("since")), name="stage_change_in_order"
            ),
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="stage_change_stage_known"),
            models.UniqueConstraint(
                fields=["point"], condition=Q(ended_on__isnull=True), name="stage_change_one_is_current"
            ),
            models.CheckConstraint(
                condition=Q(taken_back_at__isnull=True, taken_back_by__isnull=True, taken_back_reason="")
                | Q(taken_back_at__isnull=False, taken_back_by__isnull=False, ended_on=F("since"))
                & ~Q(taken_back_reason=""),
                name="stage_change_taken_back_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_stage_display()} {self.since:%Y-%m-%d}"
