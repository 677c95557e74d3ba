"""Blocking accounts and taking away second factors."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from region.domain.people_accounts import block_account, reset_second_factor, unblock_account
from region.domain.users import system_user
from region.models import AuditEvent, OutboxMessage, User
from region.rules import can
from tests.factories.accounts import new_user
from tests.factories.roles import with_role

pytestmark = pytest.mark.django_db


def signed_in(user: User) -> Client:
    """A browser of ``user`` with a session that allauth knows of."""
    client = Client()
    client.force_login(user)
    UserSession.objects.create(user=user, ip="127.0.0.1", session_key=client.session.session_key, user_agent="test")
    return client


def test_blocked_account_is_out_at_once_and_its_session_stays_dead(county: Any) -> None:
    by, user = with_role("administrator"), with_role("coordinator")
    client, url = signed_in(user), reverse("region:home")
    assert client.get(url).url == reverse("region:office")
    block_account(user=user, reason="Left the office", by=by)
    assert client.get(url).url.startswith(reverse("account_login"))
    event = AuditEvent.objects.get(action="user.block")
    assert event.after == {"active": False, "reason": "Left the office"}
    assert not can(User.objects.get(pk=user.pk), "region.enter_office")
    unblock_account(user=user, by=by)
    assert can(User.objects.get(pk=user.pk), "region.enter_office")
    assert client.get(url).url.startswith(reverse("account_login"))
    assert AuditEvent.objects.filter(action="user.unblock").count() == 1


def test_blocked_administrator_is_no_superuser() -> None:
    by, user = with_role("administrator"), with_role("administrator")
    User.objects.filter(pk=user.pk).update(is_superuser=True)
    assert not block_account(user=user, reason="x", by=by).is_superuser
    assert unblock_account(user=user, by=by).is_superuser


def test_blocking_needs_a_reason_and_an_open_account() -> None:
    by, user = with_role("administrator"), new_user()
    with pytest.raises(ValidationError) as refused:
        block_account(user=user, reason="  ", by=by)
    assert list(refused.value.message_dict) == ["reason"]
    with pytest.raises(ValidationError, match="not blocked"):
        unblock_account(user=user, by=by)
    block_account(user=user, reason="x", by=by)
    with pytest.raises(ValidationError, match="blocked already"):
        block_account(user=user, reason="x", by=by)
    User.objects.filter(pk=user.pk).update(erased_at=timezone.now())
    with pytest.raises(ValidationError, match="erased"):
        unblock_account(user=user, by=by)


def test_last_administrator_for_good_cannot_be_blocked() -> None:
    by, user = with_role("administrator"), with_role("administrator")
    by.grants.update(valid_until=timezone.now() + timedelta(hours=1))
    with pytest.raises(ValidationError, match="last person who administers"):
        block_account(user=user, reason="x", by=by)


def test_nobody_blocks_himself_or_the_programme() -> None:
    by = with_role("administrator")
    for user in (by, system_user()):
        with pytest.raises(PermissionDenied):
            block_account(user=user, reason="x", by=by)
    with pytest.raises(PermissionDenied):
        unblock_account(user=system_user(), by=by)


@pytest.mark.parametrize("role", ["coordinator", "auditor", "signatory"])
def test_others_touch_no_account(role: str) -> None:
    by, user = with_role(role), new_user()
    for act in (unblock_account, reset_second_factor):
        with pytest.raises(PermissionDenied):
            act(user=user, by=by)
    with pytest.raises(PermissionDenied):
        block_account(user=user, reason="x", by=by)


def test_second_factor_is_reset_and_the_person_told() -> None:
    by, user = with_role("administrator"), with_role("coordinator")
    user.language = "en"
    user.save()
    signed_in(user)
    for kind in ("totp", "recovery_codes", "webauthn"):
        Authenticator.objects.create(user=user, type=kind, data={})
    reset_second_factor(user=user, by=by)
    letter = OutboxMessage.objects.get()
    assert not Authenticator.objects.filter(user=user).exists()
    assert not UserSession.objects.filter(user=user).exists()
    assert (letter.to, letter.subject) == (user.email, "Your second factor was removed")
    event = AuditEvent.objects.get(action="user.reset_second_factor")
    assert event.before == {"second_factor": ["recovery_codes", "totp", "webauthn"]}
    with pytest.raises(ValidationError, match="no second factor"):
        reset_second_factor(user=user, by=by)


def test_nobody_resets_his_own_second_factor() -> None:
    by = with_role("administrator")
    with pytest.raises(PermissionDenied):
        reset_second_factor(user=by, by=by)
