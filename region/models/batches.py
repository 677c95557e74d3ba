"""Imports done on screen: what was uploaded, what it would do and did; how files of a kind are read."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from region.enums import BatchStatus
from region.models.kernel import PrivateDocument


class ImportBatch(models.Model):
    """One file on its way into the registers."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # Which importer: a key of the registry of importers.
    importer = models.CharField(_("what"), max_length=40)
    status = models.CharField(_("status"), max_length=10, choices=BatchStatus, default=BatchStatus.UPLOADED)
    file = models.ForeignKey(PrivateDocument, verbose_name=_("file"), on_delete=models.PROTECT, related_name="+")
    # Columns as corrected by hand, sheet, encoding, values for all rows: what the importer reads beside the file.
    options = models.JSONField(_("options"), default=dict, blank=True)
    rows = models.PositiveIntegerField(_("rows"), null=True, blank=True)
    done = models.PositiveIntegerField(_("rows done"), default=0)
    # Counts, notes, first changes and rejections of the last run (dry or written), as the report screen shows them.
    report = models.JSONField(_("report"), default=dict, blank=True)
    rejected_file = models.ForeignKey(
        PrivateDocument,
        verbose_name=_("rejected rows"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    # Every row that was added, changed or removed, before and after: what undoing needs.
    journal = models.ForeignKey(
        PrivateDocument, verbose_name=_("journal"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    error = models.CharField(_("error"), max_length=500, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("uploaded by"), on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(_("uploaded"), auto_now_add=True)
    applied_at = models.DateTimeField(_("written"), null=True, blank=True)
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("undone by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ("-created_at",)
        constraints = [
            models.CheckConstraint(
                condition=models.Q(undone_at__isnull=True, undone_by__isnull=True)
                | models.Q(undone_at__isnull=False, undone_by__isnull=False),
                name="import_undone_by_and_at",
            )
        ]

    def __str__(self) -> str:
        return f"{self.importer} {self.created_at:%Y-%m-%d %H:%M}"


class SavedMapping(models.Model):
    """How files of one kind are read, kept under a name: taken again for the next file with the same headings."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # Which importer: a key of the registry of importers.
    importer = models.CharField(_("what"), max_length=40)
    name = models.CharField(_("name"), max_length=80)
    # Headings of the file that it was made for, folded: what the next such file is known by.
    headings = models.JSONField(_("headings"), default=list)
    # Encoding, separator, sheet, row of the headings, and the heading under which each of our columns stands.
    reading = models.JSONField(_("how it is read"), default=dict)
    # What was said for the whole file.
    values = models.JSONField(_("for the whole file"), default=dict, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("kept by"), on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(_("kept"), auto_now_add=True)
    used_at = models.DateTimeField(_("last used"), null=True, blank=True)

    class Meta:
        verbose_name = _("saved mapping")
        verbose_name_plural = _("saved mappings")
        ordering = ("importer", "name")
        constraints = [models.UniqueConstraint(fields=("importer", "name"), name="mapping_once_by_name")]

    def __str__(self) -> str:
        return self.name
