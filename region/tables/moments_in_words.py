"""Moments that need more than a look at their digits: months and weekdays in words, no signs at all, Unix time. Pure.

Slow, so for spellings that the reader of columns does not take: "1. ledna 2024 9:25", "Jan 5, 2024 1:45 PM",
"po 1.1.2024", "20240105142500", "1704067200000".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from datetime import time as clock

from region.messages import Problem
from region.messages import gettext_noop as _
from region.tables.values import month_of
from region.text import fold

_EPOCH = datetime.fromisoformat("1970-01-01")
_UNIX = re.compile(r"(\d{10})(\d{3})?(?:[.,]0+)?")
_SOLID = re.compile(r"(\d{4})(\d\d)(?:(\d\d)(?:[t ]?(\d\d)(\d\d)(\d\d)?)?)?(?:[.,]0+)?")
_SOLID_DAY = re.compile(r"(\d\d)(\d\d)(\d{4})")
_DATES = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)",
        r"(?<!\d)(?P<day>\d{1,2})\.\s*(?P<month>\d{1,2})\.\s*(?P<year>\d{4}|\d{2})(?!\d)",
        r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?[\s-]*(?P<word>[a-z]{3,})\.?,?[\s-]+(?P<year>\d{4}|\d{2})(?!\d)",
        r"\b(?P<word>[a-z]{3,})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})(?!\d)",
        r"\b(?P<word>[a-z]{3,})\.?[\s-]+(?P<year>\d{4})(?!\d)",
    )
)
_TIME = re.compile(
    r"(?P<hour>\d{1,2})(?:\s*[:.h]\s*(?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,]\d+)?)?)?\s*(?P<half>[ap]\.?m\b\.?)?"
)
_OFFSET = re.compile(r"(?:gmt|utc)?\s*([+-])(\d{2}):?(\d{2})$|(?:\bz|utc|gmt)$|(?<=\d)z$")
# Weekdays and what stands around a date and a time in running words.
_AROUND = re.compile(
    r"\([^)]*\)|\b(?:po|ut|st|ct|pa|so|ne|pn|wt|sr|czw|pt|sob|nd|niedz"
    r"|pondeli|utery|streda|ctvrtek|patek|sobota|nedele"
    r"|poniedzialek|wtorek|sroda|czwartek|piatek|niedziela"
    r"|mon|tue|wed|thu|fri|sat|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday"
    r"|v|ve|o|at|dne|dnia|rok|roku|r|godz|godzina|hod|hodin|h)\b\.?"
)
_MOST_HALF, _EARLIEST_YEAR = 12, 1900


@dataclass(frozen=True, slots=True)
class Written:
    """A moment as written: local time, or with its distance from UTC in seconds where the text says it."""

    local: datetime
    offset: int | None = None


def parse_moment(text: str) -> Written:
    """A moment from such a text. A month alone stands for its first day. Raises `Problem` for what is none."""
    plain = " ".join(fold(text).split())
    found = _unix(plain) or _solid(plain) or _worded(plain)
    if found is None:
        raise Problem(_("This is not a moment: write it as 2013-07-01 09:25 or 1. 7. 2013 9:25."))
    return found


def tidy_time(text: str) -> str:
    """A time of day from a column of its own, as 9:25 or 9:25:30; "9", "0925", "9h25", "24:00", "godz. 8.05" are read.

    What is none is given back as it is.
    """
    plain = " ".join(_AROUND.sub(" ", fold(text)).split())
    if plain.isdigit() and 3 <= len(plain) <= 6:
        wide = plain.zfill(len(plain) + len(plain) % 2)
        return ":".join(wide[place : place + 2] for place in range(0, len(wide), 2))
    found = _TIME.fullmatch(plain)
    if not found:
        return text
    told = [found["hour"], found["minute"] or "00", *([found["second"]] if found["second"] else [])]
    return ":".join(told) + (f" {found['half'][0]}m" if found["half"] else "")


def _unix(text: str) -> Written | None:
    found = _UNIX.fullmatch(text)
    if not found or not found[1].startswith(("1", "2", "3")):
        return None
    return Written(_EPOCH + timedelta(seconds=int(found[1])), 0)


def _solid(text: str) -> Written | None:
    """Digits without signs: year, month, day, hour, minute, second; or day, month, year."""
    found = _SOLID.fullmatch(text)
    numbers = [int(part) for part in found.groups(default="1")[:3]] if found else []
    made = _made(numbers, [int(part or 0) for part in found.groups()[3:]]) if found else None
    if made is None and (day_first := _SOLID_DAY.fullmatch(text)):
        made = _made([int(part) for part in day_first.groups()[::-1]], [0, 0, 0])
    return Written(made) if made else None


def _worded(text: str) -> Written | None:
    for pattern in _DATES:
        found = pattern.search(text)
        parts = found.groupdict() if found else {}
        month = month_of(parts["word"]) if parts.get("word") else int(parts.get("month") or 0)
        if not found or not month:
            continue
        year = int(parts["year"]) + (2000 if len(parts["year"]) == 2 else 0)
        rest = f"{text[: found.start()]} {text[found.end() :]}"
        return _with_time([year, month, int(parts.get("day") or 1)], rest)
    return None


def _with_time(numbers: list[int], rest: str) -> Written | None:
    """The day with what else the text says; None when something stays that is neither time nor offset."""
    offset, rest = _offset(" ".join(_AROUND.sub(" ", rest).split()))
    plain = rest.strip(" ,;-t")
    if not plain:
        made = _made(numbers, [0, 0, 0])
        return Written(made, offset) if made else None
    found = _TIME.fullmatch(plain)
    if not found or not (found["minute"] or found["half"]):
        return None
    hour = int(found["hour"])
    if found["half"]:
        if not 1 <= hour <= _MOST_HALF:
            return None
        hour = hour % _MOST_HALF + _MOST_HALF * (found["half"][0] == "p")
    made = _made(numbers, [hour, int(found["minute"] or 0), int(found["second"] or 0)])
    return Written(made, offset) if made else None


def _offset(text: str) -> tuple[int | None, str]:
    """Seconds ahead of UTC (None: not said) and the text without them."""
    found = _OFFSET.search(text)
    if not found:
        return None, text
    sign = -1 if found[1] == "-" else 1
    seconds = sign * (int(found[2]) * 3600 + int(found[3]) * 60) if found[1] else 0
    return seconds, text[: found.start()]


def _made(day: list[int], time: list[int]) -> datetime | None:
    """The moment of these numbers; 24:00 is the midnight that follows; None when there is no such day or time."""
    is_end = time == [24, 0, 0]
    try:
        hour, minute, second = (0, 0, 0) if is_end else time
        found = datetime.combine(date(*day), clock(hour, minute, second))
        return found + timedelta(days=int(is_end)) if found.year >= _EARLIEST_YEAR else None
    except (ValueError, OverflowError):
        return None
