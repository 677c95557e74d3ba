"""Who may give and end which roles, and what nobody holds together."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import override

from region.domain.grants import end_role, give_role
from region.domain.users import system_user
from region.models import AuditEvent, RegionProfile, RoleGrant, User
from region.queries.people import roles_in_time
from region.roles import EXCLUSIONS, ORGANISATION_ROLES, ROLES
from region.rules import can
from tests.factories.accounts import new_user
from tests.factories.places import town as new_town
from tests.factories.roles import new_organisation, with_role

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def problems(error: pytest.ExceptionInfo[ValidationError]) -> dict[str, list[str]]:
    """What was refused, by field."""
    return error.value.message_dict


def test_role_works_from_the_moment_it_is_given_and_is_told() -> None:
    user, by = new_user(), with_role("administrator")
    assert not can(user, "region.manage_organisations")
    grant = give_role(user=user, role="coordinator", by=by)
    assert can(user, "region.manage_organisations")
    event = AuditEvent.objects.get(action="role.give")
    assert (event.actor_id, event.target_id, event.after["role"]) == (str(by.pk), str(user.pk), "coordinator")
    assert grant.granted_by == by


def test_role_stops_working_at_once_when_it_ends() -> None:
    by, user = with_role("administrator"), with_role("coordinator")
    assert can(user, "region.manage_organisations")
    grant = user.grants.get()
    grant.user = user
    end_role(grant=grant, by=by)
    assert not can(user, "region.manage_organisations")
    assert not can(User.objects.get(pk=user.pk), "region.manage_organisations")
    assert AuditEvent.objects.get(action="role.end").before["until"] is None


def test_role_for_a_period_begins_and_ends_by_itself() -> None:
    user, now = new_user(), timezone.now()
    give_role(
        user=user, role="analyst", valid_from=now + HOUR, valid_until=now + 2 * HOUR, by=with_role("administrator")
    )
    grants = RoleGrant.objects.filter(user=user)
    shown = [grants.active(at).count() for at in (now, now + HOUR, now + 2 * HOUR - HOUR / 60, now + 2 * HOUR)]
    assert shown == [0, 1, 1, 0]


def test_future_role_that_is_ended_never_begins() -> None:
    user, by, now = new_user(), with_role("administrator"), timezone.now()
    grant = give_role(user=user, role="analyst", valid_from=now + HOUR, by=by)
    ended = end_role(grant=grant, by=by)
    assert ended.valid_until == ended.valid_from
    shown = roles_in_time(user.grants.all(), timezone.now())
    assert (shown.now, shown.later, shown.past) == ((), (), (ended,))


def test_role_that_never_began_stands_in_the_way_of_none() -> None:
    user, by, now = new_user(), with_role("administrator"), timezone.now()
    end_role(grant=give_role(user=user, role="finance_preparer", valid_from=now + HOUR, by=by), by=by)
    give_role(user=user, role="finance_preparer", valid_until=now + 2 * HOUR, by=by)
    end_role(grant=user.grants.lasting(timezone.now()).get(), by=by)
    give_role(user=user, role="finance_approver", by=by)
    assert [grant.role for grant in user.grants.active(timezone.now())] == ["finance_approver"]


def test_role_can_be_ended_at_a_later_moment_and_then_sooner() -> None:
    user, by, now = new_user(), with_role("administrator"), timezone.now()
    grant = give_role(user=user, role="analyst", by=by)
    grant = end_role(grant=grant, by=by, at=now + HOUR)
    assert grant.valid_until == now + HOUR
    with pytest.raises(ValidationError, match="ends by then already"):
        end_role(grant=grant, by=by, at=now + 2 * HOUR)
    sooner = end_role(grant=grant, by=by).valid_until
    assert sooner is not None
    assert sooner < now + HOUR
    with pytest.raises(ValidationError, match="ends by then already"):
        end_role(grant=grant, by=by)


@pytest.mark.parametrize("role", [code for code in ROLES if code not in ORGANISATION_ROLES])
def test_coordinator_gives_no_role_of_staff(role: str) -> None:
    with pytest.raises(PermissionDenied):
        give_role(user=new_user(), role=role, organisation=new_organisation(), by=with_role("coordinator"))


@pytest.mark.parametrize("role", ORGANISATION_ROLES)
def test_coordinator_and_signatory_give_roles_of_organisations(role: str) -> None:
    own, other = new_organisation(), new_organisation()
    signatory = with_role("signatory", organisation=own)
    assert give_role(user=new_user(), role=role, organisation=other, by=with_role("coordinator")).organisation == other
    assert give_role(user=new_user(), role=role, organisation=own, by=signatory).organisation == own
    with pytest.raises(PermissionDenied):
        give_role(user=new_user(), role=role, organisation=other, by=signatory)


@pytest.mark.parametrize("role", sorted(set(ROLES) - {"administrator", "coordinator", "signatory"}))
def test_other_roles_give_nothing(role: str) -> None:
    organisation = new_organisation()
    by = with_role(role, organisation=organisation)
    with pytest.raises(PermissionDenied):
        give_role(user=new_user(), role="reader", organisation=organisation, by=by)


@pytest.mark.parametrize("role", ["administrator", "coordinator", "signatory"])
def test_nobody_raises_himself(role: str) -> None:
    organisation = new_organisation()
    by = with_role(role, organisation=organisation)
    with pytest.raises(PermissionDenied, match="himself"):
        give_role(user=by, role="accountant", organisation=organisation, by=by)


def test_signatory_ends_a_role_of_his_own_organisation_only() -> None:
    own = new_organisation()
    by, colleague, stranger = (
        with_role("signatory", organisation=own),
        with_role("drafter", organisation=own),
        with_role("drafter"),
    )
    end_role(grant=colleague.grants.get(), by=by)
    with pytest.raises(PermissionDenied):
        end_role(grant=stranger.grants.get(), by=by)
    assert RoleGrant.objects.filter(valid_until__isnull=True, role="drafter").get().user == stranger


def test_last_administrator_cannot_be_ended() -> None:
    by = with_role("administrator")
    own = by.grants.get()
    with pytest.raises(ValidationError, match="last person who administers"):
        end_role(grant=own, by=by)
    other = with_role("administrator")
    other.is_active = False
    other.save()
    with pytest.raises(ValidationError, match="last person who administers"):
        end_role(grant=own, by=by)
    other.is_active = True
    other.save()
    end_role(grant=own, by=by)
    assert not can(by, "region.manage_people")


def test_administrator_for_a_time_does_not_stand_in_for_good() -> None:
    by, user = with_role("administrator"), new_user()
    until = timezone.now() + HOUR
    short = give_role(user=user, role="administrator", valid_until=until, by=by)
    with pytest.raises(ValidationError, match="last person who administers"):
        end_role(grant=by.grants.get(), by=by)
    third = give_role(user=new_user(), role="administrator", valid_until=until, by=by)
    RoleGrant.objects.filter(user=by).update(valid_until=until - HOUR / 2)
    end_role(grant=short, by=by)
    with pytest.raises(ValidationError, match="last person who administers"):
        end_role(grant=third, by=by)


def pairs() -> list[tuple[str, str]]:
    """Every two roles that exclude each other."""
    return sorted({(one, other) for rule in EXCLUSIONS for one in rule.one for other in rule.other})


@pytest.mark.parametrize(("one", "other"), [*pairs(), *[(other, one) for one, other in pairs()]])
def test_roles_that_exclude_each_other_are_refused_with_the_reason(one: str, other: str) -> None:
    organisation = new_organisation()
    user = with_role(one, organisation=organisation)
    with pytest.raises(ValidationError) as refused:
        give_role(
            user=user,
            role=other,
            organisation=organisation if other in ORGANISATION_ROLES else None,
            by=with_role("administrator"),
        )
    assert str(ROLES[one].name) in problems(refused)["role"][0]


def test_paying_and_administering_exclude_each_other() -> None:
    assert ("finance_preparer", "finance_approver") in pairs()
    assert {other for one, other in pairs() if one == "administrator"} == {
        "accountant",
        "commission_member",
        "council_clerk",
        "finance_approver",
        "finance_preparer",
        "head",
        "signatory",
    }


def test_roles_that_exclude_each_other_may_follow_each_other() -> None:
    by, user, now = with_role("administrator"), new_user(), timezone.now()
    give_role(user=user, role="finance_preparer", valid_until=now + HOUR, by=by)
    with pytest.raises(ValidationError):
        give_role(user=user, role="finance_approver", valid_from=now + HOUR / 2, by=by)
    give_role(user=user, role="finance_approver", valid_from=now + HOUR, by=by)
    with pytest.raises(ValidationError):
        give_role(user=user, role="finance_preparer", valid_from=now + 2 * HOUR, by=by)
    assert user.grants.count() == 2


def test_role_held_already_is_refused_where_it_is_held() -> None:
    by, own, other = with_role("administrator"), new_organisation(), new_organisation()
    user = with_role("reader", organisation=own)
    with pytest.raises(ValidationError) as refused:
        give_role(user=user, role="reader", organisation=own, by=by)
    assert problems(refused) == {"role": ["This person already holds the role in this time."]}
    give_role(user=user, role="reader", organisation=other, by=by)


def test_role_that_is_none_or_lacks_its_place_is_refused(county: RegionProfile) -> None:
    by, town = with_role("administrator"), new_town()
    wrong: list[dict[str, Any]] = [
        {"role": "emperor"},
        {"role": "reader"},
        {"role": "town_editor"},
        {"role": "analyst", "town": town},
        {"role": "analyst", "valid_until": timezone.now() - HOUR},
    ]
    found: list[str] = []
    for values in wrong:
        with pytest.raises(ValidationError) as refused:
            give_role(user=new_user(), by=by, **values)
        found += problems(refused)
    assert found == ["role", "organisation", "town", "town", "valid_until"]
    assert give_role(user=new_user(), role="town_editor", town=town, by=by).town == town


def test_programme_itself_gives_roles_and_holds_none() -> None:
    system = system_user()
    give_role(user=new_user(), role="administrator", by=system)
    with pytest.raises(ValidationError, match="cannot hold a role"):
        give_role(user=system, role="reader", organisation=new_organisation(), by=with_role("administrator"))
    system.is_active = True
    with pytest.raises(PermissionDenied):
        give_role(user=new_user(), role="administrator", by=system)


def test_erased_person_gets_no_role() -> None:
    user = new_user(erased_at=timezone.now())
    with pytest.raises(ValidationError, match="cannot hold a role"):
        give_role(user=user, role="analyst", by=with_role("administrator"))


def test_person_is_told_in_his_language_of_a_role_given_and_ended() -> None:
    by, place = with_role("administrator"), new_organisation(name="Obec Vzorov")
    user = new_user(language="cs")
    grant = give_role(user=user, role="drafter", organisation=place, by=by)
    end_role(grant=grant, by=by)
    told = list(user.notices.order_by("created_at").values_list("text", "path"))
    with override("cs"):
        name = f"{ROLES['drafter'].name} – Obec Vzorov"
    assert told == [
        (f"Dostali jste roli „{name}“.", "/cs/home/"),
        (f"Vaše role „{name}“ skončila nebo dostala poslední den.", "/cs/home/"),
    ]
