from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from region.domain.effects import forget_old_effects, had_once
from region.models import DoneEffect, NumberSeries

pytestmark = pytest.mark.django_db


def effect() -> None:
    NumberSeries.objects.create(key="made", year=NumberSeries.objects.count() + 1)


def test_effect_is_had_once_for_a_key() -> None:
    assert [had_once(key="a", effect=effect), had_once(key="a", effect=effect), had_once(key="b", effect=effect)] == [
        True,
        False,
        True,
    ]
    assert NumberSeries.objects.count() == 2


def test_effect_that_failed_may_be_had_later() -> None:
    def fail() -> None:
        effect()
        raise RuntimeError

    with pytest.raises(RuntimeError):
        had_once(key="a", effect=fail)
    assert (NumberSeries.objects.count(), DoneEffect.objects.count()) == (0, 0)
    assert had_once(key="a", effect=effect)


def test_marks_are_kept_for_90_days() -> None:
    had_once(key="a", effect=effect)
    now = timezone.now()
    assert [forget_old_effects(now=now + timedelta(days=days)) for days in (89, 91)] == [0, 1]
