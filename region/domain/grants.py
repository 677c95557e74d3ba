"""Giving and ending roles: who may give what, what nobody may hold together, and that somebody always administers."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext, gettext_lazy

from region.domain.access import follow_roles
from region.domain.audit import record
from region.domain.notices import notify
from region.domain.users import is_system
from region.models import Invitation, Organisation, RoleGrant, Town, User
from region.queries.roles import forget_grants
from region.roles import ORGANISATION_ROLES, ROLES, Reach, exclusion_of
from region.rules import can

if TYPE_CHECKING:
    from django.db.models import QuerySet

ADMINISTRATOR = "administrator"
_GIVEN = gettext_lazy("You were given the role “{name}”.")
_ENDED = gettext_lazy("Your role “{name}” has ended or got its last day.")
LAST_ADMINISTRATOR = gettext_lazy(
    "This is the last person who administers accounts for good. Give the role to somebody else first."
)


def may_give(*, role: str, organisation: Organisation | None, by: User) -> bool:
    """Whether ``by`` may give or end a role.

    Administrators and commands run from the shell: any; coordinators: roles of organisations; signatories: roles of
    their own organisation.
    """
    if is_system(by) or can(by, "region.manage_people"):
        return True
    if role not in ORGANISATION_ROLES or organisation is None:
        return False
    return can(by, "region.invite_to_organisation") or can(by, "region.invite_colleague", organisation)


def require_giving(*, role: str, organisation: Organisation | None, by: User) -> None:
    """Raise PermissionDenied unless ``may_give``."""
    if not may_give(role=role, organisation=organisation, by=by):
        raise PermissionDenied(f"give {role}")


def check_place(*, role: str, organisation: Organisation | None, town: Town | None) -> None:
    """Raise ValidationError at the field when a role lacks its organisation or town, or has one too many."""
    if role not in ROLES:
        raise ValidationError({"role": gettext("Choose a role.")})
    reach = ROLES[role].reach
    if reach is Reach.ORGANISATION and organisation is None:
        raise ValidationError({"organisation": gettext("Choose the organisation that the role is for.")})
    if reach is Reach.TOWN and town is None:
        raise ValidationError({"town": gettext("Choose the town that the role is for.")})
    if reach is not Reach.TOWN and town is not None:
        raise ValidationError({"town": gettext("This role is not for one town: leave the town empty.")})


def overlapping(*, user: User, start: datetime, end: datetime | None) -> QuerySet[RoleGrant]:
    """Roles of somebody that hold at some moment of a period (the end excluded; None: without an end)."""
    grants = user.grants.lasting(start)
    return grants.filter(valid_from__lt=end) if end else grants


def check_holdable(
    *,
    user: User,
    role: str,
    organisation: Organisation | None,
    town: Town | None,
    start: datetime,
    end: datetime | None,
) -> None:
    """Raise ValidationError when somebody holds the role there already, or one that excludes it."""
    grants = list(overlapping(user=user, start=start, end=end))
    place = (role, organisation.pk if organisation else None, town.pk if town else None)
    if any((grant.role, grant.organisation_id, grant.town_id) == place for grant in grants):
        raise ValidationError({"role": gettext("This person already holds the role in this time.")})
    found = exclusion_of(role, {grant.role for grant in grants})
    if found:
        other, rule = found
        words = gettext("This person is %(other)s in this time. %(reason)s")
        raise ValidationError({"role": words % {"other": ROLES[other].name, "reason": rule.reason}})


@transaction.atomic
def give_role(
    *,
    user: User,
    role: str,
    organisation: Organisation | None = None,
    town: Town | None = None,
    valid_from: datetime | None = None,
    valid_until: datetime | None = None,
    by: User,
) -> RoleGrant:
    """Give somebody a role from ``valid_from`` (included; now) until ``valid_until`` (excluded; no end).

    Nobody gives a role to himself. Raises PermissionDenied, and ValidationError with the field it concerns.
    """
    require_giving(role=role, organisation=organisation, by=by)
    if user.pk == by.pk:
        raise PermissionDenied("nobody gives a role to himself")
    check_place(role=role, organisation=organisation, town=town)
    start = valid_from or timezone.now()
    if valid_until and valid_until <= start:
        raise ValidationError({"valid_until": gettext("The role must end after it begins.")})
    # The lock keeps two roles that exclude each other from being given at the same moment.
    person = User.objects.select_for_update().get(pk=user.pk)
    if is_system(person) or person.erased_at:
        raise ValidationError({"user": gettext("This account cannot hold a role.")})
    check_holdable(user=person, role=role, organisation=organisation, town=town, start=start, end=valid_until)
    grant = RoleGrant.objects.create(
        user=person,
        role=role,
        organisation=organisation,
        town=town,
        valid_from=start,
        valid_until=valid_until,
        granted_by=by,
    )
    record(action="role.give", target=person, by=by, after=_told(grant))
    _tell(grant, _GIVEN)
    refresh(person, user)
    return grant


@transaction.atomic
def end_role(*, grant: RoleGrant, by: User, at: datetime | None = None) -> RoleGrant:
    """End a role at a moment (aware; now): from that moment on it gives no right. One still to begin never begins.

    Raises PermissionDenied, and ValidationError for a role that has ended or is the last administrator's.
    """
    require_giving(role=grant.role, organisation=grant.organisation, by=by)
    lock_administrators()
    row = RoleGrant.objects.select_for_update(of=("self",)).select_related("user", "organisation", "town")
    found = row.get(pk=grant.pk)
    now = timezone.now()
    end = max(at or now, now)
    if found.valid_until and found.valid_until <= end:
        raise ValidationError(gettext("This role ends by then already."))
    if found.role == ADMINISTRATOR and not others_administer(user=found.user, until=found.valid_until):
        raise ValidationError(LAST_ADMINISTRATOR)
    before = _told(found)
    found.valid_until = max(end, found.valid_from)
    found.save(update_fields=["valid_until"])
    record(action="role.end", target=found.user, by=by, before=before, after=_told(found))
    _tell(found, _ENDED)
    refresh(found.user, grant.user, by)
    return found


def lock_administrators() -> None:
    """Have changes to administrators wait for each other until the transaction ends."""
    grants = RoleGrant.objects.filter(role=ADMINISTRATOR).order_by("pk")
    list(grants.select_for_update().values_list("pk", flat=True))


def others_administer(*, user: User, until: datetime | None) -> bool:
    """Whether somebody else administers now, at least as long (until ``until``; None: without an end)."""
    others = RoleGrant.objects.active(timezone.now()).filter(role=ADMINISTRATOR, user__is_active=True)
    lasting = Q(valid_until__isnull=True)
    if until:
        lasting |= Q(valid_until__gte=until)
    return others.filter(lasting).exclude(user=user).exists()


def place_told(one: RoleGrant | Invitation) -> dict[str, object]:
    """A role and where it holds, as the audit trail keeps it."""
    return {
        "role": one.role,
        "organisation": one.organisation and str(one.organisation),
        "town": one.town and str(one.town),
    }


def _told(grant: RoleGrant) -> dict[str, object]:
    return {**place_told(grant), "from": grant.valid_from, "until": grant.valid_until}


def _tell(grant: RoleGrant, sentence: Any) -> None:
    """Have the next digest of the person say what became of a role."""
    role = grant.role_class.name
    place = grant.organisation or grant.town
    name = format_lazy("{role} – {place}", role=role, place=str(place)) if place else role
    notify(user=grant.user, kind="role", text=format_lazy(sentence, name=name), path=reverse_lazy("region:home"))


def refresh(person: User, *loaded: User) -> None:
    """Have rights follow at once: in Wagtail, and in users that are loaded already."""
    forget_grants(person)
    follow_roles(user=person)
    for one in loaded:
        if one.pk == person.pk:
            forget_grants(one)
            one.is_superuser, one.is_staff = person.is_superuser, person.is_staff
