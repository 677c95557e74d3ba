"""Camera systems: who runs them, who watches, how long recordings are kept."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self, TypeVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from region.enums import Country
from region.models.profile import in_language
from region.models.towns import Town
from reports.camera_rules import retention_problem
from reports.enums.cameras import Answer, Joinable

if TYPE_CHECKING:
    from datetime import date

Row = TypeVar("Row", bound=models.Model)
BACKWARDS = _("The end must not come before the beginning.")


def in_force(day: date) -> Q:
    """Rows with `since` and `until` that hold on a day; an end that is not known is open, both days included."""
    return (Q(since__isnull=True) | Q(since__lte=day)) & (Q(until__isnull=True) | Q(until__gte=day))


def in_order(name: str) -> models.CheckConstraint:
    """The constraint that `until` does not come before `since`."""
    condition = Q(since__isnull=True) | Q(until__isnull=True) | Q(until__gte=F("since"))
    return models.CheckConstraint(condition=condition, name=name, violation_error_message=BACKWARDS)


class CameraSystem(models.Model):
    """One operator's system of cameras, with everything that the law asks of it as a whole."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(_("part of the address"), max_length=80, unique=True)
    name_cs = models.CharField(_("name (Czech)"), max_length=160, blank=True)
    name_pl = models.CharField(_("name (Polish)"), max_length=160, blank=True)
    name_en = models.CharField(_("name (English)"), max_length=160, blank=True)
    country = models.CharField(
        _("country"), max_length=2, choices=Country, help_text=_("Decides which law limits sound and how long to keep.")
    )
    town = models.ForeignKey(
        Town,
        verbose_name=_("town"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="camera_systems",
        help_text=_("Empty: the whole region."),
    )
    controller = models.CharField(_("controller"), max_length=200, blank=True)
    controller_contact = models.CharField(_("contact of the controller"), max_length=300, blank=True)
    processor = models.CharField(_("processor"), max_length=200, blank=True)
    dpo_office = models.CharField(
        _("office of the data-protection officer"),
        max_length=200,
        blank=True,
        help_text=_("The office, not a person's name."),
    )
    dpo_contact = models.CharField(_("contact of that office"), max_length=300, blank=True)
    retention_days = models.PositiveSmallIntegerField(
        _("recordings kept (days)"), null=True, blank=True, validators=[MaxValueValidator(3650)]
    )
    has_evidence_hold = models.BooleanField(
        _("recordings that are evidence are kept longer"),
        default=False,
        help_text=_("Only then may the time be longer than three months in Poland."),
    )
    audio_note = models.TextField(
        _("legal note on sound"), blank=True, help_text=_("On what law sound is recorded. Needed in Poland.")
    )
    leaves_eea = models.CharField(
        _("recordings leave the European Economic Area"), max_length=10, choices=Answer, default=Answer.UNANSWERED
    )
    automated_decisions = models.CharField(
        _("decisions are made without a person"), max_length=10, choices=Answer, default=Answer.UNANSWERED
    )
    notice_url = models.URLField(_("address of the privacy notice"), blank=True)
    code_of_practice_url = models.URLField(_("address of the code of practice"), blank=True)
    note_cs = models.TextField(_("public note (Czech)"), blank=True)
    note_pl = models.TextField(_("public note (Polish)"), blank=True)
    note_en = models.TextField(_("public note (English)"), blank=True)
    network_note = models.TextField(_("network and equipment"), blank=True, help_text=_("Never published."))
    same_body_may_approve = models.BooleanField(
        _("one body may approve both sides of an access"),
        default=False,
        help_text=_("Then the same person may approve the technical and the financial side."),
    )
    is_published = models.BooleanField(_("published"), default=False)
    is_example = models.BooleanField(
        _("example"), default=False, help_text=_("Invented for a demonstration; pages say so.")
    )

    class Meta:
        verbose_name = _("camera system")
        verbose_name_plural = _("camera systems")
        ordering = ("slug",)
        constraints = [
            models.CheckConstraint(
                condition=~Q(name_cs="") | ~Q(name_pl="") | ~Q(name_en=""), name="camera_system_has_name"
            ),
            models.CheckConstraint(
                condition=~Q(country="PL")
                | Q(retention_days__isnull=True)
                | Q(retention_days__lte=92)
                | Q(has_evidence_hold=True),
                name="camera_system_retention_within_law",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Name in the reader's language."""
        return in_language(self, "name")

    @property
    def note(self) -> str:
        """Public note in the reader's language."""
        return in_language(self, "note")

    def clean(self) -> None:
        """Say in words what the database would refuse."""
        super().clean()
        if not self.name:
            raise ValidationError({"name_cs": _("Give the name in one language at least.")})
        problem = retention_problem(
            country=self.country, days=self.retention_days, has_evidence_hold=self.has_evidence_hold
        )
        if problem:
            raise ValidationError({"retention_days": problem})


class DatedQuerySet(models.QuerySet[Row]):
    """Reads by day."""

    def on(self, day: date) -> Self:
        """Rows in force on a day."""
        return self.filter(in_force(day))


class OperatorQuerySet(DatedQuerySet["SystemOperator"]):
    """Operators by day."""


class SystemOperator(models.Model):
    """Who runs a system, from when until when (both days included)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    system = models.ForeignKey(
        CameraSystem, verbose_name=_("system"), on_delete=models.CASCADE, related_name="operators"
    )
    name = models.CharField(_("operator"), max_length=200)
    since = models.DateField(_("since"), null=True, blank=True, help_text=_("Empty: not known."))
    until = models.DateField(_("until"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)

    objects = OperatorQuerySet.as_manager()

    class Meta:
        verbose_name = _("operator of a system")
        verbose_name_plural = _("operators of systems")
        ordering = ("system", F("since").asc(nulls_first=True), "name")
        constraints = [
            in_order("system_operator_in_order"),
            models.UniqueConstraint(
                fields=["system", "name", "since"],
                name="system_operator_once_a_day",
                violation_error_message=_("This is in the register already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class WorkstationQuerySet(DatedQuerySet["Workstation"]):
    """Workstations by day."""


class Workstation(models.Model):
    """A place where pictures are watched. Which organisation sits there is public; where and how many is not."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    system = models.ForeignKey(
        CameraSystem, verbose_name=_("system"), on_delete=models.CASCADE, related_name="workstations"
    )
    organisation = models.CharField(_("organisation"), max_length=200)
    place = models.CharField(_("place"), max_length=200, blank=True, help_text=_("Never published."))
    staffing = models.CharField(_("staffing"), max_length=200, blank=True, help_text=_("Never published."))
    since = models.DateField(_("since"), null=True, blank=True, help_text=_("Empty: not known."))
    until = models.DateField(_("until"), null=True, blank=True)

    objects = WorkstationQuerySet.as_manager()

    class Meta:
        verbose_name = _("workstation")
        verbose_name_plural = _("workstations")
        ordering = ("system", "organisation")
        constraints = [in_order("workstation_in_order")]

    def __str__(self) -> str:
        return self.organisation


class ExternalCameraSet(models.Model):
    """Cameras of somebody else, known as a number only: never added to our points or devices."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    system = models.ForeignKey(
        CameraSystem,
        verbose_name=_("system they could be joined to"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="external_sets",
    )
    town = models.ForeignKey(
        Town, verbose_name=_("town"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    owner = models.CharField(_("owner"), max_length=200)
    count = models.PositiveIntegerField(_("number of cameras"))
    joinable = models.CharField(_("joining"), max_length=10, choices=Joinable)
    as_of = models.DateField(_("as of"))
    contact = models.CharField(_("contact"), max_length=300, blank=True, help_text=_("Never published."))
    agreement = models.CharField(_("agreement"), max_length=300, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    source_url = models.URLField(_("address of the source"), blank=True)
    is_published = models.BooleanField(_("published"), default=False)

    class Meta:
        verbose_name = _("set of external cameras")
        verbose_name_plural = _("sets of external cameras")
        ordering = ("owner", "-as_of")
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "joinable", "as_of"],
                name="external_cameras_once_a_day",
                violation_error_message=_("This is in the register already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.owner}: {self.count}"
