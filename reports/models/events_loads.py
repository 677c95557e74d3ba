"""How events came: files, months as they stand, and the counts that dashboards read."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from region.models import SecurityDistrict, Town
from reports.enums.events import LoadMode, LoadState
from reports.models.events import EventCategory, EventLabel, EventRegister


class EventLoad(models.Model):
    """One file that was written into a register."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    register = models.ForeignKey(
        EventRegister, verbose_name=_("register"), on_delete=models.PROTECT, related_name="loads"
    )
    file_name = models.CharField(_("file"), max_length=160)
    sha256 = models.CharField(_("digest of the file (SHA-256)"), max_length=64)
    mode = models.CharField(_("way"), max_length=10, choices=LoadMode, default=LoadMode.APPEND)
    state = models.CharField(_("state"), max_length=10, choices=LoadState, default=LoadState.APPLIED)
    # First and last day that the file covers.
    since = models.DateField(_("covers from"), null=True, blank=True)
    until = models.DateField(_("covers until"), null=True, blank=True)
    rows_read = models.PositiveBigIntegerField(_("rows read"), default=0)
    rows_stored = models.PositiveBigIntegerField(_("rows written"), default=0)
    rows_rejected = models.PositiveBigIntegerField(_("rows rejected"), default=0)
    reason = models.CharField(_("why published months change"), max_length=300, blank=True)
    at = models.DateTimeField(_("written"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("who"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)

    class Meta:
        verbose_name = _("load of events")
        verbose_name_plural = _("loads of events")
        ordering = ("-at",)
        constraints = [
            models.CheckConstraint(condition=Q(mode__in=LoadMode.values), name="event_load_mode_known"),
            models.CheckConstraint(
                condition=Q(state="applied", undone_at__isnull=True) | Q(state="undone", undone_at__isnull=False),
                name="event_load_undone_when",
            ),
            models.CheckConstraint(
                condition=Q(since__isnull=True, until__isnull=True) | Q(until__gte=F("since")),
                name="event_load_days_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_name} {self.at:%Y-%m-%d %H:%M}"


class EventMonth(models.Model):
    """One month of a register as one file brought it. No row for a month: nothing is known of it; 0 rows: a zero.

    An exchanged month stays with its rows, so that exchanging can be undone; `after` is the one that took its place.
    """

    id = models.BigAutoField(primary_key=True)
    register = models.ForeignKey(
        EventRegister, verbose_name=_("register"), on_delete=models.PROTECT, related_name="months"
    )
    # Its first day, in the region's time zone.
    month = models.DateField(_("month"))
    load = models.ForeignKey(EventLoad, verbose_name=_("file"), on_delete=models.PROTECT, related_name="months")
    rows = models.PositiveBigIntegerField(_("rows"), default=0)
    # Of all its rows, whatever their order: the same rows again are no change.
    fingerprint = models.CharField(_("fingerprint"), max_length=40)
    is_part = models.BooleanField(_("only a part of the month"), default=False)
    is_current = models.BooleanField(_("in use"), default=True)
    after = models.ForeignKey(
        "self", verbose_name=_("replaced by"), null=True, blank=True, on_delete=models.SET_NULL, related_name="before"
    )
    at = models.DateTimeField(_("written"))

    class Meta:
        verbose_name = _("month of a register")
        verbose_name_plural = _("months of a register")
        ordering = ("register", "month")
        constraints = [
            models.UniqueConstraint(
                fields=["register", "month"], condition=Q(is_current=True), name="event_month_once_in_use"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.register} {self.month:%Y-%m}"


class EventSpellingCount(models.Model):
    """How many events of a month have a spelling: for sorting spellings by what they weigh."""

    id = models.BigAutoField(primary_key=True)
    month = models.ForeignKey(
        EventMonth, verbose_name=_("month"), on_delete=models.CASCADE, related_name="spelling_counts"
    )
    label = models.ForeignKey(EventLabel, verbose_name=_("spelling"), on_delete=models.CASCADE, related_name="counts")
    rows = models.PositiveBigIntegerField(_("events"))

    class Meta:
        verbose_name = _("count of a spelling")
        verbose_name_plural = _("counts of spellings")
        constraints = [models.UniqueConstraint(fields=["month", "label"], name="event_spelling_counted_once")]

    def __str__(self) -> str:
        return f"{self.label_id}: {self.rows}"


class EventSummary(models.Model):
    """How many events of a category a register has in a month and place: all that dashboards read."""

    id = models.BigAutoField(primary_key=True)
    register = models.ForeignKey(
        EventRegister,
        verbose_name=_("register"),
        on_delete=models.CASCADE,
        related_name="summaries",
        db_index=False,
    )
    month = models.DateField(_("month"))
    # The year of the month: charts group by it.
    year = models.PositiveSmallIntegerField(_("year"))
    town = models.ForeignKey(
        Town,
        verbose_name=_("town"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    district = models.ForeignKey(
        SecurityDistrict,
        verbose_name=_("district"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    category = models.ForeignKey(
        EventCategory,
        verbose_name=_("category"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    rows = models.PositiveBigIntegerField(_("events"))

    class Meta:
        verbose_name = _("count of events")
        verbose_name_plural = _("counts of events")
        indexes = [models.Index(fields=["register", "month"], name="event_summary_month")]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}: {self.rows}"
