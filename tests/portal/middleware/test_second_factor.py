"""Staff get nowhere without a second factor; a role or an account that ended works no more the same second."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from allauth.account.authentication import get_authentication_records
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as app_codes
from django.db import transaction
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from portal.middleware.doors import SIGN_IN
from region.domain.invitations import invite
from region.models import RoleGrant
from region.roles import ROLES
from region.second_factor import remember_enrolment
from tests.factories.accounts import new_administrator, new_editor
from tests.factories.roles import give_role, with_role
from tests.factories.second_factors import sign_in, with_app, with_passkey
from tests.factories.security import security_lines

if TYPE_CHECKING:
    from pytest_django import Settings

    from portal.domain.site import Pages

pytestmark = pytest.mark.django_db
STAFF = [code for code, role in ROLES.items() if role.needs_second_factor]
OTHERS = [code for code in ROLES if code not in STAFF]


@pytest.fixture(autouse=True)
def required(settings: Settings) -> None:
    settings.SECOND_FACTOR_REQUIRED = True


def page() -> str:
    return reverse("second_factor")


def location(response: Any) -> str:
    return str(response.get("Location", ""))


@pytest.mark.parametrize("code", STAFF)
def test_staff_without_a_factor_are_led_to_set_one_up(code: str, client: Client) -> None:
    sign_in(client, with_role(code))
    for path in (reverse("region:home"), reverse("region:office"), reverse("region:my"), "/admin/", "/office/"):
        response = client.get(path, follow=path == "/office/")
        where = response.redirect_chain[-1][0] if path == "/office/" else location(response)
        assert where.startswith(page() + "?next="), path
    assert client.get(page()).status_code == 200


def test_recovery_codes_alone_are_no_factor_though_one_was_just_used(client: Client) -> None:
    staff = with_role("coordinator")
    codes = RecoveryCodes.activate(staff).instance
    sign_in(client, staff, factor=codes)
    assert location(client.get(reverse("region:office"))).startswith(page() + "?next=")
    assert client.get(reverse("mfa_activate_totp")).status_code == 200


def test_recovery_codes_that_were_just_made_are_not_a_factor_shown(rf: RequestFactory, client: Client) -> None:
    staff = with_role("coordinator")
    request = rf.get("/")
    request.session = client.session
    remember_enrolment(request=request, user=staff, authenticator=RecoveryCodes.activate(staff).instance)
    assert get_authentication_records(request, staff) == []
    remember_enrolment(request=request, user=staff, authenticator=with_app(staff))
    assert [record["method"] for record in get_authentication_records(request, staff)] == ["mfa"]


@pytest.mark.parametrize("code", OTHERS)
def test_others_pass(code: str, client: Client) -> None:
    sign_in(client, with_role(code))
    assert client.get(reverse("region:my")).status_code == 200


def test_page_offers_both_ways_and_goes_on_to_where_one_wanted(client: Client) -> None:
    sign_in(client, with_role("coordinator"))
    wanted = reverse("region:office")
    response = client.get(location(client.get(wanted)))
    text = response.content.decode()
    assert "Protect your account first" in text
    assert [reverse(name) in text for name in ("mfa_add_webauthn", "mfa_activate_totp", "account_logout")] == [True] * 3
    assert f"{page()}?next={quote(wanted)}" in text
    assert "elsewhere.example" not in client.get(page(), {"next": "https://elsewhere.example/"}).content.decode()


@pytest.mark.parametrize("name", ["mfa_index", "mfa_activate_totp", "mfa_list_webauthn", "mfa_add_webauthn"])
def test_pages_for_setting_one_up_are_free(name: str, client: Client) -> None:
    sign_in(client, with_role("coordinator"))
    assert client.get(reverse(name)).status_code == 200


@pytest.mark.parametrize("name", ["account", "account_details", "usersessions_list", "account_change_password"])
def test_other_pages_of_the_account_wait(name: str, client: Client) -> None:
    sign_in(client, with_role("coordinator"))
    assert location(client.get(reverse(name))).startswith(page())


def test_posts_fragments_and_scripts_are_blocked(client: Client) -> None:
    sign_in(client, new_administrator())
    path = reverse("region:office-calendar-add")
    assert (client.post(path).status_code, location(client.post(path))) == (303, page())
    fragment = client.get(reverse("region:office-calendar"), headers={"hx-request": "true"})
    assert (fragment.status_code, fragment["HX-Redirect"], fragment.content) == (200, page(), b"")
    script = client.get("/admin/pages/", headers={"x-requested-with": "XMLHttpRequest"})
    assert location(script).startswith(page())


def test_public_pages_stay_readable_and_nobody_keeps_them(site: Pages, client: Client) -> None:
    sign_in(client, with_role("coordinator"))
    response = client.get(site["home"]["cs"].url)
    assert (response.status_code, response["Cache-Control"]) == (200, "private, no-store")
    assert client.get("/robots.txt").status_code == 200


def test_refusal_is_noted_with_the_person(client: Client) -> None:
    user = with_role("coordinator")
    sign_in(client, user)
    with security_lines() as lines:
        client.get(reverse("region:office"))
    assert [(line["event.action"], line["user.id"], line["safe_county.reason"]) for line in lines] == [
        ("access.denied", str(user.pk), "second_factor")
    ]


@pytest.mark.parametrize("give", [with_app, with_passkey])
def test_factor_shown_in_this_session_opens(give: Any, client: Client) -> None:
    user = with_role("coordinator")
    sign_in(client, user, factor=give(user))
    assert client.get(reverse("region:office")).status_code == 200
    assert location(client.get(page())) == reverse("region:home")


@pytest.mark.parametrize(
    ("give", "name"), [(with_app, "mfa_reauthenticate"), (with_passkey, "mfa_reauthenticate_webauthn")]
)
def test_factor_not_shown_in_this_session_is_asked_for(give: Any, name: str, client: Client) -> None:
    user = with_role("coordinator")
    give(user)
    sign_in(client, user)
    wanted = reverse("region:office")
    response = client.get(location(client.get(wanted)))
    assert location(response) == f"{reverse(name)}?next={quote(wanted, safe='')}"


@pytest.mark.parametrize("name", ["mfa_activate_totp", "mfa_add_webauthn", "mfa_index", "account_email"])
def test_factor_not_shown_cannot_be_replaced_by_another(name: str, client: Client) -> None:
    user = with_role("coordinator")
    with_passkey(user)
    sign_in(client, user)
    assert location(client.get(reverse(name))).startswith(page())


def test_factor_shown_and_lost_since_opens_no_more(client: Client) -> None:
    user = with_role("coordinator")
    app = with_app(user)
    sign_in(client, user, factor=app)
    app.delete()
    with_app(user)
    assert location(client.get(reverse("region:office"))).startswith(page())


def test_factor_set_up_in_this_session_opens(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    # A test's transaction is never committed: what waits for that is done at once.
    monkeypatch.setattr(transaction, "on_commit", lambda act, **_more: act())
    user = with_role("coordinator")
    sign_in(client, user)
    client.get(reverse("mfa_activate_totp"))
    code = _code(client.session["mfa.totp.secret"])
    assert client.post(reverse("mfa_activate_totp"), {"code": code}).status_code == 302
    assert client.get(reverse("region:office")).status_code == 200


def test_last_factor_of_staff_stays(client: Client) -> None:
    user = with_role("coordinator")
    key = with_passkey(user)
    sign_in(client, user, factor=key)
    path = reverse("mfa_remove_webauthn", args=[key.pk])
    assert "This passkey has to stay for now" in client.get(path).content.decode()
    assert client.post(path).status_code == 409
    app = with_app(user)
    assert client.post(path).status_code == 302
    sign_in(client, user, factor=app)
    response = client.post(reverse("mfa_deactivate_totp"))
    assert "Your role needs a second factor" in response.content.decode()
    assert list(user.authenticator_set.all()) == [app]


def test_others_may_remove_their_last_factor(client: Client) -> None:
    user = with_role("drafter")
    key = with_passkey(user)
    sign_in(client, user, factor=key)
    assert client.post(reverse("mfa_remove_webauthn", args=[key.pk])).status_code == 302


def test_staff_without_a_factor_accept_an_invitation_once_they_have_one(client: Client) -> None:
    user = with_role("coordinator")
    sign_in(client, user)
    _invitation, link = invite(email=user.email, role="editor", language="en", by=with_role("administrator"))
    told = client.get("/" + link.split("/", 3)[3], follow=True).content.decode()
    way_on = f"{page()}?next={reverse('region:invitation-accept')}"
    assert f'href="{way_on}"' in told
    assert "Protect your account first" in client.get(way_on).content.decode()
    sign_in(client, user, factor=with_app(user))
    assert location(client.get(way_on)) == reverse("region:invitation-accept")
    assert location(Client().get(way_on)).startswith(reverse("account_login"))


def test_role_that_ended_opens_nothing_the_same_second(client: Client) -> None:
    user = with_role("coordinator")
    sign_in(client, user, factor=with_app(user))
    places = [reverse("region:office"), reverse("region:office-people")]
    assert [client.get(place).status_code for place in places] == [200, 200]
    RoleGrant.objects.filter(user=user).update(valid_until=timezone.now())
    # The home of the office leads on to the one that tells people without a role what to do.
    assert [client.get(place).status_code for place in places] == [302, 403]


def test_role_given_asks_for_the_factor_the_same_second(client: Client) -> None:
    user = with_role("drafter")
    sign_in(client, user)
    assert client.get(reverse("region:my")).status_code == 200
    give_role(user, "coordinator")
    assert location(client.get(reverse("region:my"))).startswith(page())


def test_editor_whose_role_ended_is_refused_by_the_editors_screens(client: Client) -> None:
    user = new_editor()
    sign_in(client, user, factor=with_app(user))
    assert client.get("/admin/").status_code == 200
    RoleGrant.objects.filter(user=user).update(valid_until=timezone.now())
    assert client.get("/admin/").status_code == 403


def test_blocked_account_loses_its_session_at_once(client: Client) -> None:
    user = with_role("drafter")
    sign_in(client, user)
    user.is_active = False
    user.save()
    assert location(client.get(reverse("region:my"))).startswith(reverse("account_login"))


def test_without_the_requirement_staff_pass(client: Client, settings: Settings) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    sign_in(client, with_role("coordinator"))
    assert client.get(reverse("region:office")).status_code == 200
    assert location(client.get(page())) == reverse("region:home")


def test_sign_in_page_is_where_the_middleware_looks_for_it() -> None:
    assert reverse("account_login").endswith(SIGN_IN)


def _code(secret: str) -> str:
    counter = next(app_codes.yield_hotp_counters_from_time())
    return app_codes.format_hotp_value(app_codes.hotp_value(secret, counter))
