"""Secrets of second factors: encrypted with a key of the installation, which may be changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from cryptography.fernet import InvalidToken

from region.factor_keys import seal, unseal

if TYPE_CHECKING:
    from pytest_django import Settings

OLD, NEW = "an old secret of the installation", "a new secret of the installation"


@pytest.mark.parametrize("text", ["", "JBSWY3DPEHPK3PXP", "příliš žluťoučký kůň"])
def test_sealed_text_comes_back(text: str) -> None:
    sealed = seal(text)
    assert text == unseal(sealed)
    assert not text or text not in sealed
    assert seal(text) != sealed


def test_old_key_opens_what_it_closed(settings: Settings) -> None:
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = OLD, []
    sealed = seal("secret")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW, [OLD]
    assert unseal(sealed) == "secret"
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(InvalidToken):
        unseal(sealed)
