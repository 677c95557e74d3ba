"""``manage demo`` writes only where the demo's settings say."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from portal.management.commands import demo


@pytest.fixture
def regions(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Regions that were prepared."""
    prepared: list[str] = []
    monkeypatch.setattr(demo, "prepare", lambda *, region: prepared.append(region))
    return prepared


@override_settings(SETTINGS_MODULE="portal.settings.production")
def test_demo_is_refused_by_the_settings_of_a_real_installation(regions: list[str]) -> None:
    with pytest.raises(CommandError, match=r"these are the settings portal\.settings\.production"):
        call_command("demo", prepare_only=True)
    assert regions == []


@override_settings(SETTINGS_MODULE="portal.settings.demo", REGION_KEY="krakow")
def test_demo_is_prepared_by_its_own_settings(regions: list[str]) -> None:
    call_command("demo", prepare_only=True)
    assert regions == ["krakow"]
