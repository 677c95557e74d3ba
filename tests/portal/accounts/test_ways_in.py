"""What happens to an account between the steps of signing in, and what a stolen session or an old mailbox is worth."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from allauth.account.models import EmailAddress
from allauth.core.internal.ratelimit import get_cache_key, parse_rates
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.core.cache import cache
from django.test import Client, RequestFactory
from django.urls import reverse

from region.domain.people_accounts import block_account, reset_second_factor, unblock_account
from region.models import OutboxMessage
from region.second_factor import remember_enrolment
from region.waits import APP
from region.ways_in import RECENT
from tests.factories.accounts import PASSWORD, new_administrator, new_user
from tests.factories.factors import app_code, new_app, new_passkey
from tests.factories.signing_in import confirm, confirm_address, letter_code, sign_in

if TYPE_CHECKING:
    from region.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("county")]
OLD, NEW = "clerk@example.org", "mayor@example.org"
NEW_PASSWORD = "plum tractor violet"
CHOSEN = {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}


@pytest.fixture
def person() -> User:
    user = new_user(email=OLD, language="en")
    confirm_address(user)
    return user


def give_password(client: Client, **headers: str) -> Any:
    return client.post(reverse("account_login"), {"login": OLD, "password": PASSWORD}, headers=headers)


def is_signed_in(client: Client) -> bool:
    return client.get(reverse("account")).status_code == 200


def change_address(client: Client) -> None:
    confirm(client)
    client.post(reverse("account_email"), {"email": NEW, "action_add": ""})
    client.post(reverse("account_email_verification_sent"), {"code": letter_code(NEW)})


def let_time_pass(client: Client, seconds: int) -> None:
    """As if a browser had signed in so much earlier; the session itself was written to this moment."""
    session = client.session
    session["account_authentication_methods"] = [
        {**record, "at": record["at"] - seconds} for record in session["account_authentication_methods"]
    ]
    session.save()


def test_code_sent_to_the_former_address_opens_nothing_and_takes_nothing_back(person: User) -> None:
    thief, owner = Client(), Client()
    sign_in(owner, person)
    thief.post(reverse("account_request_login_code"), {"email": OLD})
    code = letter_code(OLD)
    change_address(owner)
    letters = OutboxMessage.objects.filter(to=OLD).count()
    answer = thief.post(reverse("account_confirm_login_code"), {"code": code})
    assert answer.headers["Location"] == reverse("account_login")
    assert "has changed meanwhile" in thief.get(reverse("account_login")).content.decode()
    assert not is_signed_in(thief)
    assert OutboxMessage.objects.filter(to=OLD).count() == letters
    assert list(EmailAddress.objects.values_list("email", "verified")) == [(NEW, True)]


def test_code_for_a_new_password_of_the_former_address_is_refused(person: User) -> None:
    thief, owner = Client(), Client()
    sign_in(owner, person)
    thief.post(reverse("account_reset_password"), {"email": OLD})
    thief.post(reverse("account_confirm_password_reset_code"), {"code": letter_code(OLD)})
    change_address(owner)
    answer = thief.post(reverse("account_complete_password_reset"), CHOSEN)
    assert "has changed meanwhile" in answer.content.decode()
    person.refresh_from_db()
    assert person.check_password(PASSWORD)
    assert is_signed_in(owner)


def test_changing_the_address_ends_all_other_sessions(person: User) -> None:
    here, elsewhere = Client(), Client()
    sign_in(here, person)
    sign_in(elsewhere, person)
    change_address(here)
    assert [is_signed_in(here), is_signed_in(elsewhere)] == [True, False]


def test_removing_a_factor_ends_all_other_sessions(person: User) -> None:
    """The phone that was lost may be signed in, too."""
    here, elsewhere = Client(), Client()
    sign_in(elsewhere, person)
    new_app(person)
    sign_in(here, person)
    confirm(here)
    here.post(reverse("mfa_deactivate_totp"))
    assert not person.authenticator_set.exists()
    assert [is_signed_in(here), is_signed_in(elsewhere)] == [True, False]


def test_block_between_the_steps_leaves_no_session_for_later(client: Client, person: User) -> None:
    new_app(person)
    administrator = new_administrator()
    give_password(client)
    block_account(user=person, reason="Left the office.", by=administrator)
    answer = client.post(reverse("mfa_authenticate"), {"code": app_code()})
    assert answer.headers["Location"] == reverse("account_login")
    unblock_account(user=person, by=administrator)
    assert not is_signed_in(client)


def test_password_changed_between_the_steps_stops_whoever_knew_the_old_one(client: Client, person: User) -> None:
    new_app(person)
    give_password(client)
    person.set_password(NEW_PASSWORD)
    person.save()
    client.post(reverse("mfa_authenticate"), {"code": app_code()})
    assert not is_signed_in(client)


def test_factor_removed_at_the_second_step_lets_one_begin_anew(client: Client, person: User) -> None:
    """Who lost the phone stands at this very page when an administrator helps."""
    new_app(person)
    give_password(client)
    assert client.get(reverse("mfa_authenticate")).status_code == 200
    reset_second_factor(user=person, by=new_administrator())
    assert client.get(reverse("mfa_authenticate")).headers["Location"] == reverse("account_login")
    assert client.get(reverse("account_login")).status_code == 200
    assert give_password(client).headers["Location"] == reverse("region:home")


@pytest.mark.parametrize("name", ["account_email", "account_set_password", "mfa_activate_totp", "mfa_add_webauthn"])
def test_stolen_session_without_anything_to_confirm_is_worth_little(name: str, client: Client) -> None:
    person = new_user(email=OLD, password=None, language="en")
    sign_in(client, person)
    form = {"email": NEW, "action_add": "", **CHOSEN}
    let_time_pass(client, RECENT + 1)
    answer = client.post(reverse(name), form)
    assert answer.headers["Location"].startswith(reverse("account_request_login_code") + "?next=")
    assert "Sign in once more" in client.get(answer.headers["Location"]).content.decode()
    assert not is_signed_in(client)
    person.refresh_from_db()
    assert not person.has_usable_password()
    assert not OutboxMessage.objects.filter(to=NEW).exists()


def test_session_ends_after_twelve_hours_however_often_it_was_renewed(client: Client, person: User) -> None:
    sign_in(client, person)
    let_time_pass(client, settings.SESSION_COOKIE_AGE - 60)
    assert is_signed_in(client)
    confirm(client)
    let_time_pass(client, 61)
    assert not is_signed_in(client)
    assert SESSION_KEY not in client.session


def test_first_password_after_a_fresh_code(client: Client) -> None:
    person = new_user(email=OLD, password=None)
    sign_in(client, person)
    client.post(reverse("account_set_password"), CHOSEN)
    person.refresh_from_db()
    assert person.check_password(NEW_PASSWORD)
    assert is_signed_in(client)


def test_factor_that_was_set_up_this_moment_need_not_be_shown_again(client: Client, person: User) -> None:
    """The recovery codes come next: whoever has no password would be asked for the very code that was just taken."""
    new_app(person)
    request = RequestFactory().get("/")
    request.session, request.user = client.session, person
    assert not did_recently_reauthenticate(request)
    remember_enrolment(request=request, user=person, authenticator=person.authenticator_set.get(type="totp"))
    assert did_recently_reauthenticate(request)


def test_first_password_wants_the_second_factor_of_whoever_has_one(client: Client) -> None:
    person = new_user(email=OLD, password=None)
    new_app(person)
    sign_in(client, person)
    answer = client.post(reverse("account_set_password"), CHOSEN)
    assert answer.headers["Location"].startswith(reverse("mfa_reauthenticate"))
    person.refresh_from_db()
    assert not person.has_usable_password()


def test_wrong_passwords_are_counted_whatever_host_one_writes(client: Client, person: User) -> None:
    wrong = {"login": OLD, "password": "wrong"}
    answers = [
        client.post(reverse("account_login"), wrong, headers={"Host": host}).status_code
        for host in [f"localhost:{port}" for port in range(8000, 8006)] + ["LOCALHOST", "127.0.0.1", "localhost."] * 2
    ]
    assert answers == [200] * 10 + [429] * 2


@pytest.mark.parametrize(
    "name", ["account_login", "account_reset_password", "account_inactive", "account_confirm_password_reset_code"]
)
def test_pages_on_the_way_in_are_kept_nowhere(name: str, client: Client, person: User) -> None:
    client.post(reverse("account_reset_password"), {"email": OLD})
    answer = client.get(reverse(name))
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "private, no-store")


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("account_reauthenticate", {"password": "wrong"}),
        ("account_change_password", {"oldpassword": "wrong", **CHOSEN}),
    ],
)
def test_ten_wrong_passwords_of_a_stolen_session_mean_waiting(
    name: str, form: dict[str, str], client: Client, person: User
) -> None:
    sign_in(client, person)
    assert [client.post(reverse(name), form).status_code for _ in range(10)] == [200] * 10
    answer = client.post(reverse(name), form)
    assert answer.status_code == 429
    assert "try again in 15 minutes" in answer.content.decode()


def test_own_success_does_not_wipe_what_the_network_address_did_wrong(client: Client, person: User) -> None:
    (limit,) = [rate for rate in parse_rates(settings.ACCOUNT_RATE_LIMITS["login_failed"]) if rate.per == "ip"]
    key = get_cache_key(RequestFactory().get("/"), app=APP, action="login_failed", rate=limit)
    for number in range(3):
        wrong = {"login": f"victim{number}@example.org", "password": "wrong"}
        client.post(reverse("account_login"), wrong)
    new_app(person)
    give_password(client)
    client.post(reverse("mfa_authenticate"), {"code": app_code()})
    assert is_signed_in(client)
    assert len(cache.get(key)) == 3
    other = Client()
    other.post(reverse("account_reset_password"), {"email": OLD})
    other.post(reverse("account_confirm_password_reset_code"), {"code": letter_code(OLD)})
    other.post(reverse("account_complete_password_reset"), CHOSEN)
    person.refresh_from_db()
    assert person.check_password(NEW_PASSWORD)
    assert len(cache.get(key)) == 3


# What no device answers: parts missing, parts that are no JSON objects or no bytes of theirs.
GARBAGE = [
    "{}",
    "null",
    "[]",
    '{"id": 1}',
    *(
        json.dumps({"id": "AA", "rawId": "AA", "type": "public-key", "response": {"clientDataJSON": told, **parts}})
        for told in ("e30", "AA")
        for parts in (
            {"authenticatorData": "AA", "signature": "AA", "userHandle": "AA"},
            {"attestationObject": "AA"},
            {"attestationObject": "oA"},
        )
    ),
]


@pytest.mark.parametrize("answer", GARBAGE)
def test_answer_that_no_passkey_gives_is_refused_in_words(answer: str, client: Client, person: User) -> None:
    form = {"credential": answer, "name": "Key", "passwordless": "true"}
    client.get(reverse("mfa_login_webauthn"), headers={"X-Requested-With": "XMLHttpRequest"})
    assert client.post(reverse("mfa_login_webauthn"), form).headers["Location"] == reverse("account_login")
    sign_in(client, person)
    confirm(client)
    client.get(reverse("mfa_add_webauthn"))
    assert client.post(reverse("mfa_add_webauthn"), form).status_code == 200
    assert not person.authenticator_set.exists()
    new_passkey(person)
    confirmed = client.post(reverse("mfa_reauthenticate_webauthn"), form)
    assert confirmed.headers["Location"] == reverse("account_login")
    elsewhere = Client()
    give_password(elsewhere)
    assert elsewhere.post(reverse("mfa_authenticate"), form).status_code == 200
    assert not is_signed_in(elsewhere)
