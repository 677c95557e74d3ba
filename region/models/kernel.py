"""What all areas stand on: numbers without gaps, forms sent once, days off, saved views, signs of life."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class NumberSeries(models.Model):
    """The last number given out in one series and year; its row is the lock of the series."""

    key = models.CharField(_("series"), max_length=60)
    year = models.PositiveSmallIntegerField(_("year"))
    last = models.PositiveIntegerField(_("last number"), default=0)

    class Meta:
        verbose_name = _("number series")
        verbose_name_plural = _("number series")
        constraints = [models.UniqueConstraint(fields=["key", "year"], name="number_series_unique")]

    def __str__(self) -> str:
        return f"{self.key} {self.year}: {self.last}"


class SentForm(models.Model):
    """A form that has had its effect: the same one sent again leads to the same place and changes nothing."""

    key = models.UUIDField(primary_key=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    action = models.CharField(_("act"), max_length=80)
    sent_at = models.DateTimeField(_("sent"), auto_now_add=True)
    path = models.CharField(_("result"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("form that was sent")
        verbose_name_plural = _("forms that were sent")

    def __str__(self) -> str:
        return self.action


class DayOverride(models.Model):
    """A day on which the office is closed, or works although the calendar says holiday."""

    day = models.DateField(_("day"), primary_key=True)
    is_working = models.BooleanField(_("working day"))
    reason = models.CharField(_("reason"), max_length=160)

    class Meta:
        verbose_name = _("exception of the calendar")
        verbose_name_plural = _("exceptions of the calendar")
        ordering = ("day",)

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d} {self.reason}"


class SavedView(models.Model):
    """Filters of a list under a name; the address of the list with `query` shows it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("whose"), on_delete=models.CASCADE, related_name="saved_views"
    )
    # Name of the list's address, such as region:office-people.
    screen = models.CharField(_("list"), max_length=80)
    name = models.CharField(_("name"), max_length=60)
    query = models.CharField(_("filters"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        ordering = ("name",)
        constraints = [models.UniqueConstraint(fields=["user", "screen", "name"], name="saved_view_name_unique")]

    def __str__(self) -> str:
        return self.name


class Heartbeat(models.Model):
    """The last sign of life of something that runs by itself: a worker, the minute tick, one of its duties."""

    name = models.CharField(_("name"), max_length=120, primary_key=True)
    at = models.DateTimeField(_("last sign of life"))
    seconds = models.FloatField(_("took (s)"), default=0)
    changed = models.PositiveIntegerField(_("things done"), default=0)
    failures = models.PositiveIntegerField(_("failures in a row"), default=0)
    last_error = models.CharField(_("last error"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("sign of life")
        verbose_name_plural = _("signs of life")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class PrivateDocument(models.Model):
    """A file that only some may read: streamed by a view that asks `rule`, never under the address of media."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # Which rule decides who reads it (registered by the area that owns the document) and for which record.
    rule = models.CharField(_("rule"), max_length=60)
    target_id = models.CharField(_("belongs to"), max_length=64, blank=True)
    name = models.CharField(_("file name"), max_length=160)
    # Generated: says nothing of the name that the sender gave.
    stored_as = models.CharField(max_length=120, unique=True, editable=False)
    content_type = models.CharField(_("type"), max_length=100)
    size = models.PositiveBigIntegerField(_("size (bytes)"))
    sha256 = models.CharField("SHA-256", max_length=64, db_index=True)
    scan = models.CharField(_("virus scan"), max_length=10, default="unscanned")
    scan_note = models.CharField(max_length=120, blank=True)
    added_at = models.DateTimeField(_("added"), auto_now_add=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("added by"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    removed_at = models.DateTimeField(_("removed"), null=True, blank=True)

    class Meta:
        verbose_name = _("private document")
        verbose_name_plural = _("private documents")
        ordering = ("added_at",)
        indexes = [models.Index(fields=["rule", "target_id"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(scan__in=["clean", "unscanned", "infected"]), name="private_document_scan_known"
            )
        ]

    def __str__(self) -> str:
        return self.name
