"""Second factors of people, and browsers in which they were or were not shown."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP

if TYPE_CHECKING:
    from django.test import Client

    from region.models import User

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # the example of every textbook


def with_app(user: User) -> Authenticator:
    """Give ``user`` an app for codes."""
    app: Authenticator = TOTP.activate(user, SECRET).instance
    return app


def with_passkey(user: User) -> Authenticator:
    """Give ``user`` a passkey that no device holds."""
    kept = {"name": "Key", "credential": {}}
    return Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data=kept)


def sign_in(client: Client, user: User, *, factor: Authenticator | None = None) -> Client:
    """Sign ``user`` in, after having shown ``factor`` if one is given."""
    client.force_login(user)
    session = client.session
    records = [{"method": "password", "at": time.time(), "reauthenticated": True}]
    if factor:
        records.append({"method": "mfa", "at": time.time(), "id": factor.pk, "type": str(factor.type)})
    session["account_authentication_methods"] = records
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return client
