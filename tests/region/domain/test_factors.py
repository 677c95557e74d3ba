"""Changing the key of the installation: nobody loses a second factor, and a lost one lets nobody in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import call_command

from region.domain.factors import reseal_factors
from tests.factories.accounts import new_user
from tests.factories.factors import app_code, new_app, new_passkey, recovery_codes

if TYPE_CHECKING:
    from pytest_django import Settings

pytestmark = pytest.mark.django_db
OLD, NEW = "an old secret of the installation", "a new secret of the installation"


def app_takes(code: str) -> bool:
    taken: bool = Authenticator.objects.get(type="totp").wrap().validate_code(code)
    return taken


def test_secrets_outlive_the_key_that_closed_them(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = OLD, []
    person = new_user()
    new_app(person)
    new_passkey(person)
    codes = recovery_codes(person)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW, [OLD]
    call_command("reseal_factors")
    assert capsys.readouterr().out == "2 secrets encrypted with the present key.\n"
    settings.SECRET_KEY_FALLBACKS = []
    assert recovery_codes(person) == codes
    assert app_takes(app_code())


def test_secret_that_no_key_opens_lets_nobody_in(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = OLD, []
    person = new_user()
    new_app(person)
    codes = recovery_codes(person)
    settings.SECRET_KEY = NEW
    call_command("reseal_factors")
    assert "2 cannot be read with any key" in capsys.readouterr().err
    assert reseal_factors() == (0, 2)
    assert not app_takes(app_code())
    assert set(recovery_codes(person)).isdisjoint(codes)
