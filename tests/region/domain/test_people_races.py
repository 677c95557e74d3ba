"""Several people at the same moment: one account from one link, never nobody who administers."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from region.domain.grants import end_role, give_role
from region.domain.invitations import InvitationGone, Newcomer, accept_as_new, hash_of
from region.models import AuditEvent, Invitation, Notice, Organisation, RoleGrant, Town, User
from tests.races import race, shared_database

PEOPLE = [ContentType, Permission, Group, User, EmailAddress, Notice]
TABLES = [*PEOPLE, Town, Organisation, RoleGrant, Invitation, AuditEvent]
EARLIER = timedelta(minutes=1)


def administrators(count: int) -> tuple[list[User], list[RoleGrant]]:
    """People who administer, and their roles, not saved yet."""
    people = [User(email=f"admin{number}@example.org") for number in range(count)]
    since = timezone.now() - EARLIER
    return people, [RoleGrant(user=user, role="administrator", valid_from=since) for user in people]


@pytest.mark.django_db(transaction=True)
def test_link_opened_eight_times_at_once_makes_one_account(tmp_path: Path) -> None:
    people, grants = administrators(1)
    invitation = Invitation(
        email="eva@example.org",
        role="analyst",
        token_hash=hash_of("secret"),
        invited_by=people[0],
        expires_at=timezone.now() + timedelta(days=1),
    )

    def accept(_number: int) -> User:
        return accept_as_new(token_hash=hash_of("secret"), newcomer=Newcomer("Eva", "Nová"))

    with shared_database(tmp_path, TABLES, [*people, *grants, invitation]):
        results = race(accept, threads=8)
    assert sum(isinstance(result, User) for result in results) == 1, results
    assert sum(isinstance(result, InvitationGone) for result in results) == 7, results


@pytest.mark.django_db(transaction=True)
def test_two_administrators_who_end_each_other_leave_one(tmp_path: Path) -> None:
    people, grants = administrators(2)

    def end(number: int) -> RoleGrant:
        return end_role(grant=grants[number], by=people[1 - number])

    with shared_database(tmp_path, TABLES, [*people, *grants]):
        results = race(end, threads=2)
    assert sum(isinstance(result, RoleGrant) for result in results) == 1, results
    assert sum(isinstance(result, (ValidationError, PermissionDenied)) for result in results) == 1, results


@pytest.mark.django_db(transaction=True)
def test_roles_that_exclude_each_other_given_at_once_leave_one(tmp_path: Path) -> None:
    people, grants = administrators(1)
    person = User(email="fin@example.org")
    codes = ("finance_preparer", "finance_approver")

    def give(number: int) -> RoleGrant:
        user = User.objects.get(pk=person.pk)
        return give_role(user=user, role=codes[number], by=User.objects.get(pk=people[0].pk))

    with shared_database(tmp_path, TABLES, [*people, *grants, person]):
        results = race(give, threads=2)
    assert sum(isinstance(result, RoleGrant) for result in results) == 1, results
    assert sum(isinstance(result, ValidationError) for result in results) == 1, results
