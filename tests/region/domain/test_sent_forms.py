from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError

from region.domain.sent_forms import DAYS_KEPT, ForeignForm, forget_old_forms, once
from region.domain.tick import names
from region.models import Heartbeat, SentForm, User
from tests.factories.accounts import new_user
from tests.races import race, shared_database

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def beat() -> str:
    """An effect that can be counted."""
    Heartbeat.objects.create(name=str(uuid4()), at=NOW)
    return "/en/office/done/"


@pytest.mark.django_db
def test_form_sent_again_leads_to_the_same_page_without_effect() -> None:
    user, key = new_user(), uuid4()
    paths = [once(key=key, user=user, action="beat", effect=beat) for _ in range(3)]
    assert paths == ["/en/office/done/"] * 3
    assert Heartbeat.objects.count() == 1


@pytest.mark.django_db
def test_form_whose_effect_failed_may_be_sent_again() -> None:
    user, key = new_user(), uuid4()

    def fail() -> str:
        beat()
        raise IntegrityError

    with pytest.raises(IntegrityError):
        once(key=key, user=user, action="beat", effect=fail)
    assert (Heartbeat.objects.count(), SentForm.objects.count()) == (0, 0)
    once(key=key, user=user, action="beat", effect=beat)
    assert Heartbeat.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(("same_user", "action"), [(False, "beat"), (True, "other")])
def test_key_of_another_form_is_refused(same_user: bool, action: str) -> None:
    user, key = new_user(), uuid4()
    once(key=key, user=user, action="beat", effect=beat)
    with pytest.raises(ForeignForm):
        once(key=key, user=user if same_user else new_user(), action=action, effect=beat)
    assert Heartbeat.objects.count() == 1


@pytest.mark.django_db
def test_old_notes_are_forgotten_by_the_tick() -> None:
    user = new_user()
    for days in (DAYS_KEPT - 1, DAYS_KEPT + 1):
        once(key=uuid4(), user=user, action=str(days), effect=beat)
        SentForm.objects.filter(action=str(days)).update(sent_at=NOW - timedelta(days=days))
    assert forget_old_forms(now=NOW) == 1
    assert [form.action for form in SentForm.objects.all()] == [str(DAYS_KEPT - 1)]
    assert "old forms" in names()


@pytest.mark.django_db(transaction=True)
def test_form_sent_twice_at_once_has_one_effect(tmp_path: Path) -> None:
    user, key = User(email="jana@example.org"), uuid4()
    counts: list[int] = []

    def count(_number: int) -> None:
        counts.append(Heartbeat.objects.count())

    with shared_database(tmp_path, [ContentType, User, SentForm, Heartbeat], [user]):
        paths = race(lambda _number: once(key=key, user=user, action="beat", effect=beat), threads=8)
        race(count, threads=1)
    assert paths == ["/en/office/done/"] * 8
    assert counts == [1]
