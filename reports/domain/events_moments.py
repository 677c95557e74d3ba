"""Moments as people write them, a whole column at a time: "1.7.2013 9:25", ISO, two columns, numbers of Excel.

Local times become moments by the region's time zone. Those that the change of clocks leaves out or has twice are told.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import numpy as np

from region.messages import Message, Problem, say
from region.messages import gettext_noop as _
from region.tables.moments_in_words import Written, parse_moment
from reports.enums.events import DoubledHour, SkippedHour

if TYPE_CHECKING:
    from collections.abc import Sequence

# Letters of a moment, and digit groups in it: six numbers, parts of a second, two of an offset.
_WIDEST, _GROUPS = 33, 9
# Digits of Unix time in seconds and in milliseconds.
_UNIX_DIGITS = (10, 13)
# Shorter numbers may be anything.
_SHORTEST_DIGITS = 8
_EXCEL_EPOCH = np.datetime64("1899-12-30T00:00:00", "s")
_EARLIEST_YEAR, _CENTURY = 1900, 2000
_ALLOWED = frozenset(map(ord, "tTzZaApPmM"))
_SLASH, _DOT, _COMMA, _DASH, _PLUS, _COLON = (ord(sign) for sign in "/.,-+:")
OK, EMPTY, NO_MOMENT, NO_DAY, NO_TIME, UNCLEAR, SKIPPED, DOUBLED, FUTURE, OLD = range(10)
REASONS: dict[int, Message] = {
    EMPTY: say(_("This cell must not be empty.")),
    NO_MOMENT: say(_("This is not a moment: write it as 2013-07-01 09:25 or 1. 7. 2013 9:25.")),
    NO_DAY: say(_("There is no such day.")),
    NO_TIME: say(_("There is no such time of day.")),
    UNCLEAR: say(_("The date is ambiguous: write it as 2010-07-01 or 1. 7. 2010.")),
    SKIPPED: say(_("This local time does not exist: the clocks were put forward.")),
    DOUBLED: say(_("This local time exists twice: the clocks were put back.")),
    FUTURE: say(_("This lies in the future.")),
    OLD: say(_("This is too long ago to be meant.")),
}


@dataclass(frozen=True, slots=True)
class Clock:
    """How local times are to be read: in which zone, and what holds at the changes of clocks; `now` is UTC."""

    zone: ZoneInfo
    now: datetime
    doubled: DoubledHour = DoubledHour.FIRST
    skipped: SkippedHour = SkippedHour.REJECT


@dataclass(slots=True)
class Moments:
    """A column that was read. `utc` and `local` are seconds (numpy); `fault` is a code of `REASONS`, 0: in order.

    `doubled` and `skipped` tell which rows were read by a rule.
    """

    utc: np.ndarray
    local: np.ndarray
    fault: np.ndarray
    doubled: np.ndarray
    skipped: np.ndarray


class MomentReader:
    """Reads pieces of one column; what a piece tells of the order of day and month holds for those that follow."""

    def __init__(self, clock: Clock, *, day_first: bool | None = None) -> None:
        self._clock = clock
        # Of dates with slashes: True: the day stands first; None: not known yet.
        self._day_first = day_first
        self._is_told = day_first is not None

    def read(self, texts: Sequence[str] | np.ndarray) -> Moments:
        """Moments of a piece of the column; empty texts are faults."""
        found = _Parsed(np.asarray(texts, dtype=object))
        self._learn(found)
        local, fault = found.local(day_first=self._day_first)
        offset = found.offset()
        _read_words(found.texts, local, fault, offset)
        return self._placed(local, offset, fault)

    def _learn(self, found: _Parsed) -> None:
        """Which number of "1/7/2013" is the day follows from a number above twelve anywhere in the column."""
        if self._is_told:
            return
        first, second = found.slashed()
        day_first, month_first = bool((first > 12).any()), bool((second > 12).any())
        if day_first and month_first:
            raise Problem(_("Dates with slashes stand in the file in both orders: day first and month first."))
        if day_first or month_first:
            if self._day_first not in (None, day_first):
                raise Problem(_("Dates with slashes stand in the file in both orders: day first and month first."))
            self._day_first = day_first

    def _placed(self, local: np.ndarray, offset: np.ndarray, fault: np.ndarray) -> Moments:
        """Local times as moments of the region's time zone, unless they say their own."""
        utc, doubled, skipped = _in_zone(local, fault, self._clock)
        own = offset != _Parsed.NO_OFFSET
        doubled, skipped = doubled & ~own, skipped & ~own
        if own.any():
            utc = np.where(own, local - offset.astype("m8[s]"), utc)
            local = np.where(own, _local_of(utc, self._clock.zone, own), local)
            fault = np.where(own & np.isin(fault, (SKIPPED, DOUBLED)), OK, fault)
        late = (fault == OK) & (utc > np.datetime64(self._clock.now.replace(tzinfo=None), "s"))
        fault = np.where(late, FUTURE, fault)
        return Moments(utc, local, fault, doubled & (fault == OK), skipped & (fault == OK))


