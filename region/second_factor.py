"""Whether this session may do what staff do: the person has a second factor and has shown it here."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator

from region.queries.roles import active_grants

if TYPE_CHECKING:
    from django.http import HttpRequest

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


class Protection(Enum):
    """How a session stands."""

    ENOUGH = "enough"
    MISSING = "missing"
    UNUSED = "unused"


def needs_factor(user: Any) -> bool:
    """Whether one of the roles of ``user`` this moment asks for a second factor."""
    return any(grant.role_class.needs_second_factor for grant in active_grants(user))


def protection(request: HttpRequest) -> Protection:
    """How the session of whoever is signed in stands (two queries for staff, one for others).

    Recovery codes stand in for a factor that is lost, so that one who has only those left counts as without.
    """
    user: Any = request.user
    if not needs_factor(user):
        return Protection.ENOUGH
    owned = dict(Authenticator.objects.filter(user=user).values_list("pk", "type"))
    if not set(FACTORS) & set(owned.values()):
        return Protection.MISSING
    shown = {record.get("id") for record in get_authentication_records(request, user) if record.get("method") == "mfa"}
    return Protection.ENOUGH if shown & owned.keys() else Protection.UNUSED


def is_last_factor(authenticator: Authenticator) -> bool:
    """Whether nothing but recovery codes would be left without it."""
    others = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=FACTORS)
    return authenticator.type in FACTORS and not others.exclude(pk=authenticator.pk).exists()


def remember_enrolment(*, request: HttpRequest | None, user: Any, authenticator: Authenticator, **_more: Any) -> None:
    """A factor that was set up in this session has been shown in it this moment: it opens the recovery codes, too."""
    if request is not None and hasattr(request, "session") and authenticator.type in FACTORS:
        shown = {"id": authenticator.pk, "type": str(authenticator.type), "reauthenticated": True}
        record_authentication(request, user, "mfa", **shown)
