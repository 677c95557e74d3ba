"""What must still hold when somebody comes in, and whether a mailbox was proved lately."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from django.conf import settings

if TYPE_CHECKING:
    from django.http import HttpRequest

# Seconds for which a sign-in counts as recent for those who have nothing else to show than a code from their mailbox:
# long enough to set up an app for codes after it.
RECENT = 15 * 60
_BEGUN = "sign_in_begun"


def is_address_of(user: Any, address: str) -> bool:
    """Whether ``address`` is the one of the account now: a code may have been sent before it was changed."""
    return user is not None and user.email.lower() == address.lower()


def remember_beginning(request: HttpRequest, user: Any) -> None:
    """Note what ``user`` signs in with, before the further steps."""
    request.session[_BEGUN] = user.get_session_auth_hash()


def may_finish(request: HttpRequest, user: Any) -> bool:
    """Whether ``user`` may come in after the last step: not blocked meanwhile, the password still the same."""
    return request.session.pop(_BEGUN, "") == user.get_session_auth_hash() and user.is_active


def is_over(request: HttpRequest) -> bool:
    """Whether the session of whoever is signed in has lasted as long as any may."""
    records = get_authentication_records(request, request.user)
    return bool(records) and records[0]["at"] < time.time() - settings.SESSION_COOKIE_AGE


def must_sign_in_again(request: HttpRequest) -> bool:
    """Whether somebody who has neither password nor second factor to show signed in too long ago."""
    if get_reauthentication_flows(request.user):
        return False
    records = get_authentication_records(request, request.user)
    return all(record["at"] < time.time() - RECENT for record in records)
