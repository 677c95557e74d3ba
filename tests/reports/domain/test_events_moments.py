"""Columns of moments against Python's own calendar and time zones, and on the two days when clocks change."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from region.messages import Problem
from reports.domain.events_moments import (
    DOUBLED,
    FUTURE,
    NO_DAY,
    NO_TIME,
    OK,
    OLD,
    SKIPPED,
    UNCLEAR,
    Clock,
    MomentReader,
    Moments,
)
from reports.enums.events import DoubledHour, SkippedHour

PRAGUE = ZoneInfo("Europe/Prague")
NOW = datetime(2026, 3, 1, tzinfo=UTC)


def read(*texts: str, doubled: DoubledHour = DoubledHour.FIRST, skipped: SkippedHour = SkippedHour.REJECT) -> Moments:
    return MomentReader(Clock(PRAGUE, NOW, doubled, skipped)).read(list(texts))


def told(found: Moments) -> list[datetime]:
    return [moment.replace(tzinfo=UTC) for moment in found.utc.astype("M8[s]").tolist()]


def on_the_wall(found: Moments) -> list[str]:
    """What clocks of the region show."""
    times: list[str] = found.local.astype("M8[m]").astype(str).tolist()
    return times


# Any minute of 46 years, as a clock shows it.
MINUTES = some.integers(0, 46 * 365 * 24 * 60).map(
    lambda minute: (datetime(1980, 1, 1, tzinfo=UTC) + timedelta(minutes=minute)).replace(tzinfo=None)
)


@given(MINUTES)
def test_local_times_become_the_moments_that_python_finds(local: datetime) -> None:
    known = local.replace(tzinfo=PRAGUE)
    back = known.astimezone(UTC).astimezone(PRAGUE).replace(tzinfo=None)
    found = read(f"{local.day}.{local.month}.{local.year} {local:%H:%M:%S}")
    if back != local:
        assert found.fault.tolist() == [SKIPPED]
    else:
        assert (found.fault.tolist(), told(found)) == ([OK], [known.astimezone(UTC)])


@given(MINUTES, some.integers(-12, 13), some.sampled_from([0, 30]))
def test_a_moment_that_says_its_own_zone_is_that_moment(local: datetime, hours: int, minutes: int) -> None:
    zone = timezone(timedelta(hours=hours, minutes=minutes))
    known = local.replace(tzinfo=zone)
    found = read(known.isoformat())
    assert (found.fault.tolist(), told(found)) == ([OK], [known.astimezone(UTC)])
    # The month that it is counted in is that of the region's clocks.
    assert on_the_wall(found) == [f"{known.astimezone(PRAGUE):%Y-%m-%dT%H:%M}"]


def test_an_hour_that_clocks_leave_out() -> None:
    text = "2024-03-31 02:30"
    assert read(text).fault.tolist() == [SKIPPED]
    found = read(text, skipped=SkippedHour.FORWARD)
    assert (found.fault.tolist(), found.skipped.tolist()) == ([OK], [True])
    assert told(found) == [datetime(2024, 3, 31, 1, 30, tzinfo=UTC)]
    assert on_the_wall(found) == ["2024-03-31T03:30"]
    assert read("2024-03-31T02:30:00Z").fault.tolist() == [OK]


@pytest.mark.parametrize(
    ("rule", "fault", "hour"),
    [(DoubledHour.FIRST, OK, 0), (DoubledHour.SECOND, OK, 1), (DoubledHour.REJECT, DOUBLED, 0)],
)
def test_an_hour_that_clocks_have_twice(rule: DoubledHour, fault: int, hour: int) -> None:
    found = read("2024-10-27 02:30", doubled=rule)
    assert found.fault.tolist() == [fault]
    if fault == OK:
        assert (told(found), found.doubled.tolist()) == ([datetime(2024, 10, 27, hour, 30, tzinfo=UTC)], [True])


def test_hours_around_the_change_of_clocks_exist_once() -> None:
    found = read("2024-03-31 01:59", "2024-03-31 03:00", "2024-10-27 01:59", "2024-10-27 03:00")
    assert found.fault.tolist() == [OK] * 4
    assert not found.doubled.any()
    assert not found.skipped.any()


def test_the_order_of_slashes_follows_from_a_number_above_twelve() -> None:
    assert read("3/4/2024", "13/4/2024").utc.astype("M8[D]").astype(str).tolist()[0] == "2024-04-02"
    assert on_the_wall(read("3/4/2024", "13/4/2024"))[0] == "2024-04-03T00:00"
    assert on_the_wall(read("3/4/2024", "4/13/2024"))[0] == "2024-03-04T00:00"
    assert read("3/4/2024").fault.tolist() == [UNCLEAR]
    assert read("4/4/2024").fault.tolist() == [OK]


def test_both_orders_of_slashes_in_one_file_are_refused() -> None:
    with pytest.raises(Problem, match="both orders"):
        read("13/4/2024", "4/13/2024")
    reader = MomentReader(Clock(PRAGUE, NOW))
    reader.read(["13/4/2024"])
    assert on_the_wall(reader.read(["3/4/2024"])) == ["2024-04-03T00:00"]
    with pytest.raises(Problem, match="both orders"):
        reader.read(["4/13/2024"])


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("31.4.2024 10:00", NO_DAY),
        ("29.2.2023", NO_DAY),
        ("29.2.2024", OK),
        ("1.4.2024 24:30", NO_TIME),
        ("1.4.2024 10:60", NO_TIME),
        ("1.4.1899", OLD),
        ("1.1.1900", OK),
        ("1.3.2026 00:59", OK),
        ("1.3.2026 01:01", FUTURE),
    ],
)
def test_what_is_no_moment_says_why(text: str, fault: int) -> None:
    assert read(text).fault.tolist() == [fault]


@pytest.mark.parametrize(("text", "hour"), [("12:05 AM", 0), ("1:05 AM", 1), ("12:05 PM", 12), ("11:05 pm", 23)])
def test_twelve_hours_of_the_clock(text: str, hour: int) -> None:
    assert on_the_wall(read(f"1.4.2024 {text}")) == [f"2024-04-01T{hour:02}:05"]


def test_days_of_spreadsheets() -> None:
    assert on_the_wall(read("45383.392361", "45383,392361", "45383")) == ["2024-04-01T09:25"] * 2 + ["2024-04-01T00:00"]
