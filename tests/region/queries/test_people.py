"""Who sees which people, roles and organisations."""

from __future__ import annotations

import pytest

from region.domain.invitations import invite
from region.domain.users import system_user
from region.queries.invitations import invitations_for
from region.queries.organisations import accounts_for, organisations_for
from region.queries.people import grants_for, people_for
from tests.factories.roles import new_organisation, one_of_each_role

pytestmark = pytest.mark.django_db


def test_people_are_seen_by_those_who_view_people_alone() -> None:
    people = one_of_each_role()
    system_user()
    seen = {code for code, user in people.items() if people_for(user).exists()}
    assert seen == {"administrator", "coordinator", "head", "auditor"}
    assert set(people_for(people["auditor"])) == set(people.values())


def test_each_sees_the_roles_and_organisations_that_are_theirs() -> None:
    own, foreign = new_organisation(), new_organisation()
    people = one_of_each_role(organisation=own)
    assert set(organisations_for(people["reader"])) == {own}
    assert set(organisations_for(people["auditor"])) == {own, foreign}
    assert not organisations_for(people["adviser"]).exists()
    assert not accounts_for(people["adviser"]).exists()
    codes = {grant.role for grant in grants_for(people["reader"])}
    assert codes == {"drafter", "signatory", "accountant", "reader"}
    assert not grants_for(people["adviser"]).exists()


def test_each_sees_the_invitations_that_are_theirs() -> None:
    own, foreign = new_organisation(), new_organisation()
    people = one_of_each_role(organisation=own)
    wanted = (
        ("own", "reader", own),
        ("foreign", "reader", foreign),
        ("staff", "services", own),
        ("other", "analyst", None),
    )
    for name, role, organisation in wanted:
        invite(
            email=f"{name}@example.org",
            role=role,
            organisation=organisation,
            language="cs",
            by=people["administrator"],
        )
    seen = {code: {one.email.partition("@")[0] for one in invitations_for(user)} for code, user in people.items()}
    everything = {name for name, _role, _organisation in wanted}
    assert {code: names for code, names in seen.items() if names} == {
        **dict.fromkeys(("administrator", "coordinator", "head", "auditor"), everything),
        "signatory": {"own"},
    }
