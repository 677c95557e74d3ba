"""What was done, by whom, to what: append-only."""

from __future__ import annotations

import uuid

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _


class AuditEvent(models.Model):
    """One act. Holds no foreign keys, so that it outlives everything it speaks of."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField(_("when"), auto_now_add=True)
    actor_id = models.CharField(_("who (id)"), max_length=36)
    # In which capacity; names are looked up when the trail is read, so that an erased person is gone from it too.
    actor_roles = models.CharField(_("in the role of"), max_length=200, blank=True)
    action = models.CharField(_("act"), max_length=80)
    target_type = models.CharField(_("kind of thing"), max_length=80)
    target_id = models.CharField(_("thing (id)"), max_length=64)
    target = models.CharField(_("thing"), max_length=200)
    before = models.JSONField(_("before"), default=dict, encoder=DjangoJSONEncoder)
    after = models.JSONField(_("after"), default=dict, encoder=DjangoJSONEncoder)

    class Meta:
        verbose_name = _("audit event")
        verbose_name_plural = _("audit events")
        ordering = ("-at", "-id")
        # Each filter of the screen is read in the order of time, so that a page of ten million events stays quick.
        indexes = [
            models.Index(fields=["at", "id"], name="audit_by_time"),
            models.Index(fields=["actor_id", "at", "id"], name="audit_by_actor"),
            models.Index(fields=["action", "at", "id"], name="audit_by_action"),
            models.Index(fields=["target_type", "at", "id"], name="audit_by_kind"),
            models.Index(fields=["target_type", "target_id", "at", "id"], name="audit_by_target"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action}"


class AuditSeal(models.Model):
    """One link of the chain over the audit trail: `digest` covers the event and the digest before it."""

    number = models.PositiveBigIntegerField(_("number"), primary_key=True)
    event_id = models.UUIDField(_("event"), unique=True)
    sealed_at = models.DateTimeField(_("sealed"))
    digest = models.CharField(_("digest (SHA-256)"), max_length=64)

    class Meta:
        verbose_name = _("seal of the audit trail")
        verbose_name_plural = _("seals of the audit trail")
        ordering = ("number",)

    def __str__(self) -> str:
        return f"{self.number} {self.digest[:12]}"
