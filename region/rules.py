"""May somebody do something? One function asked by views, lists, files, exports and domain functions alike.

A permission's default rule is that some role in force has it, for the record asked about. An area says more in its own
``rules.py``: ``permissions.set_rule("projects.sign", holds("projects.sign") & is_free_of_conflict)``. A name without a
rule is denied, whoever asks; Django's superuser flag, which serves Wagtail alone, means nothing here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from rules.predicates import Predicate
from rules.rulesets import RuleSet

from region.models import Organisation, Town
from region.queries.roles import active_grants
from region.roles import PERMISSIONS, Reach, holders

if TYPE_CHECKING:
    from region.models import RoleGrant

permissions = RuleSet()


def holds(permission: str) -> Predicate:
    """Predicate: a role in force has ``permission``, and reaches the record asked about."""
    codes = holders(permission)

    def check(user: Any, on: Any = None) -> bool:
        return any(grant.role in codes and _reaches(grant, on) for grant in active_grants(user))

    return Predicate(check, name=f"holds:{permission}")


def _reaches(grant: RoleGrant, on: Any) -> bool:
    """Whether a role covers ``on``: an organisation, a town, or anything when nothing is asked about."""
    if on is None or grant.role_class.reach is Reach.PROGRAMME:
        return True
    if isinstance(on, Organisation):
        return grant.role_class.reach is Reach.ORGANISATION and grant.organisation_id == on.pk
    if isinstance(on, Town):
        own = grant.organisation.town_id if grant.organisation else grant.town_id
        return own == on.pk
    return False


for _name in sorted(PERMISSIONS):
    permissions.add_rule(_name, holds(_name))


def can(user: Any, permission: str, on: Any = None) -> bool:
    """Whether ``user`` may do ``permission`` this moment, to ``on`` if given. Unknown permissions are denied."""
    return bool(permissions.test_rule(permission, user, on)) if permissions.rule_exists(permission) else False


def require(user: Any, permission: str, on: Any = None) -> None:
    """Raise PermissionDenied unless ``user`` may do it: the guard at the start of every domain function."""
    if not can(user, permission, on):
        raise PermissionDenied(permission)
