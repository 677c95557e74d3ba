"""Signing in: each way, each limit, and what a stranger cannot learn."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from region.models import OutboxMessage
from tests.factories.accounts import PASSWORD, new_user
from tests.factories.factors import app_code, new_app, recovery_codes
from tests.factories.signing_in import confirm, confirm_address, letter_code, sign_in

if TYPE_CHECKING:
    from django.test import Client

    from region.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("county")]
EMAIL = "clerk@example.org"
NEW_PASSWORD = "plum tractor violet"


@pytest.fixture
def person() -> User:
    user = new_user(email=EMAIL, language="en")
    confirm_address(user)
    return user


def give_password(client: Client, password: str = PASSWORD, email: str = EMAIL) -> Any:
    return client.post(reverse("account_login"), {"login": email, "password": password})


def ask_for_code(client: Client, email: str = EMAIL) -> Any:
    return client.post(reverse("account_request_login_code"), {"email": email})


def give_code(client: Client, code: str) -> Any:
    return client.post(reverse("account_confirm_login_code"), {"code": code})


def is_signed_in(client: Client) -> bool:
    return client.get(reverse("account")).status_code == 200


def minutes_told(response: Any) -> int:
    """The waiting time that the page says; its header says the same in seconds."""
    assert response.status_code == 429
    told = re.search(r"try again in (\d+) minute", response.content.decode())
    assert told
    assert (int(response.headers["Retry-After"]) + 59) // 60 == int(told[1])
    return int(told[1])


def test_password_opens_the_account(client: Client, person: User) -> None:
    assert give_password(client).headers["Location"] == reverse("region:home")
    assert is_signed_in(client)
    assert client.session.get_expire_at_browser_close()
    assert client.session.get_expiry_age() == 12 * 60 * 60


def test_one_is_led_where_one_wanted_to_go(client: Client, person: User) -> None:
    form = {"login": EMAIL, "password": PASSWORD, "next": "/en/account/details/"}
    assert client.post(reverse("account_login"), form).headers["Location"] == "/en/account/details/"


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_one_is_not_led_to_strangers(client: Client, person: User, target: str) -> None:
    form = {"login": EMAIL, "password": PASSWORD, "next": target}
    assert client.post(reverse("account_login"), form).headers["Location"] == reverse("region:home")


def test_code_by_letter_opens_the_account(client: Client, person: User) -> None:
    assert ask_for_code(client).headers["Location"] == reverse("account_confirm_login_code")
    html = client.get(reverse("account_confirm_login_code")).content.decode()
    assert EMAIL in html
    assert give_code(client, letter_code(EMAIL)).status_code == 302
    assert is_signed_in(client)


def test_code_works_with_spaces_and_without_a_dash(client: Client, person: User) -> None:
    ask_for_code(client)
    give_code(client, letter_code(EMAIL).replace("-", "  "))
    assert is_signed_in(client)


def test_code_is_used_once(client: Client, person: User) -> None:
    ask_for_code(client)
    code = letter_code(EMAIL)
    give_code(client, code)
    client.post(reverse("account_logout"))
    ask_for_code(client)
    assert give_code(client, code).status_code == 200
    assert not is_signed_in(client)


def test_code_of_another_browser_is_worth_nothing(client: Client, person: User) -> None:
    thief = type(client)()
    ask_for_code(client)
    ask_for_code(thief)
    first = OutboxMessage.objects.order_by("created_at")[0]
    stolen = re.search(r"\d{4}-\d{4}", first.body)
    assert stolen
    give_code(thief, stolen[0])
    assert not is_signed_in(thief)


def test_code_expires_after_ten_minutes(client: Client, person: User, monkeypatch: pytest.MonkeyPatch) -> None:
    ask_for_code(client)
    code = letter_code(EMAIL)
    later = time.time() + 10 * 60 + 1
    monkeypatch.setattr(time, "time", lambda: later)
    assert give_code(client, code).headers["Location"] == reverse("account_request_login_code")
    assert not is_signed_in(client)


def test_another_code_may_be_sent_for(client: Client, person: User) -> None:
    ask_for_code(client)
    first = letter_code(EMAIL)
    client.post(reverse("account_confirm_login_code"), {"action": "resend"})
    second = letter_code(EMAIL)
    assert first != second
    give_code(client, second)
    assert is_signed_in(client)


def test_code_that_was_mistyped_five_times_no_longer_works(client: Client, person: User) -> None:
    ask_for_code(client)
    code = letter_code(EMAIL)
    answers = [give_code(client, "0000-0000") for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 302]
    page = client.get(answers[-1].headers["Location"]).content.decode()
    assert "mistyped too often" in page
    give_code(client, code)
    assert not is_signed_in(client)


@pytest.mark.parametrize("email", [EMAIL, "nobody@example.org"])
def test_ten_wrong_codes_mean_waiting(client: Client, person: User, email: str) -> None:
    for _ in range(2):
        ask_for_code(client, email)
        for _ in range(5):
            assert give_code(client, "0000-0000").status_code in {200, 302}
    ask_for_code(client, email)
    assert minutes_told(give_code(client, "0000-0000")) == 15
    if email == EMAIL:
        assert minutes_told(give_code(client, letter_code(email))) == 15
        assert not is_signed_in(client)


def test_ten_wrong_passwords_mean_waiting(client: Client, person: User) -> None:
    assert {give_password(client, "wrong").status_code for _ in range(10)} == {200}
    assert minutes_told(give_password(client, "wrong")) == 15
    assert minutes_told(give_password(client)) == 15


def test_wrong_passwords_of_one_person_do_not_stop_another(client: Client, person: User) -> None:
    for _ in range(11):
        give_password(client, "wrong", "somebody@example.org")
    give_password(client)
    assert is_signed_in(client)


def test_sixth_letter_with_a_code_must_wait(client: Client, person: User) -> None:
    browser = type(client)
    assert {ask_for_code(browser()).status_code for _ in range(5)} == {302}
    assert minutes_told(ask_for_code(browser())) == 15
    assert OutboxMessage.objects.filter(to=EMAIL).count() == 5


def test_stranger_learns_nothing_from_a_wrong_password(client: Client, person: User) -> None:
    known, unknown = (give_password(client, "wrong", email) for email in (EMAIL, "other@example.org"))
    assert said(known) == said(unknown).replace("other@example.org", EMAIL)


@pytest.mark.parametrize(
    ("ask", "then"),
    [
        ("account_request_login_code", "account_confirm_login_code"),
        ("account_reset_password", "account_confirm_password_reset_code"),
    ],
)
def test_stranger_learns_nothing_from_asking_for_a_code(client: Client, person: User, ask: str, then: str) -> None:
    seen = []
    for email in (EMAIL, "other@example.org"):
        browser = type(client)()
        answer = browser.post(reverse(ask), {"email": email})
        page = browser.get(reverse(then))
        wrong = browser.post(reverse(then), {"code": "0000-0000"})
        seen.append((answer.status_code, answer.headers["Location"], said(page, email), said(wrong, email)))
    assert seen[0] == seen[1]
    assert OutboxMessage.objects.filter(to="other@example.org").get().subject == (
        "There is no account with this address"
    )


def said(response: Any, email: str = "") -> str:
    """The page without what differs in every answer."""
    html = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", response.content.decode())
    return html.replace(email, "") if email else html


def test_blocked_account_stays_closed(client: Client, person: User) -> None:
    person.is_active = False
    person.save()
    assert give_password(client).headers["Location"] == reverse("account_inactive")
    ask_for_code(client)
    assert OutboxMessage.objects.get(to=EMAIL).kind == "account.unknown-account"
    assert not is_signed_in(client)


def test_password_of_an_unproved_address_asks_for_a_code_too(client: Client) -> None:
    new_user(email="fresh@example.org")
    answer = give_password(client, PASSWORD, "fresh@example.org")
    assert answer.headers["Location"] == reverse("account_email_verification_sent")
    assert "fresh@example.org" in client.get(answer.headers["Location"]).content.decode()
    client.post(reverse("account_email_verification_sent"), {"code": letter_code("fresh@example.org")})
    assert is_signed_in(client)


def test_forgotten_password_is_replaced_with_a_code(client: Client, person: User) -> None:
    client.post(reverse("account_reset_password"), {"email": EMAIL})
    assert client.get(reverse("account_confirm_password_reset_code")).status_code == 200
    client.post(reverse("account_confirm_password_reset_code"), {"code": letter_code(EMAIL)})
    assert "New password" in client.get(reverse("account_complete_password_reset")).content.decode()
    form = {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    answer = client.post(reverse("account_complete_password_reset"), form)
    assert answer.headers["Location"] == reverse("account_password_reset_completed")
    assert not is_signed_in(client)
    give_password(client, NEW_PASSWORD)
    assert is_signed_in(client)


def test_second_factor_is_asked_after_password_and_after_code(client: Client, person: User) -> None:
    new_app(person)
    assert give_password(client).headers["Location"] == reverse("mfa_authenticate")
    assert not is_signed_in(client)
    assert "Second step" in client.get(reverse("mfa_authenticate")).content.decode()
    other = type(client)()
    ask_for_code(other)
    assert give_code(other, letter_code(EMAIL)).headers["Location"] == reverse("mfa_authenticate")
    other.post(reverse("mfa_authenticate"), {"code": app_code()})
    assert is_signed_in(other)


def test_code_of_the_app_is_used_once(client: Client, person: User) -> None:
    new_app(person)
    code = app_code()
    give_password(client)
    client.post(reverse("mfa_authenticate"), {"code": code})
    assert is_signed_in(client)
    thief = type(client)()
    give_password(thief)
    answer = thief.post(reverse("mfa_authenticate"), {"code": f"{code[:3]} {code[3:]}"})
    assert "used already" in answer.content.decode()
    assert not is_signed_in(thief)


def test_recovery_code_is_used_once(client: Client, person: User) -> None:
    new_app(person)
    code = recovery_codes(person)[0]
    give_password(client)
    client.post(reverse("mfa_authenticate"), {"code": f"{code[:4]} {code[4:]}"})
    assert is_signed_in(client)
    assert len(recovery_codes(person)) == 9
    again = type(client)()
    give_password(again)
    assert again.post(reverse("mfa_authenticate"), {"code": code}).status_code == 200
    assert not is_signed_in(again)


def test_ten_wrong_codes_of_the_app_mean_waiting(client: Client, person: User) -> None:
    new_app(person)
    give_password(client)
    for _ in range(10):
        assert client.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code == 200
    assert minutes_told(client.post(reverse("mfa_authenticate"), {"code": app_code()})) == 15


def test_app_is_connected_and_disconnected(client: Client, person: User) -> None:
    sign_in(client, person)
    assert client.get(reverse("mfa_activate_totp")).headers["Location"].startswith(reverse("account_reauthenticate"))
    confirm(client)
    client.get(reverse("mfa_activate_totp"))
    wrong = client.post(reverse("mfa_activate_totp"), {"code": "000000"})
    assert "Please mend one thing" in wrong.content.decode()
    secret = client.session["mfa.totp.secret"]
    answer = client.post(reverse("mfa_activate_totp"), {"code": app_code(secret)})
    assert answer.headers["Location"] == reverse("mfa_view_recovery_codes")
    assert secret not in str(person.authenticator_set.get(type="totp").data)
    client.post(reverse("mfa_deactivate_totp"))
    assert not person.authenticator_set.exists()


def test_new_recovery_codes_replace_the_old_ones(client: Client, person: User) -> None:
    new_app(person)
    old = recovery_codes(person)
    sign_in(client, person)
    confirm(client)
    client.post(reverse("mfa_generate_recovery_codes"))
    assert set(recovery_codes(person)).isdisjoint(old)


def test_passkey_form_without_a_passkey_says_so(client: Client, person: User) -> None:
    sign_in(client, person)
    confirm(client)
    answer = client.post(reverse("mfa_add_webauthn"), {"name": "Phone", "credential": "", "passwordless": "True"})
    assert "Passkey: This field is required." in answer.content.decode()
    assert client.post(reverse("mfa_add_webauthn"), {"credential": "{}", "passwordless": "on"}).status_code == 200


def test_options_for_a_passkey_ask_for_the_owner(client: Client) -> None:
    options = client.get(reverse("mfa_login_webauthn"), headers={"Accept": "application/json"}).json()
    assert options["request_options"]["publicKey"]["userVerification"] == "required"
    assert options["request_options"]["publicKey"]["rpId"] == "testserver"


def test_nobody_signs_up(client: Client) -> None:
    form = {"email": "new@example.org", "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    answer = client.post(reverse("account_signup"), form)
    assert "Accounts are opened by invitation" in answer.content.decode()
    assert not is_signed_in(client)
