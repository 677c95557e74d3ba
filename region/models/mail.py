"""Messages waiting to be sent: written in the same transaction as the act they tell of."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from region.enums import MailStatus


class OutboxMessage(models.Model):
    """One e-mail. Nothing is sent for what was rolled back, nothing is lost while the mail server is down."""

    # No editor asks where a record like this is used.
    wagtail_reference_index_ignore = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(_("written"), auto_now_add=True)
    idempotency_key = models.UUIDField(null=True, blank=True, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=40, default="message")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    to = models.EmailField(_("to"))
    reply_to = models.EmailField(_("reply to"), blank=True)
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("text"))
    is_secret = models.BooleanField(
        _("secret"), default=False, help_text=_("Holds a code or link: never shown, and forgotten once it is sent.")
    )
    status = models.CharField(_("status"), max_length=10, choices=MailStatus, default=MailStatus.WAITING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_attempt_at = models.DateTimeField(_("next attempt"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    # Who is sending it now: a random number of that one attempt, so that only its maker notes how it ended.
    claim = models.UUIDField(null=True, blank=True, editable=False)
    claimed_at = models.DateTimeField(null=True, blank=True, editable=False)
    last_error = models.CharField(_("last error"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ("created_at",)
        indexes = [models.Index(fields=["status", "next_attempt_at"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=["sent", "bounced"], sent_at__isnull=False)
                | (~models.Q(status__in=["sent", "bounced"]) & models.Q(sent_at__isnull=True)),
                name="message_sent_has_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="sending") | models.Q(claim__isnull=False, claimed_at__isnull=False),
                name="message_sending_is_claimed",
            ),
        ]

    def __str__(self) -> str:
        return self.subject


class MailHold(models.Model):
    """While this row is there, no mail goes out but codes and links that people need to sign in."""

    # No editor asks where a record like this is used.
    wagtail_reference_index_ignore = True

    name = models.CharField(max_length=10, primary_key=True, default="all", editable=False)
    since = models.DateTimeField(_("held since"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("held by"), on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField(_("reason"), max_length=200)

    class Meta:
        verbose_name = _("hold of all mail")
        verbose_name_plural = _("holds of all mail")
        constraints = [models.CheckConstraint(condition=models.Q(name="all"), name="mail_hold_is_one")]

    def __str__(self) -> str:
        return self.reason


class Notice(models.Model):
    """One line of somebody's next daily digest; written in the transaction of what it tells of."""

    # No editor asks where a record like this is used.
    wagtail_reference_index_ignore = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(_("written"), auto_now_add=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("for whom"), on_delete=models.CASCADE, related_name="notices"
    )
    kind = models.CharField(_("kind"), max_length=60)
    text = models.CharField(_("text"), max_length=300)
    path = models.CharField(_("page"), max_length=300, blank=True)
    # What makes a second notice of the same thing needless; empty texts are not compared.
    key = models.CharField(max_length=120, blank=True)
    digested_at = models.DateTimeField(_("in the digest of"), null=True, blank=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ("created_at",)
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind", "key"], condition=~models.Q(key=""), name="notice_said_once"
            )
        ]
        indexes = [models.Index(fields=["user"], condition=models.Q(digested_at__isnull=True), name="notice_waiting")]

    def __str__(self) -> str:
        return self.text
