"""One door: every address that can make a session, found by trying them all, and by reading who calls login."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from portal.views.doors import MOST_PASSWORDS
from tests.factories.accounts import PASSWORD, new_administrator, new_user
from tests.factories.roles import with_role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from portal.domain.site import Pages
    from region.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.once]
ROOT = Path(__file__).resolve().parents[2]
# Addresses whose views can sign somebody in. A new one here is a decision, not a detail.
DOORS = {
    # password, or the way to a code
    "account_login",
    # code by e-mail, and the second factor after it
    "account_confirm_login_code",
    "mfa_authenticate",
    "mfa_login_webauthn",
    # a new address or a new password, confirmed by a code that came there
    "account_email_verification_sent",
    "account_complete_password_reset",
    # the region's own identity provider, while one is switched on
    "openid_connect_callback",
    # an invitation, once
    "region:invitation-accept",
}
# What may make a session in our code and in the libraries: (file, what it calls). Views that are not in an address of
# ours (signing up by oneself, keys of former versions) are in DOORS neither.
OURS = {
    ("region/views/joining.py", "perform_login"),
    # a guard before the last step of the library
    ("region/adapters.py", "login"),
}
SAMPLE = {"int": "1", "str": "x", "slug": "x", "uuid": "00000000-0000-0000-0000-000000000000", "path": "x"}
# Written as patterns by Wagtail.
PATTERNS = {r"(\d+)": "1", "(.*)": "x", r"((?:[\w\-]+/)*)": ""}
LIBRARIES = ("allauth.", "wagtail.", "django.contrib.")
_PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>")
_CALLS = re.compile(r"(?<!def )\b(perform_login|resume_login|django_login|auth_login|login)\(\s*(?:self\.)?request\b")


def addresses(resolver: URLResolver | None = None, before: str = "/") -> Iterator[str]:
    """Every address of the site, its parts filled with samples; patterns that are no plain path are left out."""
    for pattern in (resolver or get_resolver()).url_patterns:
        path = before + _filled(str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern, path)
        elif isinstance(pattern, URLPattern):
            yield path


def _filled(text: str) -> str:
    plain = re.sub(r"\(\?P<\w+>[^)]*\)", "x", text.lstrip("^").replace("\\Z", "").rstrip("$"))
    for pattern, sample in PATTERNS.items():
        plain = plain.replace(pattern, sample)
    return _PARAMETER.sub(lambda found: SAMPLE.get(found.group(1) or "str", "x"), plain)


def credentials(user: User) -> dict[str, str]:
    """Whatever a form for signing in has ever asked for."""
    return {
        **dict.fromkeys(("login", "username", "email", "id_login", "user"), user.email),
        **dict.fromkeys(("password", "password1", "password2", "new_password1", "new_password2"), PASSWORD),
        "code": "123456",
        "token": "x",
        "key": "x",
        "credential": "{}",
        "next": "/admin/",
    }


def has_user(client: Client) -> bool:
    return SESSION_KEY in client.session


def test_only_the_sign_in_page_takes_a_name_and_a_password() -> None:
    user = new_user()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    opened, tried = set(), 0
    for path in sorted(set(addresses())):
        client = Client(raise_request_exception=False)
        client.post(path, credentials(user))
        tried += 1
        if has_user(client):
            opened.add(resolve(path).view_name)
    assert tried > 300
    assert opened == {"account_login"}


def test_our_code_signs_people_in_nowhere_else() -> None:
    found = set()
    for area in ("portal", "region", "projects", "surveys", "counselling", "reports"):
        for path in (ROOT / area).rglob("*.py"):
            calls = _CALLS.findall(path.read_text(encoding="utf-8"))
            found |= {(str(path.relative_to(ROOT)), call) for call in calls}
    assert found == OURS


@pytest.mark.parametrize("name", sorted(DOORS))
def test_each_known_door_exists(name: str) -> None:
    arguments = {"provider_id": "region"} if name.startswith("openid") else {}
    path = reverse(name, kwargs=arguments)
    assert resolve(path).func is not None


def test_views_of_libraries_that_can_sign_in_are_known_or_closed() -> None:
    """Every address whose view comes from a library and whose name speaks of signing in is in DOORS or leads there."""
    # A register of events is no way to register.
    speaking = re.compile(r"login|signup|authenticate|reset|confirm|verif|(?<!event)register|token", re.IGNORECASE)
    found = {resolve(path) for path in set(addresses()) if speaking.search(path)}
    assert {match.view_name for match in found if match.func.__module__.startswith(LIBRARIES)} - DOORS == HARMLESS


# Speak of signing in, and make no session: each says why.
HARMLESS = {
    "account_signup",  # closed: accounts are opened by invitation
    "account_request_login_code",  # sends a code
    "account_reset_password",  # sends a code
    "account_confirm_password_reset_code",  # leads to the new password
    "account_password_reset_completed",  # says so
    "socialaccount_login_cancelled",
    "socialaccount_login_error",
    "socialaccount_signup",  # closed likewise
    "mfa_reauthenticate",  # for those who are signed in
    "mfa_reauthenticate_webauthn",
    "account_reauthenticate",
    # of pages, not of people
    "wagtailadmin_pages:confirm_workflow_cancellation",
    "wagtailadmin_pages:move_confirm",
}


@pytest.mark.parametrize(("path", "on"), [("/admin/login/", "?next=%2Fadmin%2F"), ("/en/_util/login/", "")])
def test_other_doors_lead_to_the_one_with_a_safe_way_on(path: str, on: str, client: Client) -> None:
    door = reverse("account_login")
    assert client.get(path, headers={"accept-language": "en"})["Location"] == door + on
    there = client.get(path, {"next": "/admin/pages/"}, headers={"accept-language": "en"})
    assert there["Location"] == f"{door}?next=%2Fadmin%2Fpages%2F"
    for bad in ("https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"):
        assert client.get(path, {"next": bad}, headers={"accept-language": "en"})["Location"] == door + on


def test_whoever_is_signed_in_goes_through_other_doors_at_once(client: Client) -> None:
    client.force_login(with_role("drafter"))
    assert client.get("/admin/login/")["Location"] == "/admin/"
    assert client.get("/admin/login/", {"next": "/admin/pages/"})["Location"] == "/admin/pages/"
    assert client.get("/admin/login/", {"next": "https://elsewhere.example/"})["Location"] == "/admin/"


def test_signing_in_goes_on_to_this_site_only(client: Client) -> None:
    form = {"login": with_role("drafter").email, "password": PASSWORD}
    response = client.post(reverse("account_login"), {**form, "next": "https://elsewhere.example/"})
    assert "elsewhere" not in response["Location"]


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/admin/password_reset/", "account_reset_password"),
        ("/admin/password_reset/confirm/MQ/abc-def/", "account_reset_password"),
        ("/admin/users/", "region:office-people"),
        ("/admin/users/new/", "region:office-people"),
        ("/admin/groups/1/", "region:office-people"),
        ("/admin/bulk/region/user/delete/", "region:office-people"),
        ("/admin/bulk/auth/group/delete/", "region:office-people"),
    ],
)
def test_wagtails_accounts_lead_to_ours(path: str, name: str, client: Client) -> None:
    client.force_login(new_administrator())
    for response in (client.get(path), client.post(path, {"email": "new@example.org"})):
        assert resolve(response["Location"]).view_name == name


def test_editors_settings_keep_what_is_harmless(client: Client) -> None:
    user = new_administrator()
    client.force_login(user)
    response = client.get("/admin/account/")
    assert sorted(panel.name for panels in response.context["panels_by_tab"].values() for panel in panels) == [
        "locale",
        "notifications",
        "theme",
    ]
    client.post(
        "/admin/account/",
        {
            "name_email-email": "other@example.org",
            "password-new_password1": "x" * 14,
            "password-new_password2": "x" * 14,
        },
    )
    before = (user.email, user.password)
    user.refresh_from_db()
    assert (user.email, user.password) == before


def test_menu_of_the_editors_screens_shows_no_accounts(client: Client) -> None:
    client.force_login(new_administrator())
    text = client.get("/admin/").content.decode()
    assert [word for word in ("/admin/users/", "/admin/groups/") if word in text] == []
    assert "/home/" in text


def test_editors_screens_sign_out_by_our_way(client: Client) -> None:
    client.force_login(new_administrator())
    assert resolve(client.get("/admin/logout/")["Location"]).view_name == "account_logout"
    assert has_user(client)
    assert resolve(client.post("/admin/logout/")["Location"]).view_name == "account_login"
    assert not has_user(client)


def test_signed_in_person_without_the_right_is_refused_and_not_sent_round(client: Client) -> None:
    client.force_login(with_role("drafter"))
    assert client.get("/admin/").status_code == 403
    assert client.get("/admin/pages/").status_code == 403


def test_password_of_a_private_page_signs_nobody_in(site: Pages, client: Client) -> None:
    page = site["news"]["cs"]
    restriction = PageViewRestriction.objects.create(
        page=page, restriction_type="password", password="okno"
    )  # a sample
    path = reverse("wagtailcore_authenticate_with_password", args=[restriction.pk, page.pk])
    response: Any = client.post(path, {"password": "okno", "return_url": page.url})
    assert response.status_code == 302
    assert not has_user(client)
    assert client.get(page.url).status_code == 200


@pytest.mark.parametrize("kind", ["page", "document"])
def test_password_of_a_private_page_is_not_guessed_for_long(kind: str, site: Pages, client: Client) -> None:
    page = site["news"]["cs"]
    kept: dict[str, Any] = {"restriction_type": "password", "password": "okno"}
    if kind == "page":
        restriction = PageViewRestriction.objects.create(page=page, **kept)
        path = reverse("wagtailcore_authenticate_with_password", args=[restriction.pk, page.pk])
    else:
        folder = Collection.get_first_root_node().add_child(name="Private")
        path = reverse(
            "wagtaildocs_authenticate_with_password",
            args=[CollectionViewRestriction.objects.create(collection=folder, **kept).pk],
        )
    guesses = [client.post(path, {"password": f"{number}", "return_url": "/"}) for number in range(MOST_PASSWORDS)]
    assert {answer.status_code for answer in guesses} == {200}
    answer = client.post(path, {"password": "okno", "return_url": "/"})
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "900")
    assert client.get(path).status_code == 200
