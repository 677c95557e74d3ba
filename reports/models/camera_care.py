"""What the law and good practice ask about cameras: legal bases, assessments, consultations, yearly reviews."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from region.models.profile import in_language
from reports.enums.cameras import Body, DpiaOutcome, Opinion, Regime, ReviewDecision
from reports.models.camera_points import CameraPoint
from reports.models.camera_systems import CameraSystem, in_force, in_order

if TYPE_CHECKING:
    from datetime import date


class BasisQuerySet(models.QuerySet["LegalBasis"]):
    """Reads by day."""

    def on(self, day: date) -> Self:
        """Bases in force on a day."""
        return self.filter(in_force(day))


class LegalBasis(models.Model):
    """Why a system, or one of its points, may watch: one purpose under one article."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    system = models.ForeignKey(
        CameraSystem, verbose_name=_("system"), on_delete=models.CASCADE, related_name="legal_bases"
    )
    point = models.ForeignKey(
        CameraPoint,
        verbose_name=_("camera point"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="legal_bases",
        help_text=_("Empty: all points of the system."),
    )
    purpose_cs = models.TextField(_("purpose (Czech)"), blank=True)
    purpose_pl = models.TextField(_("purpose (Polish)"), blank=True)
    purpose_en = models.TextField(_("purpose (English)"), blank=True)
    regime = models.CharField(_("law"), max_length=4, choices=Regime, default=Regime.GDPR)
    article = models.CharField(_("article"), max_length=80, help_text=_("Such as Art. 6(1)(e)."))
    national_act = models.CharField(_("national act"), max_length=200, blank=True)
    necessity_cs = models.TextField(_("why it is necessary (Czech)"), blank=True)
    necessity_pl = models.TextField(_("why it is necessary (Polish)"), blank=True)
    necessity_en = models.TextField(_("why it is necessary (English)"), blank=True)
    milder_means_cs = models.TextField(_("milder means tried (Czech)"), blank=True)
    milder_means_pl = models.TextField(_("milder means tried (Polish)"), blank=True)
    milder_means_en = models.TextField(_("milder means tried (English)"), blank=True)
    since = models.DateField(_("since"), null=True, blank=True, help_text=_("Empty: not known."))
    until = models.DateField(_("until"), null=True, blank=True)

    objects = BasisQuerySet.as_manager()

    class Meta:
        verbose_name = _("legal basis")
        verbose_name_plural = _("legal bases")
        ordering = ("system", "point", "article", "id")
        constraints = [
            in_order("legal_basis_in_order"),
            models.CheckConstraint(
                condition=~Q(purpose_cs="") | ~Q(purpose_pl="") | ~Q(purpose_en=""), name="legal_basis_has_purpose"
            ),
            models.CheckConstraint(condition=~Q(article=""), name="legal_basis_has_article"),
        ]

    def __str__(self) -> str:
        return self.article

    @property
    def purpose(self) -> str:
        """The purpose in the reader's language."""
        return in_language(self, "purpose")

    @property
    def necessity(self) -> str:
        """Why it is necessary, in the reader's language."""
        return in_language(self, "necessity")

    @property
    def milder_means(self) -> str:
        """What was tried before, in the reader's language."""
        return in_language(self, "milder_means")

    def clean(self) -> None:
        """Ask for a purpose; a point must belong to the system."""
        super().clean()
        if not self.purpose:
            raise ValidationError({"purpose_cs": _("Give the purpose in one language at least.")})
        if self.point_id and self.point and self.point.system_id != self.system_id:
            raise ValidationError({"point": _("This point belongs to another system.")})


class Dpia(models.Model):
    """A data-protection impact assessment of a system."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    system = models.ForeignKey(CameraSystem, verbose_name=_("system"), on_delete=models.CASCADE, related_name="dpias")
    done_on = models.DateField(_("date"))
    outcome = models.CharField(_("outcome"), max_length=14, choices=DpiaOutcome)
    next_review = models.DateField(_("next review"), null=True, blank=True)
    summary_cs = models.TextField(_("public summary (Czech)"), blank=True)
    summary_pl = models.TextField(_("public summary (Polish)"), blank=True)
    summary_en = models.TextField(_("public summary (English)"), blank=True)
    document_url = models.URLField(_("address of the public document"), blank=True)
    officer_opinion = models.TextField(
        _("opinion of the data-protection officer"), blank=True, help_text=_("Never published.")
    )

    class Meta:
        verbose_name = _("impact assessment")
        verbose_name_plural = _("impact assessments")
        ordering = ("system", "-done_on")
        constraints = [
            models.CheckConstraint(
                condition=Q(next_review__isnull=True) | Q(next_review__gt=F("done_on")),
                name="dpia_review_comes_later",
                violation_error_message=_("The next review comes after it."),
            ),
            models.UniqueConstraint(
                fields=["system", "done_on"],
                name="dpia_once_a_day",
                violation_error_message=_("This is in the register already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.system} {self.done_on:%Y-%m-%d}"

    @property
    def summary(self) -> str:
        """The public summary in the reader's language."""
        return in_language(self, "summary")


class Consultation(models.Model):
    """Somebody asked about a system or one of its points, and what was said."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    system = models.ForeignKey(
        CameraSystem, verbose_name=_("system"), on_delete=models.CASCADE, related_name="consultations"
    )
    point = models.ForeignKey(
        CameraPoint,
        verbose_name=_("camera point"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="consultations",
        help_text=_("Empty: the whole system."),
    )
    body = models.CharField(_("who was asked"), max_length=16, choices=Body)
    body_name = models.CharField(_("name of the body"), max_length=200, blank=True)
    asked_on = models.DateField(_("asked on"), null=True, blank=True)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    opinion = models.CharField(_("opinion"), max_length=12, choices=Opinion, default=Opinion.WAITING)
    text = models.TextField(_("what was said"), blank=True, help_text=_("Never published."))
    document = models.CharField(_("document"), max_length=300, blank=True)
    document_url = models.URLField(_("address of the document"), blank=True)

    class Meta:
        verbose_name = _("consultation")
        verbose_name_plural = _("consultations")
        ordering = ("system", F("asked_on").asc(nulls_first=True), "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(asked_on__isnull=True) | Q(answered_on__isnull=True) | Q(answered_on__gte=F("asked_on")),
                name="consultation_in_order",
                violation_error_message=_("The answer cannot come before the question."),
            ),
            models.CheckConstraint(
                condition=~Q(opinion="waiting") | Q(answered_on__isnull=True),
                name="consultation_answer_has_opinion",
                violation_error_message=_("Say what the answer was."),
            ),
        ]

    def __str__(self) -> str:
        return self.body_name or str(self.get_body_display())

    def clean(self) -> None:
        """A point must belong to the system."""
        super().clean()
        if self.point_id and self.point and self.point.system_id != self.system_id:
            raise ValidationError({"point": _("This point belongs to another system.")})


class YearlyReview(models.Model):
    """Once a year: is the point still necessary, and what follows."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    point = models.ForeignKey(
        CameraPoint, verbose_name=_("camera point"), on_delete=models.CASCADE, related_name="reviews"
    )
    year = models.PositiveSmallIntegerField(_("year"), validators=[MinValueValidator(1990), MaxValueValidator(2200)])
    reviewed_on = models.DateField(_("date of the review"))
    is_necessary = models.BooleanField(_("still necessary"))
    decision = models.CharField(_("decision"), max_length=10, choices=ReviewDecision)
    reasons = models.TextField(_("reasons"), help_text=_("What was expected, what was seen. Published."))
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("noted by"), null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("yearly review")
        verbose_name_plural = _("yearly reviews")
        ordering = ("point", "-year")
        constraints = [
            models.UniqueConstraint(fields=["point", "year"], name="yearly_review_once"),
            models.CheckConstraint(
                condition=Q(is_necessary=True) | ~Q(decision="keep"), name="yearly_review_unnecessary_goes"
            ),
            models.CheckConstraint(condition=~Q(reasons=""), name="yearly_review_has_reasons"),
        ]

    def __str__(self) -> str:
        return f"{self.point} {self.year}"
