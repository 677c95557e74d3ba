"""Who holds which role, where, from when until when."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from region.models.organisations import Organisation
from region.models.towns import Town
from region.roles import ORGANISATION_ROLES, TOWN_ROLES, role_choices, role_of

if TYPE_CHECKING:
    from datetime import datetime

    from region.roles import Role


class RoleGrantQuerySet(models.QuerySet["RoleGrant"]):
    """Reads by moment."""

    def active(self, at: datetime) -> Self:
        """Grants that hold at ``at``: the first moment included, the last excluded."""
        return self.filter(Q(valid_until__isnull=True) | Q(valid_until__gt=at), valid_from__lte=at)

    def lasting(self, at: datetime) -> Self:
        """Grants that hold at ``at`` or will hold later; one ended before it began never does."""
        ahead = Q(valid_until__gt=at) & Q(valid_until__gt=F("valid_from"))
        return self.filter(Q(valid_until__isnull=True) | ahead)


class RoleGrant(models.Model):
    """One role of one person. Ended, never deleted: who could do what on a day stays known."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.PROTECT, related_name="grants"
    )
    role = models.CharField(_("role"), max_length=30, choices=role_choices)
    # Roles for an organisation need one; staff may have one, which is whose person they are.
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="grants",
    )
    town = models.ForeignKey(
        Town, verbose_name=_("town"), null=True, blank=True, on_delete=models.PROTECT, related_name="grants"
    )
    valid_from = models.DateTimeField(_("from"), default=timezone.now)
    valid_until = models.DateTimeField(_("until"), null=True, blank=True)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("given by"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    granted_at = models.DateTimeField(_("given"), auto_now_add=True)

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        ordering = ("valid_from",)
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")), name="role_period_in_order"
            ),
            models.CheckConstraint(
                condition=~Q(role__in=ORGANISATION_ROLES) | Q(organisation__isnull=False),
                name="role_of_organisation_has_one",
            ),
            models.CheckConstraint(
                condition=Q(role__in=TOWN_ROLES, town__isnull=False) | (~Q(role__in=TOWN_ROLES) & Q(town__isnull=True)),
                name="role_of_town_has_one",
            ),
        ]
        indexes = [models.Index(fields=["user", "valid_from", "valid_until"])]

    def __str__(self) -> str:
        return str(self.role_class.name)

    @property
    def role_class(self) -> type[Role]:
        """The role with its description and permissions."""
        return role_of(self.role)

    @property
    def last_moment(self) -> datetime | None:
        """The last moment at which it holds: its day is the last day in words."""
        return self.valid_until - timedelta(microseconds=1) if self.valid_until else None


class Invitation(models.Model):
    """The only way to an account. The link holds the secret; only its hash is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("e-mail address"))
    role = models.CharField(_("role"), max_length=30, choices=role_choices)
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    town = models.ForeignKey(
        Town, verbose_name=_("town"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # Until when the role will hold; empty: until somebody ends it.
    role_until = models.DateTimeField(_("role until"), null=True, blank=True)
    language = models.CharField(_("language of the letter"), max_length=2, default="cs")
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("invited by"), on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(_("written"), auto_now_add=True)
    expires_at = models.DateTimeField(_("expires"))
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("accepted by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ("-created_at",)
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="invitation_accepted_by_and_at",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(withdrawn_at__isnull=True), name="invitation_ends_one_way"
            ),
            models.CheckConstraint(
                condition=~Q(role__in=ORGANISATION_ROLES) | Q(organisation__isnull=False),
                name="invitation_of_organisation_has_one",
            ),
            models.CheckConstraint(
                condition=Q(role__in=TOWN_ROLES, town__isnull=False) | (~Q(role__in=TOWN_ROLES) & Q(town__isnull=True)),
                name="invitation_of_town_has_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} {self.role_class.name}"

    @property
    def role_class(self) -> type[Role]:
        """The role with its description and permissions."""
        return role_of(self.role)
