"""Secrets of second factors as they lie in the database: encrypted with a key that is not there.

The key is derived from SECRET_KEY; while the key is being changed, SECRET_KEY_FALLBACKS still open what they closed.
"""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

PURPOSE = b"safe-county second factors"


def seal(text: str) -> str:
    """The text encrypted with the present key."""
    return _box().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """The text again; ``InvalidToken`` when neither the present key nor an old one closed it."""
    return _box().decrypt(sealed.encode()).decode()


def _box() -> MultiFernet:
    return MultiFernet([_key(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _key(secret: str) -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(secret.encode())
    return Fernet(base64.urlsafe_b64encode(derived))


__all__ = ["InvalidToken", "seal", "unseal"]
