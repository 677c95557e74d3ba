from __future__ import annotations

from contextlib import nullcontext
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as some

from reports.camera_rules import (
    Stay,
    access_time_problem,
    after_months,
    audio_problem,
    overlapping,
    retention_problem,
    stage_day_problem,
)
from reports.models import Sensor


@pytest.mark.parametrize(
    ("country", "days", "hold", "is_fine"),
    [
        ("PL", 92, False, True),
        ("PL", 93, False, False),
        ("PL", 93, True, True),
        ("PL", None, False, True),
        ("CZ", 400, False, True),
    ],
)
def test_recordings_are_kept_three_months_in_poland(country: str, days: int | None, hold: bool, is_fine: bool) -> None:
    assert (retention_problem(country=country, days=days, has_evidence_hold=hold) == "") == is_fine


@pytest.mark.parametrize(
    ("country", "has_audio", "note", "is_fine"),
    [("PL", True, " ", False), ("PL", True, "art. 9a", True), ("PL", False, "", True), ("CZ", True, "", True)],
)
def test_sound_needs_a_note_in_poland(country: str, has_audio: bool, note: str, is_fine: bool) -> None:
    assert (audio_problem(country=country, has_audio=has_audio, note=note) == "") == is_fine


@pytest.mark.parametrize(
    ("azimuth", "view", "is_fine"), [(None, None, True), (0.0, None, True), (0.0, 90.0, True), (None, 90.0, False)]
)
def test_field_of_view_needs_an_azimuth(azimuth: float | None, view: float | None, is_fine: bool) -> None:
    with nullcontext() if is_fine else pytest.raises(ValidationError, match="needs an azimuth"):
        Sensor(azimuth=azimuth, field_of_view=view).clean()


def test_device_leaves_one_point_and_comes_to_another_on_the_same_day() -> None:
    moved = date(2025, 3, 1)
    assert not Stay(date(2024, 1, 1), moved).overlaps(Stay(moved))
    assert Stay(date(2024, 1, 1), date(2025, 3, 2)).overlaps(Stay(moved))
    assert Stay(moved).overlaps(Stay(date(2024, 1, 1)))


DAYS = some.dates(date(2020, 1, 1), date(2020, 3, 1))


@given(some.lists(some.tuples(DAYS, some.one_of(some.none(), DAYS)), max_size=6))
def test_overlapping_stays_are_those_that_share_a_day(spans: list[tuple[date, date | None]]) -> None:
    stays = [Stay(since, end) for since, end in spans if end is None or end > since]
    days = [date.fromordinal(day) for day in range(date(2020, 1, 1).toordinal(), date(2020, 3, 2).toordinal())]
    held = [
        sum(stay.since <= day and (stay.removed_on is None or day < stay.removed_on) for stay in stays) for day in days
    ]
    assert bool(overlapping(stays)) == (max(held) > 1)


def test_stages_come_in_order_and_not_in_the_future() -> None:
    today = date(2026, 5, 5)
    assert stage_day_problem(day=today, current_since=today, today=today) == ""
    assert stage_day_problem(day=date(2026, 5, 6), current_since=None, today=today) == "This day has not come yet."
    assert "began later" in stage_day_problem(day=date(2026, 5, 4), current_since=today, today=today)
    assert stage_day_problem(day=date(2026, 5, 4), current_since=None, today=today) == ""


def test_months_end_on_the_last_day_where_there_is_no_such_day() -> None:
    assert after_months(date(2025, 12, 31), 2) == date(2026, 2, 28)
    assert after_months(date(2023, 12, 31), 2) == date(2024, 2, 29)
    assert after_months(date(2026, 11, 15), 1) == date(2026, 12, 15)
    assert after_months(date(2026, 1, 1), 24) == date(2028, 1, 1)


def test_access_is_given_for_two_years_at_most() -> None:
    since = date(2026, 1, 1)
    assert access_time_problem(since=since, until=date(2027, 12, 31)) == ""
    assert access_time_problem(since=since, until=since) == ""
    assert "24 months" in access_time_problem(since=since, until=date(2028, 1, 1))
    assert "must not come before" in access_time_problem(since=since, until=date(2025, 12, 31))
