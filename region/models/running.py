"""What is known of tasks beside the queue's own rows, and which effects have been had."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class TaskNote(models.Model):
    """That somebody has looked at the failure of a task and set it aside."""

    wagtail_reference_index_ignore = True

    # The row of the queue; no foreign key, for the queue belongs to a library.
    task_id = models.UUIDField(primary_key=True, editable=False)
    set_aside_at = models.DateTimeField(_("set aside"))
    set_aside_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("set aside by"),
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = _("note on a task")
        verbose_name_plural = _("notes on tasks")

    def __str__(self) -> str:
        return str(self.task_id)


class DoneEffect(models.Model):
    """An effect that a task has had; written in the effect's transaction, so that it is had once."""

    key = models.CharField(_("effect"), max_length=160, primary_key=True)
    at = models.DateTimeField(_("had"), auto_now_add=True, db_index=True)

    class Meta:
        verbose_name = _("effect of a task")
        verbose_name_plural = _("effects of tasks")

    def __str__(self) -> str:
        return self.key
