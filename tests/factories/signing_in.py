"""Signing in as people do, and reading the letters they get."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.urls import reverse

from region.models import OutboxMessage
from tests.factories.accounts import PASSWORD
from tests.factories.factors import app_code

if TYPE_CHECKING:
    from django.test import Client

    from region.models import User

CODE = re.compile(r"\b\d{4}-\d{4}\b")


def confirm_address(user: User) -> None:
    """What an accepted invitation does: the address is proved."""
    EmailAddress.objects.get_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})


def sign_in(client: Client, user: User, *, agent: str = "") -> Any:
    """Sign in with password (or with a code by e-mail, without one) and, where there is an app, with its code."""
    confirm_address(user)
    headers = {"User-Agent": agent} if agent else {}
    if user.has_usable_password():
        form = {"login": user.email, "password": PASSWORD}
        answer = client.post(reverse("account_login"), form, headers=headers)
    else:
        client.post(reverse("account_request_login_code"), {"email": user.email}, headers=headers)
        answer = client.post(reverse("account_confirm_login_code"), {"code": letter_code(user.email)}, headers=headers)
    if answer.headers.get("Location") == reverse("mfa_authenticate"):
        answer = client.post(reverse("mfa_authenticate"), {"code": app_code()}, headers=headers)
    assert UserSession.objects.filter(user=user).exists(), answer.content.decode()
    return answer


def confirm(client: Client, *, again: str = PASSWORD) -> None:
    """Type in the password once more, as is asked before something important."""
    assert client.post(reverse("account_reauthenticate"), {"password": again}).status_code == 302


def letter_code(address: str) -> str:
    """The code in the newest letter to an address."""
    letter = OutboxMessage.objects.filter(to=address).latest("created_at")
    found = CODE.search(letter.body)
    assert found, letter.body
    return found[0]
