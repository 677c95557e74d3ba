"""Second factors when the key of the installation changes."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.db import transaction

from region.factor_keys import InvalidToken, seal, unseal

# Where the library keeps what is encrypted.
FIELDS = ("secret", "seed")


@transaction.atomic
def reseal_factors() -> tuple[int, int]:
    """Encrypt every secret of apps and recovery codes with the present key.

    Gives how many were encrypted anew and how many no key opens: their owners need a new second factor. Run it after
    SECRET_KEY was changed, while the old one is still in SECRET_KEY_FALLBACKS.
    """
    done = lost = 0
    for factor in Authenticator.objects.select_for_update().exclude(type=Authenticator.Type.WEBAUTHN):
        for name in FIELDS:
            if name not in factor.data:
                continue
            try:
                factor.data[name] = seal(unseal(factor.data[name]))
            except InvalidToken:
                lost += 1
            else:
                factor.save(update_fields=["data"])
                done += 1
    return done, lost
