"""What Django and allauth tell of signing in, written to the security log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account import signals as account
from allauth.account.authentication import get_authentication_records
from allauth.mfa import signals as factors
from django.contrib.auth import signals as sessions

from region.domain.people_accounts import end_sessions
from region.models import User
from region.second_factor import remember_enrolment
from region.security_log import note

if TYPE_CHECKING:
    from allauth.mfa.models import Authenticator
    from django.http import HttpRequest


def connect() -> None:
    """Listen; called once, when the area is ready."""
    listeners = {
        sessions.user_logged_in: signed_in,
        sessions.user_logged_out: signed_out,
        sessions.user_login_failed: refused,
        account.login_code_rejected: code_refused,
        account.password_reset_code_rejected: code_refused,
        account.email_verification_code_rejected: code_refused,
        account.password_changed: password_changed,
        account.password_set: password_changed,
        account.password_reset: password_changed,
        account.email_changed: email_changed,
        factors.authenticator_added: factor_added,
        factors.authenticator_removed: factor_removed,
        factors.authenticator_reset: factor_renewed,
        factors.authentication_failed: factor_refused,
    }
    factors.authenticator_added.connect(remember_enrolment, dispatch_uid="second-factor")
    for signal, listener in listeners.items():
        signal.connect(listener, dispatch_uid=f"security-log-{listener.__name__}")


def signed_in(*, request: HttpRequest | None, user: Any, **_more: Any) -> None:
    """A session began, by which means."""
    records = get_authentication_records(request, user) if request else []
    note("session.sign_in", request=request, user=user, kind="+".join(str(one["method"]) for one in records))


def signed_out(*, request: HttpRequest | None, user: Any, **_more: Any) -> None:
    """A session was ended by its owner."""
    note("session.sign_out", request=request, user=user)


def refused(*, credentials: dict[str, Any], request: HttpRequest | None = None, **_more: Any) -> None:
    """A wrong password; the account is named if there is one, never what was typed."""
    typed = str(credentials.get("email") or credentials.get("username") or "")
    user = User.objects.filter(email__iexact=typed).first() if typed else None
    note("session.sign_in_failed", request=request, user=user, outcome="failure", kind="password")


def code_refused(*, request: HttpRequest | None, user: Any = None, **_more: Any) -> None:
    """A wrong code that came by e-mail."""
    note("session.sign_in_failed", request=request, user=user, outcome="failure", kind="code")


def password_changed(*, request: HttpRequest | None, user: Any, **_more: Any) -> None:
    """A password was set anew."""
    note("password.changed", request=request, user=user)


def email_changed(*, request: HttpRequest | None, user: Any, **_more: Any) -> None:
    """The address that one signs in with is another: whoever came in with the old one elsewhere is out."""
    note("email.changed", request=request, user=user)
    _sign_out_elsewhere(request, user)


def factor_added(*, request: HttpRequest | None, user: Any, authenticator: Authenticator, **_more: Any) -> None:
    """A passkey, an app or recovery codes were added."""
    note("factor.added", request=request, user=user, kind=str(authenticator.type))


def factor_removed(*, request: HttpRequest | None, user: Any, authenticator: Authenticator, **_more: Any) -> None:
    """One of them was removed, perhaps because it was stolen: whoever came in with it elsewhere is out."""
    note("factor.removed", request=request, user=user, kind=str(authenticator.type))
    _sign_out_elsewhere(request, user)


def factor_renewed(*, request: HttpRequest | None, user: Any, authenticator: Authenticator, **_more: Any) -> None:
    """Recovery codes were made anew."""
    note("factor.renewed", request=request, user=user, kind=str(authenticator.type))


def factor_refused(*, request: HttpRequest | None, user: Any, authenticator: Authenticator, **_more: Any) -> None:
    """A wrong code of an app, or a passkey that does not fit."""
    note("factor.failed", request=request, user=user, outcome="failure", kind=str(authenticator.type))


def _sign_out_elsewhere(request: HttpRequest | None, user: Any) -> None:
    end_sessions(user=user, but=request.session.session_key if request else None)
