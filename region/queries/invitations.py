"""Reading invitations: how one stands, and which ones somebody may see."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db.models import Q

from region.models import Invitation
from region.queries.roles import organisations_where
from region.roles import ORGANISATION_ROLES
from region.rules import can

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from region.models import User


class Standing(StrEnum):
    """How an invitation stands at a moment."""

    OPEN = "open"
    EXPIRED = "expired"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"
    UNKNOWN = "unknown"


def standing_of(invitation: Invitation | None, at: datetime) -> Standing:
    """How an invitation (None: there is no such one) stands at ``at``."""
    if invitation is None:
        return Standing.UNKNOWN
    if invitation.accepted_at:
        return Standing.ACCEPTED
    if invitation.withdrawn_at:
        return Standing.WITHDRAWN
    return Standing.OPEN if at < invitation.expires_at else Standing.EXPIRED


def open_invitations(at: datetime) -> QuerySet[Invitation]:
    """Invitations that can be accepted at ``at``."""
    return with_standing(Invitation.objects.all(), Standing.OPEN, at)


def with_standing(rows: QuerySet[Invitation], standing: Standing, at: datetime) -> QuerySet[Invitation]:
    """Those of ``rows`` that stand so at ``at``."""
    if standing is Standing.ACCEPTED:
        return rows.filter(accepted_at__isnull=False)
    if standing is Standing.WITHDRAWN:
        return rows.filter(withdrawn_at__isnull=False)
    left = rows.filter(accepted_at__isnull=True, withdrawn_at__isnull=True)
    return left.filter(expires_at__gt=at) if standing is Standing.OPEN else left.filter(expires_at__lte=at)


def unanswered(rows: QuerySet[Invitation], since: datetime, until: datetime) -> QuerySet[Invitation]:
    """Those of ``rows`` that nobody has accepted and whose link ends between two moments, the sooner first."""
    left = rows.filter(accepted_at__isnull=True, withdrawn_at__isnull=True)
    return left.filter(expires_at__gt=since, expires_at__lte=until).order_by("expires_at")


def invitations_for(user: User) -> QuerySet[Invitation]:
    """Invitations that somebody may see: all; those to organisations; those to his or her own organisations."""
    found = Invitation.objects.select_related("organisation", "town", "invited_by", "accepted_by")
    if can(user, "region.view_people"):
        return found
    own = Q(role__in=ORGANISATION_ROLES, organisation__in=organisations_where(user, "region.invite_colleague"))
    return found.filter(own)
