"""Reads of remote accesses: who sees which, who decides, and the one count that is public."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q
from django.db.models.functions import ExtractYear
from django.utils import timezone

from region.models import RoleGrant, User
from region.roles import holders
from region.rules import can
from reports.models import RemoteAccess
from reports.models.remote_access import AccessQuerySet

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from reports.models import CameraSystem

VIEW = "reports.view_access"


def accesses_for(user: User) -> AccessQuerySet:
    """Accesses that somebody may see: all for those who decide and audit, one's own for those who ask."""
    rows = RemoteAccess.objects.select_related("system", "requested_by")
    if can(user, VIEW):
        return rows
    return rows.filter(requested_by=user) if can(user, "reports.request_access") else rows.none()


def people_who(permission: str) -> QuerySet[User]:
    """People with a role in force that has a permission."""
    grants = RoleGrant.objects.active(timezone.now()).filter(role__in=holders(permission))
    return User.objects.filter(Q(pk__in=grants.values("user")), is_active=True)


def ending_accesses(user: User, *, on: date, until: date) -> AccessQuerySet:
    """Accesses in force on a day that somebody may see and that end by another, the nearest first."""
    return accesses_for(user).in_force(on).filter(valid_until__lte=until).order_by("valid_until")


def orphaned_accesses(user: User, *, on: date) -> AccessQuerySet:
    """Accesses in force that somebody may see and whose requester may no longer ask for any."""
    return accesses_for(user).in_force(on).exclude(requested_by__in=people_who("reports.request_access"))


@dataclass(frozen=True, slots=True)
class GrantedCount:
    """How many accesses a body was granted in a year: all that is public about them."""

    body: str
    year: int
    count: int


def granted_counts(system: CameraSystem) -> tuple[GrantedCount, ...]:
    """Accesses granted to a system, by body and year, the latest first."""
    rows = (
        RemoteAccess.objects.filter(system=system, granted_at__isnull=False)
        .annotate(year=ExtractYear("valid_from"))
        .values("body", "year")
        .annotate(number=Count("pk"))
        .order_by("-year", "body")
    )
    return tuple(GrantedCount(row["body"], row["year"], row["number"]) for row in rows)
