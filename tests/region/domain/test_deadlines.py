from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied

from region import memory
from region.calendar import Override, Term
from region.domain import deadlines
from region.domain.deadlines import add_override, deadline, end_of_day, office_calendar, remove_override
from region.messages import Problem
from region.models import AuditEvent, DayOverride, RegionProfile, User
from region.stamp import FileStamp
from tests.factories.roles import with_role

pytestmark = pytest.mark.django_db
MONDAY, SUNDAY = date(2026, 8, 3), date(2026, 8, 2)


@pytest.fixture
def coordinator(county: RegionProfile) -> User:
    return with_role("coordinator")


def test_country_of_the_region_decides(county: RegionProfile) -> None:
    assert office_calendar().country == "CZ"
    assert deadline(start=date(2026, 5, 21), term=Term(14)).due == date(2026, 6, 4)


def test_polish_region_keeps_polish_holidays(city: RegionProfile) -> None:
    assert deadline(start=date(2026, 5, 21), term=Term(14)).due == date(2026, 6, 5)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 1, 15, 22, 59, 59, tzinfo=UTC), date(2026, 1, 15)),  # 23:59:59 in winter
        (datetime(2026, 1, 15, 23, 0, tzinfo=UTC), date(2026, 1, 16)),
        (datetime(2026, 7, 15, 21, 59, 59, tzinfo=UTC), date(2026, 7, 15)),  # 23:59:59 in summer
        (datetime(2026, 7, 15, 22, 0, tzinfo=UTC), date(2026, 7, 16)),
        (datetime(2026, 3, 28, 22, 59, 59, tzinfo=UTC), date(2026, 3, 28)),  # before the night of the change
        (datetime(2026, 3, 29, 22, 0, tzinfo=UTC), date(2026, 3, 30)),
        (datetime(2026, 10, 24, 22, 0, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 10, 25, 22, 59, 59, tzinfo=UTC), date(2026, 10, 25)),
    ],
)
def test_event_falls_on_the_region_s_own_day(county: RegionProfile, moment: datetime, day: date) -> None:
    assert deadline(start=moment, term=Term(0, moves=False)).start == day


@pytest.mark.parametrize(
    ("day", "end"),
    [
        (date(2026, 1, 15), datetime(2026, 1, 15, 23, 0, tzinfo=UTC)),
        (date(2026, 7, 15), datetime(2026, 7, 15, 22, 0, tzinfo=UTC)),
        (date(2026, 3, 28), datetime(2026, 3, 28, 23, 0, tzinfo=UTC)),
        (date(2026, 3, 29), datetime(2026, 3, 29, 22, 0, tzinfo=UTC)),  # a day of 23 hours
        (date(2026, 10, 25), datetime(2026, 10, 25, 23, 0, tzinfo=UTC)),  # a day of 25 hours
    ],
)
def test_day_is_over_at_midnight_of_the_region(county: RegionProfile, day: date, end: datetime) -> None:
    assert end_of_day(day=day) == end


def test_exception_changes_deadlines_and_is_told(coordinator: User) -> None:
    add_override(day=MONDAY, is_working=False, reason="Moving", by=coordinator)
    assert deadline(start=date(2026, 7, 31), term=Term(1)).due == date(2026, 8, 4)
    event = AuditEvent.objects.get()
    assert (event.action, event.target_id, event.after) == (
        "dayoverride.add",
        "2026-08-03",
        {"day": "2026-08-03", "is_working": False, "reason": "Moving"},
    )
    for _ in range(2):
        remove_override(day=MONDAY, by=coordinator)
    assert deadline(start=date(2026, 7, 31), term=Term(1)).due == MONDAY
    assert [event.action for event in AuditEvent.objects.order_by("at")] == ["dayoverride.add", "dayoverride.remove"]


def test_working_sunday(coordinator: User) -> None:
    add_override(day=SUNDAY, is_working=True, reason="Open day", by=coordinator)
    assert office_calendar().overrides == {SUNDAY: Override(is_working=True, reason="Open day")}


@pytest.mark.parametrize(
    ("day", "is_working", "words"),
    [(MONDAY, True, "It is a working day anyway."), (SUNDAY, False, "It is not a working day anyway.")],
)
def test_exception_that_changes_nothing_is_refused(coordinator: User, day: date, is_working: bool, words: str) -> None:
    with pytest.raises(Problem, match=words):
        add_override(day=day, is_working=is_working, reason="x", by=coordinator)
    assert DayOverride.objects.count() == 0


def test_second_exception_of_a_day_is_refused(coordinator: User) -> None:
    add_override(day=MONDAY, is_working=False, reason="Moving", by=coordinator)
    with pytest.raises(Problem, match="has an exception already"):
        add_override(day=MONDAY, is_working=False, reason="Again", by=coordinator)
    assert [row.reason for row in DayOverride.objects.all()] == ["Moving"]


def test_only_those_who_may_decide(county: RegionProfile) -> None:
    auditor = with_role("auditor")
    with pytest.raises(PermissionDenied):
        add_override(day=MONDAY, is_working=False, reason="x", by=auditor)
    with pytest.raises(PermissionDenied):
        remove_override(day=MONDAY, by=auditor)


@pytest.mark.django_db(transaction=True)
def test_calendar_is_kept_until_something_changes(
    coordinator: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stamp = FileStamp(tmp_path / "stamp")
    monkeypatch.setattr(memory, "shared_stamp", lambda: stamp)
    first = office_calendar()
    assert office_calendar() is first
    add_override(day=MONDAY, is_working=False, reason="Moving", by=coordinator)
    stamp.bump()  # what every saved record does (portal.freshness)
    assert office_calendar().overrides == {MONDAY: Override(is_working=False, reason="Moving")}
    assert deadlines.MANAGE == "region.manage_calendar"
