"""What sources say (observations), which of them is preferred, and what was corrected."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar, NoReturn

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from region.models import SecurityDistrict, Town
from region.models.profile import in_language
from reports.enums.figures import MissingReason, ObservationPrecision, ObservationStatus, RevisionAct
from reports.models.figures import Metric, SourceDocument

NOWHERE = uuid.UUID(int=0)
NEVER = "9999-12-31"


def _no_place(name: str) -> Coalesce:
    """A reference that a unique rule compares: two empty ones are the same."""
    return Coalesce(F(name), Value(NOWHERE, output_field=models.UUIDField()))


def _no_end() -> Coalesce:
    return Coalesce(F("period_until"), Value(NEVER, output_field=models.DateField()))


class Placed(models.Model):
    """A metric in an area and a period. Both references empty: the whole region; no end: to date."""

    metric = models.ForeignKey(Metric, verbose_name=_("metric"), on_delete=models.PROTECT, related_name="%(class)ss")
    town = models.ForeignKey(
        Town, verbose_name=_("town"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    district = models.ForeignKey(
        SecurityDistrict, verbose_name=_("district"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    period_from = models.DateField(_("period from"))
    period_until = models.DateField(
        _("period until"), null=True, blank=True, help_text=_("The last day. Empty: to date.")
    )

    class Meta:
        abstract = True


class Observation(Placed):
    """What one source says of a metric in an area and a period. Another source never overwrites it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    source = models.ForeignKey(
        SourceDocument, verbose_name=_("source"), on_delete=models.PROTECT, related_name="observations"
    )
    value = models.DecimalField(_("value"), max_digits=20, decimal_places=6, null=True, blank=True)
    missing = models.CharField(_("why there is no value"), max_length=20, choices=MissingReason, blank=True)
    precision = models.CharField(
        _("precision"), max_length=12, choices=ObservationPrecision, default=ObservationPrecision.EXACT
    )
    status = models.CharField(_("status"), max_length=12, choices=ObservationStatus, default=ObservationStatus.FINAL)
    as_of_earliest = models.DateField(_("as of: not before"), null=True, blank=True)
    as_of_latest = models.DateField(_("as of: not after"), null=True, blank=True)
    page = models.CharField(_("page or place in the document"), max_length=80, blank=True)
    quote = models.TextField(_("quote, word for word"), blank=True)
    note_cs = models.CharField(_("note (Czech)"), max_length=250, blank=True)
    note_pl = models.CharField(_("note (Polish)"), max_length=250, blank=True)
    note_en = models.CharField(_("note (English)"), max_length=250, blank=True)

    # Which form Wagtail edits it with, said where the editors' screens are set up.
    base_form_class: ClassVar[type]

    class Meta:
        verbose_name = _("observation")
        verbose_name_plural = _("observations")
        ordering = ("metric", "-period_from", "source")
        constraints = [
            models.UniqueConstraint(
                F("metric"),
                _no_place("town"),
                _no_place("district"),
                F("period_from"),
                _no_end(),
                F("source"),
                name="observation_once_a_source",
                violation_error_message=_("This source has a value for this area and period already."),
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=False, missing="") | Q(value__isnull=True) & ~Q(missing=""),
                name="observation_value_or_reason",
                violation_error_message=_("Write a value, or say why there is none; not both."),
            ),
            models.CheckConstraint(
                condition=Q(town__isnull=True) | Q(district__isnull=True),
                name="observation_one_area",
                violation_error_message=_("Choose a town or a district, not both."),
            ),
            models.CheckConstraint(
                condition=Q(period_until__isnull=True) | Q(period_until__gte=F("period_from")),
                name="observation_period_in_order",
                violation_error_message=_("The period must end after it begins."),
            ),
            models.CheckConstraint(
                condition=Q(as_of_earliest__isnull=True, as_of_latest__isnull=True)
                | Q(as_of_earliest__isnull=False, as_of_latest__isnull=False, as_of_latest__gte=F("as_of_earliest")),
                name="observation_as_of_in_order",
                violation_error_message=_(
                    "Write both days of “as of”, the earlier one first; the same day twice if it is known."
                ),
            ),
            # What is not over says up to when it was counted.
            models.CheckConstraint(
                condition=Q(as_of_earliest__isnull=False) | Q(period_until__isnull=False) & ~Q(status="part"),
                name="observation_to_date_has_as_of",
                violation_error_message=_("Say as of when a period that is not over was counted."),
            ),
            models.CheckConstraint(
                condition=Q(missing__in=["", *MissingReason.values]), name="observation_missing_known"
            ),
            models.CheckConstraint(condition=Q(status__in=ObservationStatus.values), name="observation_status_known"),
            models.CheckConstraint(
                condition=Q(precision__in=ObservationPrecision.values), name="observation_precision_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.metric} {self.period_from:%Y-%m-%d}"

    @property
    def note(self) -> str:
        """The note in the reader's language."""
        return in_language(self, "note")


class KeptQuerySet(models.QuerySet[Any]):
    """Rows that are read and added only."""

    def update(self, **_values: Any) -> NoReturn:
        """Never."""
        raise TypeError("append-only")

    def delete(self) -> NoReturn:
        """Never."""
        raise TypeError("append-only")


class Kept(models.Model):
    """A row that is written once: the database refuses changes too (``reports/migrations/0002_safeguards.py``)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField(_("when"), db_index=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("who"), null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = KeptQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **options: Any) -> None:
        """Write it for the first time; there is no second."""
        if not self._state.adding:
            self._refuse()
        super().save(*args, **options)

    def delete(self, *_args: Any, **_options: Any) -> NoReturn:
        """Never."""
        self._refuse()

    def _refuse(self) -> NoReturn:
        raise TypeError(f"{type(self).__name__} is append-only")


class ObservationRevision(Kept):
    """An observation after one act, whole. `observation_id` is no reference: it outlives the observation."""

    metric = models.ForeignKey(Metric, verbose_name=_("metric"), on_delete=models.PROTECT, related_name="revisions")
    observation_id = models.UUIDField(_("observation"), db_index=True)
    act = models.CharField(_("act"), max_length=12, choices=RevisionAct)
    state = models.JSONField(_("state"), encoder=DjangoJSONEncoder)
    why = models.TextField(_("why"), blank=True)

    class Meta:
        verbose_name = _("state of an observation")
        verbose_name_plural = _("states of observations")
        ordering = ("at",)
        indexes = [models.Index(fields=["metric", "at"], name="revision_of_metric")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.act}"


class Resolution(Placed):
    """Which of several sources our totals use, and why. It is ended, never deleted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    preferred = models.ForeignKey(
        Observation, verbose_name=_("preferred value"), on_delete=models.PROTECT, related_name="resolutions"
    )
    made_at = models.DateTimeField(_("made"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("made by"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.TextField(_("why"))
    public_note_cs = models.TextField(_("public note (Czech)"), blank=True)
    public_note_pl = models.TextField(_("public note (Polish)"), blank=True)
    public_note_en = models.TextField(_("public note (English)"), blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("ended by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    # Which form Wagtail edits it with, said where the editors' screens are set up.
    base_form_class: ClassVar[type]

    class Meta:
        verbose_name = _("resolution of a conflict")
        verbose_name_plural = _("resolutions of conflicts")
        ordering = ("-made_at",)
        constraints = [
            models.UniqueConstraint(
                F("metric"),
                _no_place("town"),
                _no_place("district"),
                F("period_from"),
                _no_end(),
                condition=Q(ended_at__isnull=True),
                name="resolution_one_in_force",
                violation_error_message=_("A decision about this is in force already."),
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_at__gte=F("made_at")),
                name="resolution_end_in_order",
            ),
            models.CheckConstraint(
                condition=~Q(public_note_cs="", public_note_pl="", public_note_en=""),
                name="resolution_says_why",
                violation_error_message=_("Say why to readers too, in one language at least."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.metric} {self.period_from:%Y-%m-%d}"

    @property
    def public_note(self) -> str:
        """The note in the reader's language."""
        return in_language(self, "public_note")


class Correction(Kept):
    """One entry of the feed of corrections: of a value, or of a month of a register of events.

    `before` and `after` hold the value as it was and as it is: ``{"value": "7500", "missing": "", …}``.
    """

    observation = models.ForeignKey(
        Observation,
        verbose_name=_("observation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="corrections",
    )
    register = models.CharField(_("register of events"), max_length=80, blank=True)
    month = models.DateField(_("month of the register"), null=True, blank=True)
    before = models.JSONField(_("before"), encoder=DjangoJSONEncoder)
    after = models.JSONField(_("after"), encoder=DjangoJSONEncoder)
    reason_cs = models.TextField(_("reason (Czech)"), blank=True)
    reason_pl = models.TextField(_("reason (Polish)"), blank=True)
    reason_en = models.TextField(_("reason (English)"), blank=True)

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ("-at",)
        constraints = [
            models.CheckConstraint(
                condition=Q(observation__isnull=False, register="", month__isnull=True)
                | Q(observation__isnull=True, month__isnull=False) & ~Q(register=""),
                name="correction_of_value_or_month",
            ),
            models.CheckConstraint(
                condition=~Q(reason_cs="", reason_pl="", reason_en=""),
                name="correction_says_why",
                violation_error_message=_("Say why, in one language at least."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.reason}"

    @property
    def reason(self) -> str:
        """The reason in the reader's language."""
        return in_language(self, "reason")
