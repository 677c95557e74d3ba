"""How somebody signs in: password, passkeys, an app, recovery codes, sessions."""

from __future__ import annotations

from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession

from region.models import User


@dataclass(frozen=True, slots=True)
class Factors:
    """What protects an account. ``recovery_codes_left`` is None when there are none at all."""

    has_password: bool
    has_app: bool
    passkeys: int
    recovery_codes_left: int | None
    sessions: int

    @property
    def has_second(self) -> bool:
        """Whether more than a password or a mailbox is needed."""
        return self.has_app or self.passkeys > 0


def factors_of(user: User) -> Factors:
    """What protects the account of ``user`` (two queries; sessions that ended but were not yet cleared count)."""
    found = list(Authenticator.objects.filter(user=user))
    types = [one.type for one in found]
    codes = next((one for one in found if one.type == Authenticator.Type.RECOVERY_CODES), None)
    return Factors(
        has_password=user.has_usable_password(),
        has_app=Authenticator.Type.TOTP in types,
        passkeys=types.count(Authenticator.Type.WEBAUTHN),
        recovery_codes_left=len(codes.wrap().get_unused_codes()) if codes else None,
        sessions=UserSession.objects.filter(user=user).count(),
    )
