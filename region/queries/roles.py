"""Reading who holds which role now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from region.models.roles import RoleGrant
from region.roles import holders

if TYPE_CHECKING:
    from collections.abc import Sequence

    from region.models import User

_KEPT = "_active_grants"


def active_grants(user: Any) -> Sequence[RoleGrant]:
    """Roles that ``user`` holds this moment, asked once for each loaded user (a request loads its own).

    Nothing for nobody, and nothing for somebody whose account is blocked.
    """
    if not getattr(user, "is_active", False) or not user.is_authenticated:
        return ()
    # Kept on the account itself, not on the lazy one of a request that stands for it: both must forget together.
    kept: Sequence[RoleGrant] | None = getattr(user, _KEPT, None)
    if kept is None:
        found = RoleGrant.objects.filter(user=user).active(timezone.now())
        kept = tuple(found.select_related("organisation", "town"))
        setattr(user, _KEPT, kept)
    return kept


def forget_grants(user: User) -> None:
    """Have the roles of ``user`` asked again: call it after they changed."""
    setattr(user, _KEPT, None)


def role_codes(user: Any) -> frozenset[str]:
    """Codes of the roles that ``user`` holds this moment."""
    return frozenset(grant.role for grant in active_grants(user))


def organisations_where(user: Any, permission: str) -> frozenset[Any]:
    """Keys of the organisations for which ``user`` holds a role with ``permission`` this moment."""
    codes = holders(permission)
    found = (grant.organisation_id for grant in active_grants(user) if grant.role in codes)
    return frozenset(key for key in found if key is not None)
