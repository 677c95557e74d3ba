"""People responsible for districts and towns, and since when."""

from __future__ import annotations

import uuid
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from region.enums import OfficerRole
from region.models.districts import SecurityDistrict
from region.models.fields import OfficeHoursField
from region.models.towns import Town
from region.office_hours import parse_problem


def validate_office_hours(value: object) -> None:
    """Refuse anything but a list of [weekday 0–6, "HH:MM", "HH:MM"]."""
    problem = parse_problem(value)
    if problem:
        raise ValidationError(problem)


class Officer(models.Model):
    """A named person who answers for safety somewhere. Personal data: name, photo, phone, e-mail."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(_("code in imports"), max_length=40, unique=True, null=True, blank=True)
    rank = models.CharField(_("rank or title"), max_length=40, blank=True)
    name = models.CharField(_("name"), max_length=120)
    organisation = models.CharField(_("organisation"), max_length=160, blank=True)
    phone = models.CharField(_("public phone"), max_length=30, blank=True)
    email = models.EmailField(
        _("e-mail"), blank=True, help_text=_("Messages from the contact form go here; never printed on a page.")
    )
    office_hours = OfficeHoursField(_("office hours"), default=list, blank=True, validators=[validate_office_hours])
    photo = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("photo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    is_example = models.BooleanField(
        _("example"), default=False, help_text=_("Invented for a demonstration; pages say so.")
    )

    class Meta:
        verbose_name = _("officer")
        verbose_name_plural = _("officers")
        ordering = ("name",)

    def __str__(self) -> str:
        return f"{self.rank} {self.name}".strip()


class AssignmentQuerySet(models.QuerySet["OfficerAssignment"]):
    """Reads by day."""

    def on(self, day: object) -> Self:
        """Assignments in force on ``day`` (both ends included)."""
        return self.filter(Q(until__isnull=True) | Q(until__gte=day), since__lte=day)


class OfficerAssignment(models.Model):
    """Who answers for a district (or the whole town) in which function, and when. Ended rows stay as history."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    officer = models.ForeignKey(
        Officer, verbose_name=_("officer"), on_delete=models.PROTECT, related_name="assignments"
    )
    town = models.ForeignKey(Town, verbose_name=_("town"), on_delete=models.PROTECT, related_name="assignments")
    district = models.ForeignKey(
        SecurityDistrict,
        verbose_name=_("district"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="assignments",
        help_text=_("Empty: the whole town."),
    )
    role = models.CharField(_("function"), max_length=20, choices=OfficerRole)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)
    substitute = models.ForeignKey(
        Officer,
        verbose_name=_("substitute"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="substitutions",
    )

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ("town", "role", "since")
        indexes = [models.Index(fields=["town", "since"]), models.Index(fields=["district", "since"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="assignment_until_after_since"
            ),
            models.CheckConstraint(
                condition=Q(substitute__isnull=True) | ~Q(substitute=F("officer")),
                name="assignment_substitute_is_other",
            ),
            models.UniqueConstraint(
                fields=["officer", "district", "role", "since"],
                condition=Q(district__isnull=False),
                name="assignment_once_a_day_in_district",
            ),
            models.UniqueConstraint(
                fields=["officer", "town", "role", "since"],
                condition=Q(district__isnull=True),
                name="assignment_once_a_day_in_town",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.officer} – {self.get_role_display()}"

    def clean(self) -> None:
        """A district must lie in the town."""
        if self.district_id and self.district and self.district.town_id != self.town_id:
            raise ValidationError({"district": _("This district belongs to another town.")})
