"""Stored pages are void when an alert begins or ends, and at midnight."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from portal.domain import moments
from portal.domain.moments import void_by_time
from portal.snippets import Alert
from region.stamp import FileStamp

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 6, 10, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


class DatedStamp(FileStamp):
    """A stamp that was last changed when the test says."""

    changed: datetime | None = None

    def changed_at(self) -> datetime | None:
        return self.changed


@pytest.fixture
def stamp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, county: Any) -> DatedStamp:
    made = DatedStamp(tmp_path / "stamp")
    monkeypatch.setattr(moments, "shared_stamp", lambda: made)
    return made


def alert(since: datetime, until: datetime | None = None) -> None:
    Alert.objects.create(title_cs="Pozor", title_pl="Uwaga", title_en="Mind", since=since, until=until)


@pytest.mark.parametrize(
    ("since", "until", "voided"),
    [
        (NOON - MINUTE, None, 1),
        (NOON, None, 1),
        (NOON + MINUTE, None, 0),
        (NOON - 60 * MINUTE, None, 0),
        (NOON - 60 * MINUTE, NOON - MINUTE, 1),
        (NOON - 60 * MINUTE, NOON + MINUTE, 0),
    ],
)
def test_pages_are_void_when_an_alert_begins_or_ends(
    stamp: DatedStamp, since: datetime, until: datetime | None, voided: int
) -> None:
    alert(since, until)
    stamp.changed = NOON - 5 * MINUTE
    assert void_by_time(now=NOON) == voided


def test_voided_pages_are_not_voided_again(stamp: DatedStamp) -> None:
    alert(NOON - MINUTE)
    stamp.changed = NOON - 5 * MINUTE
    assert void_by_time(now=NOON) == 1
    stamp.changed = NOON
    assert void_by_time(now=NOON + MINUTE) == 0


@pytest.mark.parametrize(
    ("changed", "now", "voided"),
    [
        (datetime(2026, 6, 10, 21, 59, tzinfo=UTC), datetime(2026, 6, 10, 22, 0, tzinfo=UTC), 1),
        (datetime(2026, 6, 10, 23, 59, tzinfo=UTC), datetime(2026, 6, 11, 0, 1, tzinfo=UTC), 0),
    ],
)
def test_pages_are_void_at_midnight_of_the_region(
    stamp: DatedStamp, changed: datetime, now: datetime, voided: int
) -> None:
    stamp.changed = changed
    assert void_by_time(now=now) == voided


def test_never_changed_content_needs_no_voiding(stamp: DatedStamp) -> None:
    alert(NOON - MINUTE)
    assert void_by_time(now=NOON) == 0
