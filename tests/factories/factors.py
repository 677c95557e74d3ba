"""Second factors of people who sign in."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

if TYPE_CHECKING:
    from region.models import User

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def new_app(user: User) -> None:
    """Connect an app for codes whose key is ``SECRET``, with recovery codes."""
    TOTP.activate(user, SECRET)
    RecoveryCodes.activate(user)


def app_code(secret: str = SECRET, *, ahead: int = 0) -> str:
    """What the app shows now, or so many half minutes ahead (one is still taken)."""
    now = list(yield_hotp_counters_from_time())[1]
    return format_hotp_value(hotp_value(secret, now + ahead))


def recovery_codes(user: User) -> list[str]:
    """Recovery codes that were not used yet."""
    codes: list[str] = Authenticator.objects.get(user=user, type="recovery_codes").wrap().get_unused_codes()
    return codes


def new_passkey(user: User, *, name: str = "Work phone") -> Authenticator:
    """A passkey as the database keeps it."""
    return Authenticator.objects.create(user=user, type="webauthn", data={"name": name, "credential": _credential()})


def _credential() -> dict[str, Any]:
    keys: Any = ES256
    key = keys.from_cryptography_key(generate_private_key(SECP256R1()).public_key())
    identity = os.urandom(16)
    attested = AttestedCredentialData.create(b"\0" * 16, identity, key)
    data = AuthenticatorData.create(b"\0" * 32, AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.AT, 0, attested)
    client = CollectedClientData.create(CollectedClientData.TYPE.CREATE, b"challenge", "http://localhost")
    return {
        "id": websafe_encode(identity),
        "rawId": websafe_encode(identity),
        "type": "public-key",
        "response": {
            "clientDataJSON": websafe_encode(client),
            "attestationObject": websafe_encode(AttestationObject.create("none", data, {})),
        },
        "clientExtensionResults": {"credProps": {"rk": True}},
    }