def is_moment(text: str) -> bool:
    """Whether a text says when something was: a day at least. For guessing which column does."""
    if text.isdigit() and len(text) < _SHORTEST_DIGITS:
        return False
    fault = _Parsed(np.array([text], dtype=object)).local(day_first=True)[1]
    swapped = _Parsed(np.array([text], dtype=object)).local(day_first=False)[1]
    return OK in (fault[0], swapped[0]) or (fault[0] == NO_MOMENT and _in_words(text) is not None)


class _Parsed:
    """Texts taken apart into groups of digits and the signs before them, column of letters by column of letters."""

    NO_OFFSET = np.iinfo(np.int64).max

    def __init__(self, texts: np.ndarray) -> None:
        self.texts = texts
        letters = texts.astype(f"U{_WIDEST}").view(np.uint32).reshape(len(texts), _WIDEST)
        count = len(texts)
        self.value = np.zeros((count, _GROUPS), np.int64)
        self.size = np.zeros((count, _GROUPS), np.int8)
        self.sign = np.zeros((count, _GROUPS + 1), np.uint32)
        self.groups = np.zeros(count, np.int64)
        self.strange = letters[:, -1] != 0
        self._take_apart(letters)
        self.is_empty = letters[:, 0] == 0

    def _take_apart(self, letters: np.ndarray) -> None:
        inside = np.zeros(len(letters), bool)
        for place in range(letters.shape[1]):
            letter = letters[:, place]
            if not letter.any():
                break
            digit = (letter >= 48) & (letter <= 57)
            self.groups += digit & ~inside
            self._add_digits(np.flatnonzero(digit), letter)
            signs = np.flatnonzero(~digit & (letter > 32) & (letter != 0xA0))
            self._add_signs(signs, letter[signs])
            inside = digit
        self.strange |= self.groups > _GROUPS

    def _add_digits(self, rows: np.ndarray, letter: np.ndarray) -> None:
        group = np.minimum(self.groups[rows], _GROUPS) - 1
        self.value[rows, group] = self.value[rows, group] * 10 + (letter[rows] - 48)
        self.size[rows, group] += 1

    def _add_signs(self, rows: np.ndarray, letters: np.ndarray) -> None:
        """The first sign before each group; of letters only those that stand in moments are no surprise."""
        group = np.minimum(self.groups[rows], _GROUPS)
        known = np.isin(letters, list(_ALLOWED)) | (letters < 65)
        self.strange[rows[~known]] = True
        fresh = self.sign[rows, group] == 0
        self.sign[rows[fresh], group[fresh]] = letters[fresh]

    @property
    def _is_slashed(self) -> np.ndarray:
        return np.asarray(
            (self.sign[:, 1] == _SLASH) & (self.size[:, 0] <= 2) & ((self.size[:, 2] == 4) | self._is_short)
        )

    @property
    def _is_short(self) -> np.ndarray:
        """Years of two digits ("1.7.13", "1/7/13"): of this century."""
        signs = self.sign[:, 1]
        same = (signs == self.sign[:, 2]) & np.isin(signs, (_DOT, _SLASH))
        return np.asarray(same & (self.size[:, 0] <= 2) & (self.size[:, 1] <= 2) & (self.size[:, 2] == 2))

    def slashed(self) -> tuple[np.ndarray, np.ndarray]:
        """First and second numbers of dates such as "1/7/2013"."""
        rows = self._is_slashed & ~self.strange
        return self.value[rows, 0], self.value[rows, 1]

    def local(self, *, day_first: bool | None) -> tuple[np.ndarray, np.ndarray]:
        """Times as written (numpy, seconds) and what is wrong with each."""
        value, size = self.value, self.size
        year_first = (size[:, 0] == 4) & (size[:, 1] <= 2) & (size[:, 2] <= 2) & (self.groups >= 2)
        short = self._is_short
        day_leads = (size[:, 0] <= 2) & (size[:, 1] <= 2) & ((size[:, 2] == 4) | short) & (self.groups >= 3)
        month_leads = self._is_slashed & (day_first is False)
        year = np.where(year_first, value[:, 0], value[:, 2] + _CENTURY * short)
        day = np.where(year_first, value[:, 2], np.where(month_leads, value[:, 1], value[:, 0]))
        month = np.where(month_leads, value[:, 0], value[:, 1])
        # A month alone ("2024-03") stands for its first day.
        alone = (self.groups == 2) & (size[:, 0] <= 2) & (size[:, 1] == 4)
        year, month = np.where(alone, value[:, 1], year), np.where(alone, value[:, 0], month)
        day = np.where(self.groups == 2, 1, day)
        fault = np.where((year_first | day_leads | alone) & ~self.strange, OK, NO_MOMENT)
        if day_first is None:
            fault[(fault == OK) & self._is_slashed & (value[:, 0] != value[:, 1])] = UNCLEAR
        moment, no_day = _days(year, month, day, fault == OK)
        seconds, no_time = self._time_of_day()
        fault[(fault == OK) & no_day] = NO_DAY
        fault[(fault == OK) & no_time] = NO_TIME
        fault[(fault == OK) & (year < _EARLIEST_YEAR)] = OLD
        local = moment.astype("M8[s]") + np.where(fault == OK, seconds, 0).astype("m8[s]")
        fault = np.where(self._excel(local), OK, fault)
        unix = self._is_unix
        seconds = np.where(size[:, 0] == _UNIX_DIGITS[1], value[:, 0] // 1000, value[:, 0])
        local[unix], fault[unix] = seconds[unix].astype("M8[s]"), OK
        return local, np.where(self.is_empty, EMPTY, fault)

    def _time_of_day(self) -> tuple[np.ndarray, np.ndarray]:
        """Seconds since midnight, and whether the time is impossible."""
        hour, minute, second = (self.value[:, place] for place in (3, 4, 5))
        groups = self.groups.clip(max=_GROUPS)
        after = self.sign[np.arange(len(groups)), groups] | 32
        twelve = np.isin(after, (ord("a"), ord("p")))
        # Some write the midnight that ends a day as 24:00.
        is_end = (hour == 24) & (minute == 0) & (second == 0)
        wrong = (
            ((hour > 23) & ~is_end)
            | (minute > 59)
            | (second > 59)
            | (groups == 4)
            | (self.size[:, 4] == 1) & (groups > 4)
        )
        wrong |= twelve & ((hour < 1) | (hour > 12))
        hour = np.where(twelve, hour % 12 + 12 * (after == ord("p")), hour)
        return hour * 3600 + minute * 60 + second, wrong

    def _excel(self, local: np.ndarray) -> np.ndarray:
        """Days since 1900 as a spreadsheet keeps them, such as 41456.39; they are written into `local`."""
        is_decimal = np.isin(self.sign[:, 1], (_DOT, _COMMA)) & (self.groups == 2) & (self.size[:, 1] > 2)
        rows = ~self.strange & (self.size[:, 0] == 5) & ((self.groups == 1) | is_decimal) & (self.sign[:, 0] == 0)
        for row in np.flatnonzero(rows):
            days = float(str(self.texts[row]).replace(",", "."))
            local[row] = _EXCEL_EPOCH + np.timedelta64(round(days * 86_400), "s")
        return np.asarray(rows)

    @property
    def _is_unix(self) -> np.ndarray:
        """Seconds or milliseconds since 1970, as programs keep moments: always of UTC."""
        alone = (self.groups == 1) & (self.sign[:, 0] == 0) & (self.sign[:, 1] == 0) & ~self.strange
        return np.asarray(alone & np.isin(self.size[:, 0], _UNIX_DIGITS))

    def offset(self) -> np.ndarray:
        """Seconds ahead of UTC where the text says so, else `NO_OFFSET`."""
        found = np.full(len(self.groups), self.NO_OFFSET)
        found[self._is_unix] = 0
        groups = self.groups.clip(max=_GROUPS)
        last = self.sign[np.arange(len(groups)), groups]
        found[(last | 32) == ord("z")] = 0
        for place in (5, 6, 7):
            has = (groups > place) & np.isin(self.sign[:, place], (_PLUS, _DASH))
            minutes = np.where(groups > place + 1, self.value[:, min(place + 1, _GROUPS - 1)], 0)
            hours, short = self.value[:, place], self.size[:, place] == 4
            ahead = np.where(short, hours // 100 * 3600 + hours % 100 * 60, hours * 3600 + minutes * 60)
            found = np.where(has, np.where(self.sign[:, place] == _DASH, -ahead, ahead), found)
        return found


def _days(year: np.ndarray, month: np.ndarray, day: np.ndarray, wanted: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Days of the calendar, and where there is none."""
    usable = wanted & (month >= 1) & (month <= 12) & (day >= 1) & (day <= 31) & (year >= 1) & (year <= 9999)
    months = np.where(usable, (year - 1970) * 12 + month - 1, 0).astype("M8[M]")
    days = months.astype("M8[D]") + np.where(usable, day - 1, 0)
    return days, ~usable | (days.astype("M8[M]") != months)


def _read_words(texts: np.ndarray, local: np.ndarray, fault: np.ndarray, offset: np.ndarray) -> None:
    """Moments that columns of digits do not show ("1. července 2013 9:25", Unix time), slowly: each spelling once."""
    read: dict[str, Written | None] = {}
    for row in np.flatnonzero(fault == NO_MOMENT):
        text = str(texts[row])
        if text not in read:
            read[text] = _in_words(text)
        found = read[text]
        if found is not None:
            local[row], fault[row] = np.datetime64(found.local, "s"), OK
            offset[row] = _Parsed.NO_OFFSET if found.offset is None else found.offset


def _in_words(text: str) -> Written | None:
    try:
        return parse_moment(text)
    except Problem:
        return None


def _in_zone(local: np.ndarray, fault: np.ndarray, clock: Clock) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Moments of local times, which of them exist twice and which not at all; faults are noted by the rules."""
    import pandas as pd

    safe = np.where(np.isin(fault, (OK,)), local, np.datetime64("2000-01-01T12:00:00", "s"))
    times = pd.DatetimeIndex(safe)
    plain = times.tz_localize(clock.zone, ambiguous="NaT", nonexistent="NaT")
    lost = np.flatnonzero(plain.isna())
    utc = plain.tz_convert(None).to_numpy().astype("M8[s]")
    doubled, skipped = np.zeros(len(local), bool), np.zeros(len(local), bool)
    if len(lost):
        is_first = np.full(len(lost), clock.doubled != DoubledHour.SECOND)
        decided = times[lost].tz_localize(clock.zone, ambiguous=is_first, nonexistent="NaT")
        missing = np.asarray(decided.isna())
        skipped[lost[missing]], doubled[lost[~missing]] = True, True
        shifted = times[lost].tz_localize(clock.zone, ambiguous=is_first, nonexistent=pd.Timedelta(hours=1))
        utc[lost] = shifted.tz_convert(None).to_numpy().astype("M8[s]")
        local[skipped] += np.timedelta64(3600, "s")
    if clock.skipped == SkippedHour.REJECT:
        fault[skipped] = SKIPPED
    if clock.doubled == DoubledHour.REJECT:
        fault[doubled] = DOUBLED
    return utc, doubled, skipped


def _local_of(utc: np.ndarray, zone: ZoneInfo, rows: np.ndarray) -> np.ndarray:
    """Local times of some moments; the others are left as they are."""
    import pandas as pd

    found = utc.copy()
    there = pd.DatetimeIndex(utc[rows]).tz_localize("UTC").tz_convert(zone).tz_localize(None)
    found[rows] = there.to_numpy().astype("M8[s]")
    return found
