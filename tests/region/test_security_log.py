"""The security log: what a line says, and what it never says."""

from __future__ import annotations

import json
import logging
import uuid
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from allauth.account import signals as account
from allauth.mfa import signals as factors
from allauth.mfa.models import Authenticator
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client, RequestFactory
from django.urls import resolve, reverse

from portal.logs import SecurityLine
from region.security_log import LONGEST, note, request_id
from tests.factories.accounts import PASSWORD, new_user
from tests.factories.roles import with_role
from tests.factories.security import security_lines

if TYPE_CHECKING:
    from django.http import HttpRequest

pytestmark = pytest.mark.django_db


def asked(path: str = "/en/office/", **more: Any) -> HttpRequest:
    request = RequestFactory().get(path, REMOTE_ADDR="10.0.0.7", **more)
    request.user = with_role("auditor")
    return request


def test_line_says_who_what_when_and_from_where() -> None:
    request = asked("/en/office/?q=Jana", headers={"x-request-id": "abcdef0123456789"})
    with security_lines() as lines:
        note("export", request=request, what="audit", rows=38)
    (line,) = lines
    assert datetime.fromisoformat(line.pop("@timestamp")).utcoffset() == timedelta(0)
    assert line == {
        "event.action": "export",
        "event.outcome": "success",
        "user.id": str(request.user.pk),
        "user.roles": ["auditor"],
        "source.ip": "10.0.0.7",
        "http.request.method": "GET",
        "http.request.id": "abcdef0123456789",
        "url.path": "/en/office/",
        "safe_county.what": "audit",
        "safe_county.rows": 38,
    }


def test_commands_have_a_person_but_no_request() -> None:
    user = new_user()
    with security_lines() as lines:
        note("personal_data.export", user=user, what="region.user", target_id=str(user.pk))
    assert lines[0].keys() == {
        *("@timestamp", "event.action", "event.outcome", "user.id", "user.roles"),
        *("safe_county.what", "safe_county.target_id"),
    }


def test_facts_that_could_name_a_person_are_refused() -> None:
    with pytest.raises(TypeError, match="email"):
        note("export", email="jana@example.org")


def test_nobody_can_write_lines_of_his_own() -> None:
    record = logging.LogRecord("security", logging.INFO, "", 1, "event", None, None)
    record.security = {"url.path": 'a\r\n{"event.action": "export"}\u2028', "x": uuid.UUID(int=1)}
    text = SecurityLine().format(record)
    assert text.splitlines() == [text]
    assert json.loads(text)["url.path"] == 'a\r\n{"event.action": "export"}\u2028'


def test_tokens_in_addresses_and_long_values_are_left_out() -> None:
    request = asked(f"/en/account/invitation/{'s' * 43}/")
    request.resolver_match = resolve(request.path)
    with security_lines() as lines:
        note("access.denied", request=request, reason="x" * 999)
    assert lines[0]["url.path"] == "/en/account/invitation/…/"
    assert len(lines[0]["safe_county.reason"]) == LONGEST


def test_request_id_of_a_stranger_is_not_taken_over() -> None:
    request = asked(headers={"x-request-id": 'a"\r\nb'})
    made = request_id(request)
    assert (len(made), request_id(request)) == (16, made)


def test_signing_in_and_out_is_noted(client: Client) -> None:
    user = with_role("drafter")
    with security_lines() as lines:
        client.force_login(user)
        client.post(reverse("account_logout"))
    assert [(line["event.action"], line["user.id"]) for line in lines] == [
        ("session.sign_in", str(user.pk)),
        ("session.sign_out", str(user.pk)),
    ]


def test_wrong_password_is_noted_without_what_was_typed(client: Client) -> None:
    user = new_user()
    with security_lines() as lines:
        client.post(reverse("account_login"), {"login": user.email, "password": "wrong horse battery"})
        client.post(reverse("account_login"), {"login": "nobody@example.org", "password": PASSWORD})
    failed = [line for line in lines if line["event.action"] == "session.sign_in_failed"]
    assert [(line["event.outcome"], line.get("user.id")) for line in failed] == [
        ("failure", str(user.pk)),
        ("failure", None),
    ]
    text = json.dumps(lines)
    assert [word for word in (user.email, "nobody@", "wrong horse", PASSWORD) if word in text] == []


def test_changes_of_factors_and_passwords_are_noted() -> None:
    request, factor = asked(), Authenticator(type=Authenticator.Type.TOTP)
    request.session = SessionStore()
    told = {"sender": object, "request": request, "user": request.user}
    with security_lines() as lines:
        for signal in (
            factors.authenticator_added,
            factors.authenticator_removed,
            factors.authenticator_reset,
            factors.authentication_failed,
        ):
            signal.send(**told, authenticator=factor)
        account.password_changed.send(**told)
        account.email_changed.send(**told)
        account.login_code_rejected.send(**told)
    assert [(line["event.action"], line.get("safe_county.kind")) for line in lines] == [
        ("factor.added", "totp"),
        ("factor.removed", "totp"),
        ("factor.renewed", "totp"),
        ("factor.failed", "totp"),
        ("password.changed", None),
        ("email.changed", None),
        ("session.sign_in_failed", "code"),
    ]


def test_missing_right_is_noted(client: Client) -> None:
    user = with_role("drafter")
    client.force_login(user)
    with security_lines() as lines:
        assert client.get(reverse("region:office")).status_code == 403
    assert [(line["event.action"], line["event.outcome"], line["safe_county.reason"]) for line in lines] == [
        ("access.denied", "denied", "forbidden")
    ]
    assert lines[0]["user.id"] == str(user.pk)
