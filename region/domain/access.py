"""What roles open in the editors' screens: groups and the superuser flag follow the roles in force.

The area that has those screens says which groups a role needs (``register_groups`` in its ``apps.ready()``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeAlias

from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import Q

from region.models import RoleGrant, User
from region.queries.roles import active_grants, forget_grants

if TYPE_CHECKING:
    from django.db.models import QuerySet

# Groups that roles in force need; at most one query.
GroupSource: TypeAlias = "Callable[[Sequence[RoleGrant]], Iterable[Group]]"
_sources: dict[str, GroupSource] = {}
# Django's own cache of what a loaded user may do.
_KEPT = ("_perm_cache", "_user_perm_cache", "_group_perm_cache")
# The tick comes every minute; a longer look back makes up for hours in which it did not run.
LOOK_BACK = timedelta(days=1)


def register_groups(name: str, source: GroupSource) -> None:
    """Have ``source`` asked which groups somebody's roles need; a name registered again is replaced."""
    _sources[name] = source


def sync_access(*, user: User) -> bool:
    """Make groups and the superuser flag what the roles in force demand; whether something had to change.

    Groups given by hand go away: roles are the only way to rights. Two queries and no lock when nothing changes.
    """
    return _differs(user, _demanded(user)) and follow_roles(user=user)


def follow_roles(*, user: User) -> bool:
    """As ``sync_access``, for whoever has just changed roles, in the same transaction: it always waits for the lock.

    Roles are read again under the lock on the person. So neither of two at once writes what the other has taken away:
    the one that comes later sees the roles that the earlier one left.
    """
    with transaction.atomic():
        person = User.objects.select_for_update().get(pk=user.pk)
        demanded = groups, administers = _demanded(person)
        is_new = _differs(person, demanded)
        if is_new:
            person.groups.set(groups)
            person.is_superuser = person.is_staff = administers
            person.save(update_fields=["is_superuser", "is_staff"])
    user.is_superuser = user.is_staff = administers
    forget_grants(user)
    for name in _KEPT:
        user.__dict__.pop(name, None)
    return is_new


def _demanded(user: User) -> tuple[set[Any], bool]:
    """Keys of the groups that somebody's roles need, and whether one of them administers."""
    grants = active_grants(user)
    groups = {group.pk for source in _sources.values() for group in source(grants)}
    return groups, any(grant.role == "administrator" for grant in grants)


def _differs(user: User, demanded: tuple[set[Any], bool]) -> bool:
    groups, administers = demanded
    if (user.is_superuser, user.is_staff) != (administers, administers):
        return True
    return set(user.groups.values_list("pk", flat=True)) != groups


def sync_by_time(*, now: datetime) -> int:
    """Let rights in the editors' screens follow roles that began or ended by date; gives how many people changed.

    The door of those screens does the same at every request; this keeps lists of editors and their letters right.
    """
    return sum(sync_access(user=user) for user in _touched_by_time(now))


def _touched_by_time(now: datetime) -> QuerySet[User]:
    since = now - LOOK_BACK
    turned = Q(valid_from__gt=since, valid_from__lte=now) | Q(valid_until__gt=since, valid_until__lte=now)
    return User.objects.filter(pk__in=RoleGrant.objects.filter(turned).values("user"))
