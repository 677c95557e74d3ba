"""Remote access of the police and others to a town's cameras: asked for, approved twice, granted for a time."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from reports.enums.cameras import AccessState
from reports.models.camera_systems import CameraSystem

if TYPE_CHECKING:
    from datetime import date

IN_FORCE = (AccessState.GRANTED, AccessState.REVIEWED)
_DATED = ("granted", "reviewed", "renewed", "expired", "revoked")


class AccessQuerySet(models.QuerySet["RemoteAccess"]):
    """Reads by day."""

    def in_force(self, day: date) -> Self:
        """Accesses that are granted and whose time runs on a day."""
        return self.filter(state__in=IN_FORCE, valid_from__lte=day, valid_until__gte=day)


def _person(label: Any) -> Any:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=label,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )


def _together(one: str, other: str, name: str) -> models.CheckConstraint:
    """Both filled or both empty."""
    empty = Q(**{f"{one}__isnull": True, f"{other}__isnull": True})
    filled = Q(**{f"{one}__isnull": False, f"{other}__isnull": False})
    return models.CheckConstraint(condition=empty | filled, name=name)


class RemoteAccess(models.Model):
    """One access of one body to one system. Nothing of it is public but the number of accesses by body and year."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    system = models.ForeignKey(
        CameraSystem, verbose_name=_("system"), on_delete=models.PROTECT, related_name="remote_accesses"
    )
    body = models.CharField(_("who gets access"), max_length=200, help_text=_("The unit, not a person's name."))
    purpose = models.TextField(_("purpose"))
    legal_basis = models.CharField(_("legal basis"), max_length=300)
    scope = models.TextField(_("which points"), blank=True, help_text=_("Empty: the whole system."))
    may_watch = models.BooleanField(_("watch live"), default=True)
    may_replay = models.BooleanField(_("play recordings"), default=False)
    may_export = models.BooleanField(_("take recordings away"), default=False)
    state = models.CharField(
        _("state"), max_length=22, choices=AccessState, default=AccessState.REQUESTED, editable=False
    )
    version = models.PositiveIntegerField(default=0, editable=False)
    asked_from = models.DateField(_("asked for from"))
    asked_until = models.DateField(_("asked for until"))
    requested_at = models.DateTimeField(_("requested"), auto_now_add=True)
    requested_by = _person(_("requested by"))
    technical_at = models.DateTimeField(_("technical side approved"), null=True, blank=True, editable=False)
    technical_by = _person(_("technical side approved by"))
    technical_note = models.TextField(_("technical conditions"), blank=True)
    financial_at = models.DateTimeField(_("financial side approved"), null=True, blank=True, editable=False)
    financial_by = _person(_("financial side approved by"))
    financial_note = models.TextField(_("financial conditions"), blank=True)
    # One body approves both sides here: said by the system when the second side was approved.
    was_one_body = models.BooleanField(default=False, editable=False)
    granted_at = models.DateTimeField(_("granted"), null=True, blank=True, editable=False)
    granted_by = _person(_("granted by"))
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    reviewed_on = models.DateField(_("reviewed on"), null=True, blank=True)
    reviewed_by = _person(_("reviewed by"))
    review_note = models.TextField(_("result of the review"), blank=True)
    # Why it was returned, revoked or withdrawn.
    reason = models.TextField(_("reason"), blank=True, editable=False)
    renews = models.OneToOneField(
        "self",
        verbose_name=_("renews"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="renewed_by",
    )

    objects = AccessQuerySet.as_manager()

    class Meta:
        verbose_name = _("remote access")
        verbose_name_plural = _("remote accesses")
        ordering = ("-requested_at",)
        indexes = [models.Index(fields=["state", "valid_until"])]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=AccessState.values), name="remote_access_state_known"),
            models.CheckConstraint(condition=Q(asked_until__gte=F("asked_from")), name="remote_access_asked_in_order"),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True, valid_until__isnull=True)
                | Q(valid_from__isnull=False, valid_until__gte=F("valid_from")),
                name="remote_access_time_in_order",
            ),
            _together("technical_at", "technical_by", "remote_access_technical_who_when"),
            _together("financial_at", "financial_by", "remote_access_financial_who_when"),
            _together("granted_at", "granted_by", "remote_access_granted_who_when"),
            _together("reviewed_on", "reviewed_by", "remote_access_reviewed_who_when"),
            models.CheckConstraint(
                condition=~Q(state__in=_DATED)
                | Q(granted_at__isnull=False, valid_from__isnull=False, valid_until__isnull=False)
                & Q(technical_at__isnull=False, financial_at__isnull=False),
                name="remote_access_granted_whole",
            ),
            models.CheckConstraint(
                condition=Q(technical_by__isnull=True)
                | Q(financial_by__isnull=True)
                | Q(was_one_body=True)
                | ~Q(technical_by=F("financial_by")),
                name="remote_access_two_approvers",
            ),
            models.CheckConstraint(
                condition=(Q(technical_by__isnull=True) | ~Q(technical_by=F("requested_by")))
                & (Q(financial_by__isnull=True) | ~Q(financial_by=F("requested_by"))),
                name="remote_access_approved_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body} – {self.system}"
