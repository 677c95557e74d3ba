"""Blocking an account, letting it in again, taking away a second factor that somebody lost."""

from __future__ import annotations

from importlib import import_module

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext, override

from region.domain import outbox
from region.domain.audit import record
from region.domain.grants import ADMINISTRATOR, LAST_ADMINISTRATOR, lock_administrators, others_administer, refresh
from region.domain.users import is_system
from region.models import User
from region.rules import require


@transaction.atomic
def block_account(*, user: User, reason: str, by: User) -> User:
    """Keep somebody out from this moment on: sessions end at once, roles give no right, they are kept for later.

    Raises PermissionDenied (also for oneself), and ValidationError without a reason, for an account that is blocked
    already, for the last administrator.
    """
    _require_managing(user, by)
    if not reason.strip():
        raise ValidationError({"reason": gettext("Say why. The audit trail keeps it.")})
    lock_administrators()
    person = _locked(user)
    if not person.is_active:
        raise ValidationError(gettext("This account is blocked already."))
    if _administers(person) and not others_administer(user=person, until=None):
        raise ValidationError(LAST_ADMINISTRATOR)
    person.is_active = False
    person.save(update_fields=["is_active"])
    end_sessions(user=person)
    record(
        action="user.block", target=person, by=by, before={"active": True}, after={"active": False, "reason": reason}
    )
    refresh(person)
    return person


@transaction.atomic
def unblock_account(*, user: User, by: User) -> User:
    """Let somebody in again, with the roles that are in force.

    Raises PermissionDenied, and ValidationError for an account that is not blocked or was erased.
    """
    _require_managing(user, by)
    person = _locked(user)
    if person.is_active:
        raise ValidationError(gettext("This account is not blocked."))
    if person.erased_at:
        raise ValidationError(gettext("This account was erased and cannot be used again."))
    person.is_active = True
    person.save(update_fields=["is_active"])
    record(action="user.unblock", target=person, by=by, before={"active": False}, after={"active": True})
    refresh(person)
    return person


@transaction.atomic
def reset_second_factor(*, user: User, by: User) -> User:
    """Forget passkeys, the code app and recovery codes of somebody who lost them; he or she is told by letter.

    Sessions end, so that the next thing the person does is signing in and setting up a new one. Raises
    PermissionDenied (also for oneself), and ValidationError when there is none.
    """
    _require_managing(user, by)
    person = _locked(user)
    factors = Authenticator.objects.filter(user=person)
    kinds = sorted(factors.values_list("type", flat=True))
    if not kinds:
        raise ValidationError(gettext("This account has no second factor."))
    factors.delete()
    end_sessions(user=person)
    record(action="user.reset_second_factor", target=person, by=by, before={"second_factor": kinds})
    _tell_of_reset(person)
    return person


def end_sessions(*, user: User, but: str | None = None) -> int:
    """Sign somebody out everywhere, except for the session with the key ``but``; gives how many sessions ended."""
    sessions = list(UserSession.objects.filter(user=user).exclude(session_key=but or ""))
    store = import_module(settings.SESSION_ENGINE).SessionStore
    for session in sessions:
        store(session.session_key).delete()
        session.delete()
    return len(sessions)


def _require_managing(user: User, by: User) -> None:
    require(by, "region.manage_people")
    if user.pk == by.pk or is_system(user):
        raise PermissionDenied("not one's own account, nor the programme's")


def _locked(user: User) -> User:
    return User.objects.select_for_update().get(pk=user.pk)


def _administers(user: User) -> bool:
    return user.grants.active(timezone.now()).filter(role=ADMINISTRATOR).exists()


def _tell_of_reset(user: User) -> None:
    with override(user.language):
        subject = gettext("Your second factor was removed")
        lines = (
            gettext("Good day,"),
            gettext("an administrator removed the second factor of your account. You were signed out everywhere."),
            gettext("Sign in again: you will be asked to set up a new one."),
            gettext("If you did not ask for this, tell an administrator at once."),
        )
    outbox.put(to=user.email, subject=subject, body="\n\n".join(lines) + "\n", kind="second_factor_reset", user=user)
