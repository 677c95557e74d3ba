"""Which of Wagtail's groups a role needs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from django.contrib.auth.models import Group
from django.db.models import Q

from portal.domain.editors import GROUPS
from portal.domain.register_groups import REGISTER_GROUPS
from portal.domain.town_pages import group_mark

if TYPE_CHECKING:
    from region.models import RoleGrant


def groups_of_roles(grants: Sequence[RoleGrant]) -> Iterable[Group]:
    """Groups that roles in force need; a town without pages has none. At most one query."""
    wanted = [
        Q(name__endswith=group_mark(grant.town)) for grant in grants if grant.role == "town_editor" and grant.town
    ]
    if any(grant.role == "editor" for grant in grants):
        wanted.append(Q(name__in=GROUPS))
    wanted += [Q(name=REGISTER_GROUPS[grant.role].name) for grant in grants if grant.role in REGISTER_GROUPS]
    return Group.objects.filter(reduce(or_, wanted)) if wanted else ()
