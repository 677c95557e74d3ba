"""Accepting an invitation in a browser."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from region.domain.invitations import invite, withdraw
from region.models import Invitation, RegionProfile, User
from region.views import joining
from tests.factories.accounts import PASSWORD, new_user
from tests.factories.roles import with_role

pytestmark = pytest.mark.usefixtures("county")
ACCEPT = "/en/account/invitation/"
NAME = {"first_name": "Eva", "last_name": "Nová"}


def link_of(email: str = "eva@example.org", role: str = "reader", **fields: Any) -> str:
    """Path of the link in an invitation to the inviter's organisation."""
    by = fields.get("by") or with_role("signatory")
    organisation = by.grants.get().organisation
    _invitation, link = invite(email=email, role=role, organisation=organisation, language="en", by=by)
    return "/" + link.split("/", 3)[3]


def test_link_hands_its_secret_over_and_shows_it_nowhere(client: Client) -> None:
    link = link_of()
    answer = client.get(link)
    token = link.rstrip("/").rpartition("/")[2]
    assert (answer.status_code, answer.url, answer["Referrer-Policy"]) == (302, ACCEPT, "no-referrer")
    assert "no-store" in answer["Cache-Control"]
    assert token not in str(dict(client.session))
    assert token not in client.get(ACCEPT).content.decode()


def test_newcomer_joins_with_a_password_and_is_signed_in(client: Client) -> None:
    client.get(link_of())
    page = client.get(ACCEPT)
    assert "To the role “reader” for" in page.content.decode()
    answer = client.post(ACCEPT, {**NAME, "way": "password", "password": PASSWORD})
    user = User.objects.get(email="eva@example.org")
    assert (answer.status_code, answer.url) == (302, reverse("region:home"))
    assert client.session["_auth_user_id"] == str(user.pk)
    assert user.check_password(PASSWORD)


def test_newcomer_joins_with_codes(client: Client) -> None:
    client.get(link_of())
    client.post(ACCEPT, {**NAME, "way": "code"})
    user = User.objects.get(email="eva@example.org")
    assert not user.has_usable_password()
    assert client.session["_auth_user_id"] == str(user.pk)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"way": "password", "password": ""}, "password"),
        ({"way": "password", "password": "short"}, "password"),
        ({"first_name": "", "way": "code"}, "first_name"),
        ({}, "way"),
    ],
)
def test_wrong_form_is_told_at_its_field_and_the_link_still_works(
    client: Client, wrong: dict[str, str], field: str
) -> None:
    client.get(link_of())
    page = client.post(ACCEPT, {**NAME, **wrong})
    assert list(page.context["form"].errors) == [field]
    assert 'value="Nová"' in page.content.decode()
    assert client.post(ACCEPT, {**NAME, "way": "code"}).status_code == 302


def test_replayed_form_leads_on_and_makes_nothing_twice(client: Client) -> None:
    link = link_of()
    client.get(link)
    client.post(ACCEPT, {**NAME, "way": "code"})
    assert client.get(link).url == reverse("region:home")
    assert User.objects.filter(email="eva@example.org").count() == 1


def test_account_signs_in_first_and_then_accepts(client: Client) -> None:
    eva = new_user(email="eva@example.org")
    client.get(link_of())
    page = client.get(ACCEPT).content.decode()
    way_on = f"{reverse('second_factor')}?next={ACCEPT}"
    assert f'href="{way_on}"' in page
    assert client.get(way_on).url == f"{reverse('account_login')}?next={quote(way_on)}"
    client.force_login(eva)
    assert client.get(way_on).url == ACCEPT
    assert "Accept the role" in client.get(ACCEPT).content.decode()
    assert client.post(ACCEPT).url == reverse("region:home")
    assert eva.grants.get().role == "reader"


def test_somebody_else_signed_in_has_to_sign_out(client: Client) -> None:
    new_user(email="eva@example.org")
    for email in ("eva@example.org", "new@example.org"):
        client.force_login(new_user())
        client.get(link_of(email))
        page = client.post(ACCEPT)
        assert "You are signed in to another account" in page.content.decode()
    assert not Invitation.objects.filter(accepted_at__isnull=False).exists()


def test_role_that_cannot_be_held_is_explained(client: Client) -> None:
    eva = new_user(email="eva@example.org")
    link = link_of()
    client.force_login(eva)
    client.get(link)
    grant = Invitation.objects.get()
    eva.grants.create(role="reader", organisation=grant.organisation)
    page = client.post(ACCEPT).content.decode()
    assert "The role could not be given" in page
    assert "already holds the role" in page


def test_account_made_meanwhile_has_to_sign_in(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def taken(**_values: Any) -> None:
        raise joining.OtherAccount

    client.get(link_of())
    monkeypatch.setattr(joining, "accept_as_new", taken)
    assert client.post(ACCEPT, {**NAME, "way": "code"}).url == ACCEPT


def test_links_that_do_not_work_say_what_to_do(client: Client) -> None:
    by = with_role("signatory")
    expired, withdrawn, used = link_of("a@example.org", by=by), link_of("b@example.org", by=by), link_of(by=by)
    Invitation.objects.filter(email="a@example.org").update(expires_at=timezone.now())
    withdraw(invitation=Invitation.objects.get(email="b@example.org"), by=by)
    client.get(used)
    client.post(ACCEPT, {**NAME, "way": "code"})
    stranger = Client()
    answers = [stranger.get(link) for link in (expired, withdrawn, used, f"{ACCEPT}guessed/", ACCEPT)]
    assert [answer.status_code for answer in answers] == [410, 410, 410, 404, 404]
    words = ("has expired", "no longer holds", "works once", "Perhaps a part", "Perhaps a part")
    assert [word in answer.content.decode() for word, answer in zip(words, answers, strict=True)] == [True] * 5
    assert "example.org" not in "".join(answer.content.decode() for answer in answers)
    assert answers[0]["Referrer-Policy"] == "no-referrer"


def test_link_that_ends_while_the_page_is_open_is_told(client: Client, county: RegionProfile) -> None:
    client.get(link_of())
    Invitation.objects.update(expires_at=timezone.now())
    assert client.post(ACCEPT, {**NAME, "way": "code"}).status_code == 410
