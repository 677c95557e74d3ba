"""Groups and the superuser flag follow roles."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import Group, Permission
from django.utils import timezone

from portal.domain.site import Pages
from portal.domain.town_pages import create_town_page
from region.domain.access import sync_access, sync_by_time
from region.domain.grants import end_role, give_role
from region.domain.users import system_user
from region.models import RoleGrant, User
from region.queries.roles import role_codes
from tests.factories.accounts import new_user
from tests.factories.places import town as new_town
from tests.factories.roles import one_of_each_role, with_role

if TYPE_CHECKING:
    from tests.conftest import QueryCounter

HOUR = timedelta(hours=1)


def groups(user: User) -> set[str]:
    """Names of the groups as the database has them."""
    return set(User.objects.get(pk=user.pk).groups.values_list("name", flat=True))


@pytest.mark.django_db
def test_administrator_is_superuser_while_the_role_holds() -> None:
    user, by = new_user(), with_role("administrator")
    grant = give_role(user=user, role="administrator", by=by)
    assert (user.is_superuser, User.objects.get(pk=user.pk).is_superuser) == (True, True)
    grant.user = user
    end_role(grant=grant, by=by)
    assert (user.is_superuser, User.objects.get(pk=user.pk).is_superuser) == (False, False)


@pytest.mark.django_db
def test_no_other_role_makes_a_superuser() -> None:
    people = one_of_each_role()
    for user in people.values():
        sync_access(user=user)
    rights = {code: User.objects.filter(pk=user.pk, is_superuser=True).exists() for code, user in people.items()}
    assert [code for code, is_superuser in rights.items() if is_superuser] == ["administrator"]


def test_editor_is_in_the_groups_of_editors_and_moderators(site: Pages) -> None:
    user, by = new_user(), with_role("administrator")
    grant = give_role(user=user, role="editor", by=by)
    assert groups(user) == {"Editors", "Moderators"}
    end_role(grant=grant, by=by)
    assert groups(user) == set()


def test_town_editor_is_in_the_group_of_the_town(site: Pages) -> None:
    town, without_page = new_town(), new_town()
    create_town_page(town=town, by=system_user())
    user, by = new_user(), with_role("administrator")
    give_role(user=user, role="town_editor", town=town, by=by)
    give_role(user=user, role="town_editor", town=without_page, by=by)
    assert groups(user) == {f"{town.name} ({town.code})"}


@pytest.mark.django_db
def test_groups_and_rights_given_by_hand_go_away() -> None:
    user = new_user(is_staff=True)
    group = Group.objects.get_or_create(name="Moderators")[0]
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    user.groups.add(group)
    assert user.has_perm("wagtailadmin.access_admin")
    assert sync_access(user=user)
    assert (groups(user), user.has_perm("wagtailadmin.access_admin")) == (set(), False)
    assert not sync_access(user=user)


@pytest.mark.django_db
def test_role_that_ended_by_date_is_taken_away_by_the_tick(site: Pages) -> None:
    user, now = new_user(), timezone.now()
    give_role(user=user, role="editor", by=system_user())
    assert (sync_by_time(now=now + HOUR), groups(user)) == (0, {"Editors", "Moderators"})
    RoleGrant.objects.filter(user=user).update(valid_from=now - HOUR, valid_until=now)
    assert (sync_by_time(now=now), groups(user)) == (1, set())
    assert sync_by_time(now=now) == 0


@pytest.mark.django_db
def test_request_that_read_roles_before_they_ended_gives_nothing_back() -> None:
    user, by = new_user(), with_role("administrator")
    grant = give_role(user=user, role="administrator", by=by)
    racing = User.objects.get(pk=user.pk)
    assert role_codes(racing) == {"administrator"}
    end_role(grant=grant, by=by)
    racing.is_superuser = racing.is_staff = False
    assert not sync_access(user=racing)
    stored = User.objects.get(pk=user.pk)
    assert (stored.is_superuser, racing.is_superuser, role_codes(racing)) == (False, False, frozenset())


@pytest.mark.django_db
def test_request_asks_little_and_locks_nothing_when_nothing_changed(count_queries: QueryCounter) -> None:
    user = User.objects.get(pk=with_role("administrator").pk)
    sync_access(user=user)
    with count_queries() as queries:
        assert not sync_access(user=User.objects.get(pk=user.pk))
    assert not [query for query in queries if "UPDATE" in query["sql"]]
    assert len(queries) <= 4
