"""People, roles and invitations in the office."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from region.domain.invitations import invite
from region.models import Invitation, OutboxMessage, RoleGrant, User
from region.rules import can
from tests.factories.accounts import new_user
from tests.factories.places import town as new_town
from tests.factories.roles import give_role, new_organisation, with_role

if TYPE_CHECKING:
    from tests.conftest import QueryCounter

pytestmark = pytest.mark.usefixtures("county")


def browser(user: User) -> Client:
    """A browser in which ``user`` is signed in."""
    client = Client()
    client.force_login(user)
    return client


def url(name: str, *args: Any) -> str:
    """Address of a page of this area."""
    return reverse(f"region:{name}", args=args)


def sent(**values: Any) -> dict[str, Any]:
    """What a browser sends."""
    return {"form_key": str(uuid4()), **values}


def test_list_shows_people_with_the_roles_they_hold_now(client: Client) -> None:
    town = new_town(name="Stříbro")
    person = give_role(new_user(first_name="Eva", last_name="Nová"), "town_editor", town=town)
    give_role(person, "analyst")
    RoleGrant.objects.filter(user=person, role="analyst").update(
        valid_from=timezone.now() - timedelta(days=2), valid_until=timezone.now()
    )
    page = browser(with_role("auditor")).get(url("office-people")).content.decode()
    assert "Eva Nová" in page
    assert "town editor – Stříbro" in page
    assert "analyst" not in page.split("<tbody>")[1]
    assert "system@" not in page


def test_list_asks_as_often_for_three_people_as_for_one(count_queries: QueryCounter) -> None:
    watcher = browser(with_role("auditor"))
    counts = []
    for _round in range(2):
        with_role("reader")
        with_role("analyst")
        watcher.get(url("office-people"))
        with count_queries() as queries:
            watcher.get(url("office-people"))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_list_is_narrowed_by_role_and_account() -> None:
    with_role("analyst")
    blocked = with_role("analyst")
    blocked.is_active = False
    blocked.save()
    watcher = browser(with_role("auditor"))
    found = [
        watcher.get(url("office-people") + query).content.decode().split("<tbody>")[1].count("<tr")
        for query in ("?role=analyst", "?role=analyst&state=blocked", "?role=analyst&state=open")
    ]
    assert found == [2, 1, 1]


def test_invite_button_stands_where_it_works() -> None:
    address = url("office-invite")
    shown = {
        role: address in browser(with_role(role)).get(url("office-people")).content.decode()
        for role in ("administrator", "coordinator", "auditor", "head")
    }
    assert shown == {"administrator": True, "coordinator": True, "auditor": False, "head": False}


def test_person_shows_roles_in_time_and_what_they_may() -> None:
    by, now = with_role("administrator"), timezone.now()
    person = with_role("coordinator")
    RoleGrant.objects.create(user=person, role="analyst", valid_from=now + timedelta(days=5))
    RoleGrant.objects.create(user=person, role="adviser", valid_from=now - timedelta(days=5), valid_until=now)
    page = browser(by).get(url("office-person", person.pk)).content.decode()
    order = [
        page.index(words) for words in ("Roles now", "coordinator", "Roles to come", "analyst", "Roles that ended")
    ]
    assert order == sorted(order)
    assert "add and change organisations" in page
    assert page.count("End the role") == 2
    assert "Block the account" in page


def test_person_without_a_role_is_said_so() -> None:
    page = browser(with_role("auditor")).get(url("office-person", new_user().pk)).content.decode()
    assert "No role holds now" in page
    assert "Block the account" not in page


def test_blocked_person_is_shown_so() -> None:
    person = new_user(is_active=False)
    page = browser(with_role("administrator")).get(url("office-person", person.pk)).content.decode()
    assert "Unblock the account" in page


def test_role_is_given_on_screen_for_days() -> None:
    person = new_user()
    client, address = browser(with_role("administrator")), url("office-person-give", person.pk)
    assert client.get(address).status_code == 200
    answer = client.post(address, sent(role="analyst", first_day="1. 1. 2030", last_day="31. 12. 2030"))
    assert answer.url == url("office-person", person.pk)
    grant = person.grants.get()
    days = [
        timezone.localtime(at, timezone.get_fixed_timezone(60)) for at in (grant.valid_from, grant.valid_until) if at
    ]
    assert [f"{at:%Y-%m-%d %H:%M}" for at in days] == ["2030-01-01 00:00", "2031-01-01 00:00"]


def test_refused_role_is_told_at_its_field_and_nothing_is_lost() -> None:
    person = with_role("finance_preparer")
    client, address = browser(with_role("administrator")), url("office-person-give", person.pk)
    answer = client.post(address, sent(role="finance_approver", last_day="31. 12. 2030"))
    form = answer.context["form"]
    assert (answer.status_code, list(form.errors)) == (422, ["role"])
    assert 'value="31. 12. 2030"' in answer.content.decode()
    missing = client.post(address, sent(role="reader"))
    assert list(missing.context["form"].errors) == ["organisation"]
    assert client.post(address, sent()).status_code == 422


def test_coordinator_is_offered_roles_of_organisations_only() -> None:
    page = browser(with_role("coordinator")).get(url("office-person-give", new_user().pk))
    choices = [code for code, _name in page.context["form"].fields["role"].choices]
    assert choices == ["", "drafter", "signatory", "accountant", "reader"]


def test_nobody_gives_himself_a_role_on_screen() -> None:
    by = with_role("administrator")
    client = browser(by)
    assert client.post(url("office-person-give", by.pk), sent(role="analyst")).status_code == 403
    assert "Give a role" not in client.get(url("office-person", by.pk)).content.decode()


def test_role_is_ended_after_a_question() -> None:
    person, client = with_role("coordinator"), browser(with_role("administrator"))
    address = url("office-person-end", person.pk, person.grants.get().pk)
    assert "will be able to do nothing more" in client.get(address).content.decode()
    form = sent()
    assert client.post(address, form).url == url("office-person", person.pk)
    assert client.post(address, form).url == url("office-person", person.pk)
    assert not can(User.objects.get(pk=person.pk), "region.view_people")
    assert client.post(address, sent()).status_code == 422


def test_coordinator_ends_no_role_of_staff() -> None:
    person = with_role("analyst")
    client = browser(with_role("coordinator"))
    assert client.get(url("office-person-end", person.pk, person.grants.get().pk)).status_code == 403
    assert client.get(url("office-person-end", new_user().pk, person.grants.get().pk)).status_code == 404


def test_account_is_blocked_unblocked_and_reset_on_screen() -> None:
    person, client = with_role("analyst"), browser(with_role("administrator"))
    block, unblock, reset = (
        url(name, person.pk) for name in ("office-person-block", "office-person-unblock", "office-person-reset")
    )
    assert [client.get(address).status_code for address in (block, unblock, reset)] == [200, 200, 200]
    assert client.post(block, sent(reason="")).status_code == 422
    assert client.post(block, sent(reason="Left")).url == url("office-person", person.pk)
    assert not User.objects.get(pk=person.pk).is_active
    client.post(unblock, sent())
    assert User.objects.get(pk=person.pk).is_active
    assert "no second factor" in client.post(reset, sent()).content.decode()


@pytest.mark.parametrize("name", ["office-person-block", "office-person-unblock", "office-person-reset"])
def test_accounts_are_for_administrators(name: str) -> None:
    assert browser(with_role("coordinator")).get(url(name, new_user().pk)).status_code == 403


def test_somebody_is_invited_on_screen_and_a_replayed_form_invites_once() -> None:
    client, address, organisation = browser(with_role("coordinator")), url("office-invite"), new_organisation()
    assert client.get(address).status_code == 200
    form = sent(email="eva@example.org", role="signatory", organisation=str(organisation.pk), language="cs")
    assert client.post(address, form).url == client.post(address, form).url == url("office-invitations")
    assert (Invitation.objects.get().email, OutboxMessage.objects.count()) == ("eva@example.org", 1)
    assert "eva@example.org" in client.get(url("office-invitations")).content.decode()
    again = client.post(address, {**form, "form_key": str(uuid4())})
    assert list(again.context["form"].errors) == ["email"]


def test_invitation_is_sent_again_and_withdrawn_on_screen() -> None:
    client = browser(with_role("administrator"))
    client.post(url("office-invite"), sent(email="eva@example.org", role="analyst", language="en"))
    found = Invitation.objects.get()
    address = url("office-invitation", found.pk)
    assert "Send again" in client.get(address).content.decode()
    assert client.post(address, sent(act="nonsense")).status_code == 404
    client.post(address, sent(act="again"))
    assert Invitation.objects.get().token_hash != found.token_hash
    client.post(address, sent(act="withdraw"))
    page = client.get(address).content.decode()
    assert "Send again" not in page
    assert "Withdrawn" in page
    assert client.post(address, sent(act="again")).status_code == 422


def test_auditor_sees_an_invitation_and_cannot_touch_it() -> None:
    browser(with_role("administrator")).post(
        url("office-invite"), sent(email="eva@example.org", role="analyst", language="en")
    )
    client, address = browser(with_role("auditor")), url("office-invitation", Invitation.objects.get().pk)
    assert "Send again" not in client.get(address).content.decode()
    assert client.post(address, sent(act="withdraw")).status_code == 403


def test_invitations_are_narrowed_by_how_they_stand() -> None:
    by, now = with_role("administrator"), timezone.now()
    for number in range(4):
        Invitation.objects.create(
            email=f"p{number}@example.org",
            role="analyst",
            token_hash=str(number),
            invited_by=by,
            expires_at=now + timedelta(days=1 if number != 1 else -1),
            accepted_at=now if number == 2 else None,
            accepted_by=by if number == 2 else None,
            withdrawn_at=now if number == 3 else None,
        )
    client = browser(by)
    found = {
        standing: client.get(f"{url('office-invitations')}?standing={standing}").content.decode()
        for standing in ("open", "expired", "accepted", "withdrawn")
    }
    shown = {
        standing: [number for number in range(4) if f"p{number}@" in page.split("<tbody>")[1]]
        for standing, page in found.items()
    }
    assert shown == {"open": [0], "expired": [1], "accepted": [2], "withdrawn": [3]}
    home = client.get(url("office")).content.decode()
    assert "2 invitations wait for an answer" in home
    assert (
        "Accepted"
        in client.get(url("office-invitation", Invitation.objects.get(email="p2@example.org").pk)).content.decode()
    )


def test_invitations_ask_as_often_for_three_as_for_one(count_queries: QueryCounter) -> None:
    watcher, by = browser(with_role("auditor")), with_role("administrator")
    counts, rows = [], []
    for names in (["eva"], ["jan", "petr"]):
        for name in names:
            place = new_organisation()
            invite(email=f"{name}@example.org", role="reader", organisation=place, language="en", by=by)
        watcher.get(url("office-invitations"))
        with count_queries() as queries:
            page = watcher.get(url("office-invitations")).content.decode()
        counts.append(len(queries))
        rows.append(page.split("<tbody>")[1].count("<tr"))
    assert (rows, counts[0]) == ([1, 3], counts[1])
