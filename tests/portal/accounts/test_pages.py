"""Every page of signing in and of one's account: opens, has one heading, speaks our words in three languages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.messages import get_messages
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from region.models import AuditEvent
from tests.factories.accounts import PASSWORD, new_user
from tests.factories.factors import SECRET, new_app, new_passkey, recovery_codes
from tests.factories.signing_in import confirm, letter_code, sign_in

if TYPE_CHECKING:
    from django.test import Client, RequestFactory

    from region.models import RegionProfile, User

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("county")]
ANONYMOUS = (
    "account_login",
    "account_signup",
    "account_inactive",
    "account_request_login_code",
    "account_reset_password",
    "account_password_reset_completed",
    "socialaccount_login_cancelled",
)
SIGNED_IN = (
    "account",
    "account_details",
    "account_logout",
    "account_email",
    "account_change_password",
    "account_reauthenticate",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "usersessions_list",
    "socialaccount_connections",
)
PROTECTED = (
    "account",
    "mfa_index",
    "mfa_deactivate_totp",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_list_webauthn",
)


@pytest.fixture
def person() -> User:
    return new_user(email="clerk@example.org", first_name="Jana", last_name="Nová", language="cs")


@pytest.fixture
def mine(client: Client, person: User) -> Client:
    """Browser of somebody who has just signed in."""
    sign_in(client, person)
    confirm(client)
    return client


def page(client: Client, name: str, language: str = "en", **kwargs: object) -> str:
    with translation.override(language):
        response = client.get(reverse(name, kwargs=kwargs))
    assert response.status_code == 200, (name, response.status_code, response.headers.get("Location"))
    return well_made(response)


def well_made(response: Any) -> str:
    html = response.content.decode()
    assert len(re.findall(r"<h1\b", html)) == 1
    assert "placeholder=" not in html
    assert len(re.findall(r"btn--primary", html.split("<main")[1].split("</main>")[0])) <= 1
    return html


@pytest.mark.parametrize("language", ["cs", "pl", "en"])
@pytest.mark.parametrize("name", ANONYMOUS)
def test_page_for_anybody(client: Client, name: str, language: str) -> None:
    assert f'<html lang="{language}">' in page(client, name, language)


def test_page_of_a_provider_that_failed(client: Client) -> None:
    response = client.get(reverse("socialaccount_login_error"))
    assert response.status_code == 401
    well_made(response)


@pytest.mark.parametrize("language", ["cs", "pl", "en"])
@pytest.mark.parametrize("name", SIGNED_IN)
def test_page_of_a_signed_in_person(mine: Client, name: str, language: str) -> None:
    assert f'<html lang="{language}">' in page(mine, name, language)


@pytest.mark.parametrize("name", PROTECTED)
def test_page_of_somebody_with_a_second_factor(client: Client, person: User, name: str) -> None:
    new_app(person)
    new_passkey(person)
    sign_in(client, person)
    confirm(client)
    page(client, name)


@pytest.mark.parametrize("name", ["mfa_edit_webauthn", "mfa_remove_webauthn"])
def test_page_of_a_passkey(client: Client, person: User, name: str) -> None:
    key = new_passkey(person)
    new_app(person)
    sign_in(client, person)
    confirm(client)
    assert "Work phone" in page(client, name, pk=key.pk)


def test_passkey_of_somebody_else_is_not_there(mine: Client) -> None:
    key = new_passkey(new_user())
    assert mine.get(reverse("mfa_edit_webauthn", args=[key.pk])).status_code == 404


@pytest.mark.parametrize("name", SIGNED_IN)
def test_anonymous_person_is_sent_to_sign_in(client: Client, name: str) -> None:
    response = client.get(reverse(name))
    if name == "account_logout":
        assert response.headers["Location"] == reverse("account_login")
    else:
        assert response.headers["Location"].startswith(f"{reverse('account_login')}?next=")


def test_account_says_what_protects_it(client: Client, person: User) -> None:
    new_app(person)
    sign_in(client, person)
    html = page(client, "account")
    assert "10 left" in html
    assert "Jana Nová" in html
    assert "alone is easily stolen" not in html


def test_account_without_a_second_factor_is_asked_to_have_one(mine: Client) -> None:
    assert "alone is easily stolen" in page(mine, "account")


def test_account_without_password_may_set_one(client: Client) -> None:
    person = new_user(email="nopassword@example.org", password=None)
    sign_in(client, person)
    page(client, "account_set_password")
    response = client.post(
        reverse("account_set_password"), {"password1": "plum tractor violet", "password2": "plum tractor violet"}
    )
    assert response.headers["Location"] == reverse("account")
    person.refresh_from_db()
    assert person.check_password("plum tractor violet")


def test_details_are_changed_and_noted(mine: Client, person: User) -> None:
    wanted = {"first_name": "Hana", "last_name": "Nová", "language": "pl"}
    assert mine.post(reverse("account_details"), wanted).headers["Location"] == reverse("account")
    person.refresh_from_db()
    assert (person.first_name, person.language) == ("Hana", "pl")
    assert AuditEvent.objects.filter(action="user.change_details", actor_id=str(person.pk)).count() == 1
    assert mine.post(reverse("account_details"), wanted).status_code == 302
    assert AuditEvent.objects.filter(action="user.change_details").count() == 1


def test_language_that_is_none_is_refused(mine: Client) -> None:
    response = mine.post(reverse("account_details"), {"first_name": "", "last_name": "", "language": "xx"})
    assert "Please mend one thing" in well_made(response)


def test_name_that_is_none_is_said_at_its_field(mine: Client) -> None:
    wanted = {"first_name": "Visit https://bad.example", "last_name": "", "language": "en"}
    response = mine.post(reverse("account_details"), wanted)
    assert "Write the name alone" in well_made(response)


def test_key_of_the_app_stands_in_groups_of_four(mine: Client) -> None:
    html = page(mine, "mfa_activate_totp")
    spelt = re.search(r'class="key">([^<]+)<', html)
    assert spelt
    assert {len(part) for part in spelt[1].split()} == {4}
    assert 'src="data:image/svg+xml;base64,' in html


def test_recovery_codes_are_shown_and_saved(client: Client, person: User) -> None:
    new_app(person)
    sign_in(client, person)
    confirm(client)
    first = recovery_codes(person)[0]
    spelt = f"{first[:4]} {first[4:]}"
    assert spelt in page(client, "mfa_view_recovery_codes")
    answer = client.get(reverse("mfa_download_recovery_codes"))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="recovery-codes.txt"'
    assert spelt in answer.content.decode()


def test_recovery_codes_that_are_all_used(client: Client, person: User) -> None:
    new_app(person)
    sign_in(client, person)
    confirm(client)
    codes = person.authenticator_set.get(type="recovery_codes")
    codes.data["used_mask"] = 2**10 - 1
    codes.save()
    assert "All of them are used." in page(client, "mfa_view_recovery_codes")
    assert "You get ten codes." in page(client, "mfa_generate_recovery_codes")


def test_sessions_say_browser_and_system(client: Client, person: User) -> None:
    agent = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
    sign_in(client, person, agent=agent)
    assert "Firefox, Linux" in page(client, "usersessions_list")


def test_other_sessions_are_ended(mine: Client, person: User) -> None:
    other = type(mine)()
    sign_in(other, person)
    assert "Sign out everywhere else" in page(mine, "usersessions_list")
    mine.post(reverse("usersessions_list"))
    assert other.get(reverse("account")).status_code == 302
    assert mine.get(reverse("account")).status_code == 200


def test_signing_out_ends_on_the_page_for_signing_in(mine: Client) -> None:
    response = mine.post(reverse("account_logout"))
    assert response.headers["Location"] == reverse("account_login")
    assert [str(one) for one in get_messages(mine.get(reverse("account_login")).wsgi_request)] == [
        "You have signed out."
    ]


def test_address_is_changed_with_a_code(mine: Client, person: User) -> None:
    response = mine.post(reverse("account_email"), {"email": "new@example.org", "action_add": "1"})
    assert response.headers["Location"] == reverse("account_email_verification_sent")
    html = page(mine, "account_email_verification_sent")
    assert "new@example.org" in html
    assert "Leave it" in html
    assert "waits for its code" not in page(mine, "account_email")
    mine.post(reverse("account_email_verification_sent"), {"code": letter_code("new@example.org")})
    person.refresh_from_db()
    assert person.email == "new@example.org"


def test_address_that_waits_is_shown(mine: Client, person: User) -> None:
    person.emailaddress_set.create(email="new@example.org", verified=False, primary=False)
    assert "new@example.org waits for its code" in page(mine, "account_email")


def test_password_is_changed(mine: Client, person: User) -> None:
    form = {"oldpassword": PASSWORD, "password1": "plum tractor violet", "password2": "plum tractor violet"}
    assert mine.post(reverse("account_change_password"), form).headers["Location"] == reverse("account")
    person.refresh_from_db()
    assert person.check_password("plum tractor violet")


@pytest.mark.parametrize("password", ["short", "password1234", "clerk@example.org"])
def test_weak_password_is_refused(mine: Client, password: str) -> None:
    form = {"oldpassword": PASSWORD, "password1": password, "password2": password}
    assert "Please mend" in well_made(mine.post(reverse("account_change_password"), form))


def test_redirect_to_a_provider_and_its_page(rf: RequestFactory, county: RegionProfile) -> None:
    request = rf.get("/")
    found = render_to_string("socialaccount/login_redirect.html", {"redirect_to": "/go/", "provider": "x"}, request)
    assert "0;URL=&#x27;/go/&#x27;" in found or "0;URL='/go/'" in found
    for process in ("login", "connect"):
        told = render_to_string("socialaccount/login.html", {"provider": {"name": "Úřad"}, "process": process}, request)
        assert "Úřad" in told


def test_secret_of_the_app_is_encrypted_in_the_database(person: User) -> None:
    new_app(person)
    kept = [str(one.data) for one in person.authenticator_set.all()]
    assert len(kept) == 2
    assert all(SECRET not in text for text in kept)
    assert person.authenticator_set.get(type="totp").data["secret"].startswith("gAAAA")
