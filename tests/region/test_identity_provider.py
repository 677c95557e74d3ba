"""Signing in at the region's own identity provider: accounts that exist, addresses that are verified, nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth import SESSION_KEY
from django.urls import reverse

from region.models import User
from tests.factories.accounts import PASSWORD
from tests.factories.identity_provider import Provider, identity_provider
from tests.factories.roles import with_role
from tests.factories.second_factors import with_app
from tests.factories.security import security_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client
    from pytest_django import Settings

pytestmark = [pytest.mark.django_db, pytest.mark.once]
LOGIN = {"provider_id": "region"}


@pytest.fixture
def provider(settings: Settings) -> Iterator[Provider]:
    with identity_provider() as found:
        settings.SOCIALACCOUNT_PROVIDERS = found.settings()
        yield found


@pytest.fixture
def drafter() -> User:
    user = with_role("drafter")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def start(client: Client, **query: str) -> str:
    response = client.post(reverse("openid_connect_login", kwargs=LOGIN), query_params=query)
    assert response.status_code == 302
    return str(response["Location"])


def come_back(client: Client, brought: dict[str, str]) -> Any:
    return client.get(reverse("openid_connect_callback", kwargs=LOGIN), brought)


def is_in(client: Client) -> bool:
    return SESSION_KEY in client.session


def test_person_with_an_account_comes_in(provider: Provider, drafter: User, client: Client) -> None:
    provider.facts = {"sub": "1", "email": drafter.email.upper(), "email_verified": True}
    with security_lines() as lines:
        response = come_back(client, provider.visit(start(client, process="login", next="/en/my/")))
    assert (response.status_code, response["Location"]) == (302, "/en/my/")
    assert client.session[SESSION_KEY] == str(drafter.pk)
    assert [(line["event.action"], line["safe_county.kind"]) for line in lines] == [
        ("session.sign_in", "socialaccount")
    ]
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize("verified", [False, "false", None, "yes"])
def test_unverified_address_opens_nothing(verified: object, provider: Provider, drafter: User, client: Client) -> None:
    provider.facts = {"sub": "1", "email": drafter.email, "email_verified": verified}
    response = come_back(client, provider.visit(start(client)))
    assert (response.status_code, is_in(client)) == (403, False)
    assert "Your address is not confirmed" in response.content.decode()


def test_unknown_address_gets_no_account_and_is_told_what_to_do(provider: Provider, client: Client) -> None:
    provider.facts = {"sub": "1", "email": "new@example.org", "email_verified": True}
    with security_lines() as lines:
        response = come_back(client, provider.visit(start(client)))
    assert (response.status_code, is_in(client), User.objects.count()) == (403, False, 0)
    assert "Ask an administrator to invite that address" in response.content.decode()
    assert lines[0]["safe_county.reason"] == "no_account"


def test_blocked_account_stays_closed(provider: Provider, drafter: User, client: Client) -> None:
    User.objects.filter(pk=drafter.pk).update(is_active=False)
    provider.facts = {"sub": "1", "email": drafter.email, "email_verified": True}
    come_back(client, provider.visit(start(client)))
    assert not is_in(client)


def test_second_factor_is_asked_for_all_the_same(provider: Provider, drafter: User, client: Client) -> None:
    with_app(drafter)
    provider.facts = {"sub": "1", "email": drafter.email, "email_verified": True}
    response = come_back(client, provider.visit(start(client)))
    assert (response["Location"], is_in(client)) == (reverse("mfa_authenticate"), False)


def test_staff_without_a_factor_set_one_up_first(provider: Provider, client: Client, settings: Settings) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    user = with_role("coordinator")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    provider.facts = {"sub": "1", "email": user.email, "email_verified": True}
    come_back(client, provider.visit(start(client)))
    assert client.get(reverse("region:office"))["Location"].startswith(reverse("second_factor"))


@pytest.mark.parametrize("change", [{"state": "another"}, {"state": ""}, {"code": "guessed"}])
def test_wrong_state_or_code_is_refused(
    change: dict[str, str], provider: Provider, drafter: User, client: Client
) -> None:
    provider.facts = {"sub": "1", "email": drafter.email, "email_verified": True}
    response = come_back(client, {**provider.visit(start(client)), **change})
    assert (response.status_code, is_in(client)) == (401, False)
    assert "Signing in did not work" in response.content.decode()


def test_another_browser_cannot_finish_it(provider: Provider, drafter: User, client: Client) -> None:
    provider.facts = {"sub": "1", "email": drafter.email, "email_verified": True}
    brought = provider.visit(start(client))
    other = type(client)()
    assert (come_back(other, brought).status_code, is_in(other)) == (401, False)


def test_whoever_turns_back_is_told_so(provider: Provider, client: Client) -> None:
    state = provider.visit(start(client))["state"]
    response = come_back(client, {"error": "access_denied", "state": state})
    assert response["Location"] == reverse("socialaccount_login_cancelled")
    assert client.get(response["Location"]).status_code == 200


def test_way_on_stays_on_this_site(provider: Provider, drafter: User, client: Client) -> None:
    provider.facts = {"sub": "1", "email": drafter.email, "email_verified": True}
    response = come_back(client, provider.visit(start(client, next="https://elsewhere.example/")))
    assert (response["Location"], is_in(client)) == (reverse("region:home"), True)


def test_provider_that_is_down_gives_a_plain_page(settings: Settings, drafter: User, client: Client) -> None:
    with identity_provider() as found:
        settings.SOCIALACCOUNT_PROVIDERS = found.settings()
        found.facts = {"sub": "1", "email": drafter.email, "email_verified": True}
        brought = found.visit(start(client))
    down = client.post(reverse("openid_connect_login", kwargs=LOGIN))
    back = come_back(client, brought)
    assert [down.status_code, back.status_code] == [503, 503]
    assert "Signing in did not work" in down.content.decode()
    assert not is_in(client)


def test_signed_in_person_cannot_connect_a_stranger(provider: Provider, drafter: User, client: Client) -> None:
    client.force_login(drafter)
    provider.facts = {"sub": "9", "email": "other@example.org", "email_verified": True}
    response = come_back(client, provider.visit(start(client, process="connect")))
    assert (response["Location"], SocialAccount.objects.count()) == (reverse("account"), 0)


def test_button_is_there_when_it_is_switched_on(provider: Provider, client: Client) -> None:
    assert "Continue with Region ID" in client.get(reverse("account_login")).content.decode()
    assert "Sign in with Region ID" in client.get(reverse("openid_connect_login", kwargs=LOGIN)).content.decode()


def test_switched_off_it_leaves_no_trace(client: Client, drafter: User) -> None:
    assert "/oidc/" not in client.get(reverse("account_login")).content.decode()
    for name in ("openid_connect_login", "openid_connect_callback"):
        assert client.get(reverse(name, kwargs=LOGIN)).status_code == 404
        assert (
            client.post(reverse(name, kwargs=LOGIN), {"login": drafter.email, "password": PASSWORD}).status_code == 404
        )
