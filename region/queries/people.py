"""Reading people with accounts and the roles they hold, held and will hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, Prefetch
from django.utils import timezone

from region.models import RoleGrant, User
from region.models.users import SYSTEM_EMAIL
from region.queries.organisations import own_organisations
from region.roles import ORGANISATION_ROLES
from region.rules import can

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from region.models import Organisation


@dataclass(frozen=True, slots=True)
class RolesInTime:
    """Somebody's roles: in force, still to begin, ended."""

    now: tuple[RoleGrant, ...]
    later: tuple[RoleGrant, ...]
    past: tuple[RoleGrant, ...]


def people_for(user: User) -> QuerySet[User]:
    """Accounts that somebody may see: all but the programme's own for those who view people, else none.

    Each comes with ``roles_now`` (its roles in force) and ``has_factor`` (whether it has a second factor).
    """
    if not can(user, "region.view_people"):
        return User.objects.none()
    active = RoleGrant.objects.active(timezone.now()).select_related("organisation", "town")
    factors = Authenticator.objects.filter(user=OuterRef("pk"), type__in=["totp", "webauthn"])
    people = User.objects.exclude(email=SYSTEM_EMAIL).annotate(has_factor=Exists(factors))
    return people.prefetch_related(Prefetch("grants", queryset=active, to_attr="roles_now"))


def grants_for(user: User) -> QuerySet[RoleGrant]:
    """Roles that somebody may see: all for those who view people, else those for one's own organisations.

    A role of staff whose holder comes from the organisation is none of its business.
    """
    found = RoleGrant.objects.select_related("user", "organisation", "town", "granted_by")
    if can(user, "region.view_people"):
        return found
    return found.filter(organisation__in=own_organisations(user), role__in=ORGANISATION_ROLES)


def roles_in_time(grants: Iterable[RoleGrant], at: datetime) -> RolesInTime:
    """Roles sorted by whether they hold at ``at``; the newest past one first, and there also what never began."""
    now, later, past = [], [], []
    for grant in grants:
        if grant.valid_until and grant.valid_until <= max(at, grant.valid_from):
            past.append(grant)
        elif grant.valid_from > at:
            later.append(grant)
        else:
            now.append(grant)
    return RolesInTime(tuple(now), tuple(later), tuple(reversed(past)))


def colleagues(organisation: Organisation, at: datetime) -> tuple[RoleGrant, ...]:
    """Roles for an organisation that hold or will hold, by name of the person."""
    grants = organisation.grants.lasting(at).filter(user__is_active=True, role__in=ORGANISATION_ROLES)
    return tuple(grants.select_related("user").order_by("user__last_name", "user__email", "valid_from"))
