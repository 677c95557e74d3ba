from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from region.messages import Problem
from region.tables.moments_in_words import Written, parse_moment, tidy_time


def at(*numbers: int) -> datetime:
    """A local time: year, month, day, hour, minute, second."""
    year, month, day, hour, minute, second = (*numbers, 0, 0, 0)[:6]
    midnight = datetime.fromisoformat(f"{year}-{month:02}-{day:02}")
    return midnight + timedelta(hours=hour, minutes=minute, seconds=second)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("1. ledna 2024 9:25", (2024, 1, 1, 9, 25)),
        ("5 stycznia 2024 r. 14:30", (2024, 1, 5, 14, 30)),
        ("12 kwietnia 2024 r., godz. 8:05", (2024, 4, 12, 8, 5)),
        ("po 1.1.2024 9:25", (2024, 1, 1, 9, 25)),
        ("pondělí 1. ledna 2024 v 9:25 hod.", (2024, 1, 1, 9, 25)),
        ("1-sty-2024", (2024, 1, 1)),
        ("05-Jan-2024 13:45", (2024, 1, 5, 13, 45)),
        ("Jan 5, 2024 1:45 PM", (2024, 1, 5, 13, 45)),
        ("January 5th, 2024 12:10 am", (2024, 1, 5, 0, 10)),
        ("březen 2024", (2024, 3, 1)),
        ("20240105", (2024, 1, 5)),
        ("20240105142533", (2024, 1, 5, 14, 25, 33)),
        ("05032024", (2024, 3, 5)),
        ("202403", (2024, 3, 1)),
        ("út 31. 12. 2024 24:00", (2025, 1, 1)),
    ],
)
def test_parse_moment_of_local_time(text: str, numbers: tuple[int, ...]) -> None:
    assert parse_moment(text) == Written(at(*numbers))


@pytest.mark.parametrize(
    ("text", "numbers", "offset"),
    [
        ("1704067200", (2024, 1, 1), 0),
        ("1704067200000", (2024, 1, 1), 0),
        ("1704103500000.0", (2024, 1, 1, 10, 5), 0),
        ("Fri Jan 05 2024 09:25:00 GMT+0100 (CET)", (2024, 1, 5, 9, 25), 3600),
        ("Mon, 5 Feb 2024 10:00:00 -05:00", (2024, 2, 5, 10), -18_000),
        ("5 Feb 2024 10:00 UTC", (2024, 2, 5, 10), 0),
    ],
)
def test_parse_moment_that_says_its_zone(text: str, numbers: tuple[int, ...], offset: int) -> None:
    assert parse_moment(text) == Written(at(*numbers), offset)


@pytest.mark.parametrize(
    "text",
    ["", "Celkem", "2024", "Celkem za 3. 3. 2024", "hluk 3 2024", "31. června 2024", "5. 1. 2024 25:10", "1-5-13 pm",
     "Jan 5, 2024 13:45 PM", "4704067200", "99999999", "1. ledna 1700"],
)  # fmt: skip
def test_parse_moment_of_what_is_none(text: str) -> None:
    with pytest.raises(Problem, match="This is not a moment"):
        parse_moment(text)


@pytest.mark.parametrize(
    ("text", "tidy"),
    [("7", "7:00"), ("0930", "09:30"), ("930", "09:30"), ("92530", "09:25:30"), ("9.25", "9:25"), ("9h25", "9:25"),
     ("2400", "24:00"), ("21.15 hod.", "21:15"), ("godz. 8:05", "8:05"), ("1:30 PM", "1:30 pm"),
     ("09:25:00.000", "09:25:00"), ("", ""), ("ráno", "ráno")],
)  # fmt: skip
def test_tidy_time(text: str, tidy: str) -> None:
    assert tidy_time(text) == tidy
