"""Screens for personal data: find, see what is held, copy, erase."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest
from django.test import Client

from region.models import Officer, RegionProfile, User
from region.views.personal_data import address_of
from tests.factories.accounts import new_user
from tests.factories.held import EMAIL, held_user
from tests.factories.people import officer
from tests.factories.roles import with_role
from tests.factories.security import security_lines

pytestmark = pytest.mark.django_db
SEARCH = "/en/office/personal-data/"


@pytest.fixture
def administrator(county: RegionProfile, client: Client) -> User:
    user = with_role("administrator")
    client.force_login(user)
    return user


def posted(client: Client, url: str, **data: Any) -> Any:
    return client.post(url, {"form_key": str(uuid.uuid4()), **data})


@pytest.mark.parametrize("tail", ["", "copy/", "erase/"])
def test_only_those_who_handle_personal_data_may_enter(tail: str, county: RegionProfile, client: Client) -> None:
    who = new_user()
    for address in (SEARCH, address_of(who) + tail):
        method = client.post if tail and address != SEARCH else client.get
        assert method(address).status_code == 302
        client.force_login(with_role("auditor"))
        assert method(address).status_code == 403
        client.logout()


def test_people_are_found_by_name_and_address(administrator: User, client: Client) -> None:
    eva = new_user(first_name="Eva", last_name="Malá", email="eva@example.org")
    jan = officer(name="Jan Malánský")
    found = client.get(f"{SEARCH}?q=mal").context["found"]
    assert [(one["who"], one["is_account"]) for one in found] == [(eva, True), (jan, False)]
    assert [one["who"] for one in client.get(f"{SEARCH}?q=eva@").context["found"]] == [eva]
    for typed in ("MALÁ Eva", "mala", " eva  m", "Malá"):
        assert eva in [one["who"] for one in client.get(SEARCH, {"q": typed}).context["found"]]
    assert "Nobody found" in client.get(f"{SEARCH}?q=xyz").content.decode()
    assert client.get(SEARCH).context["found"] == []
    assert client.get(f"{SEARCH}?q={'x' * 101}").context["found"] == []


def test_what_is_held_is_shown_with_its_fate_and_the_view_is_noted(administrator: User, client: Client) -> None:
    user = held_user()
    with security_lines() as noted:
        response = client.get(address_of(user))
    assert response.status_code == 200
    assert {str(one.name) for one in response.context["held"]} >= {"users", "messages", "notices", "saved views"}
    told = [(line["event.action"], line["safe_county.target_id"]) for line in noted]
    assert told == [("personal_data.view", str(user.pk))]


def test_what_libraries_hold_is_told_in_words_for_people(administrator: User, client: Client) -> None:
    held = {str(one.name): one for one in client.get(address_of(held_user())).context["held"]}
    browsers, forms = held["signed-in browsers"], held["forms that were sent"]
    assert [str(words) for words in browsers.columns] == ["account", "IP address", "browser", "key", "content"]
    assert ([str(words) for words in forms.columns], forms.retention) == (["whose"], "deleted after 90 days")
    copy = json.loads(client.post(f"{address_of(User.objects.get(email=EMAIL))}copy/").content)
    assert {"IP address", "browser", "last seen"} <= set(
        next(kind for kind in copy["holds"] if kind["what"] == "Signed-in browsers")["rows"][0]
    )


@pytest.mark.parametrize("address", ["account/{}/", "officer/{}/", "nobody/{}/", "account/{}/copy/"])
def test_nobody_is_not_there(address: str, administrator: User, client: Client) -> None:
    url = SEARCH + address.format(uuid.uuid4())
    assert (client.post(url) if "copy" in url else client.get(url)).status_code == 404


def test_copy_is_a_file_and_noted(administrator: User, client: Client) -> None:
    user = new_user()
    with security_lines() as noted:
        response = client.post(f"{address_of(user)}copy/")
    assert json.loads(response.content)["about"] == user.email
    assert response["Content-Disposition"].startswith('attachment; filename="personal-data-')
    assert [line["event.action"] for line in noted] == ["personal_data.export"]


def test_erasing_asks_for_the_address(administrator: User, client: Client) -> None:
    user = held_user()
    page = posted(client, f"{address_of(user)}erase/", confirmation="yes")
    assert (page.status_code, User.objects.get(pk=user.pk).email) == (422, EMAIL)
    assert f"This is not the same as “{EMAIL}”." in page.content.decode()


def test_erasing_leads_back_to_what_was_kept(administrator: User, client: Client) -> None:
    user = held_user()
    with security_lines() as noted:
        response = posted(client, f"{address_of(user)}erase/", confirmation=EMAIL.upper())
    assert (response.status_code, response["Location"]) == (302, address_of(user))
    assert [line["event.action"] for line in noted] == ["personal_data.erase"]
    page = client.get(address_of(user))
    assert "Erased account" in page.content.decode()
    assert "Erase for good" not in page.content.decode()


def test_refusal_is_said_and_nothing_is_erased(administrator: User, client: Client) -> None:
    page = posted(client, f"{address_of(administrator)}erase/", confirmation=administrator.email)
    assert page.status_code == 422
    assert "Nobody erases himself or herself" in page.content.decode()


def test_officer_without_an_address_is_confirmed_by_name(administrator: User, client: Client) -> None:
    one = officer(name="Jan Novák", rank="", email="")
    assert client.get(address_of(one)).status_code == 200
    assert posted(client, f"{address_of(one)}erase/", confirmation="jan novák").status_code == 302
    assert Officer.objects.get(pk=one.pk).name == "—"
