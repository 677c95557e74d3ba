"""Working days and statutory times. Pure: no Django.

Times are counted as the administrative codes of both countries say (CZ: správní řád § 40, PL: KPA art. 57): the day of
the event does not count; days in between count whatever they are; an end on a Saturday, Sunday or holiday moves to the
next working day; a time in months ends on the day with the same number, or on the last day of a shorter month.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from functools import cache

import holidays

_DAY = timedelta(days=1)
_SATURDAY, _SUNDAY = 5, 6
_OWN_LANGUAGE = {"CZ": "cs", "PL": "pl"}


class Unit(Enum):
    """In what a time is counted."""

    DAYS = "days"
    WORKING_DAYS = "working_days"
    MONTHS = "months"


@dataclass(frozen=True, slots=True)
class Term:
    """A length of time: ``Term(15)`` days, ``Term(2, Unit.MONTHS)``; ``moves`` is false when the end never shifts."""

    count: int
    unit: Unit = Unit.DAYS
    moves: bool = True


@dataclass(frozen=True, slots=True)
class Override:
    """What somebody decided about a day, against the calendar."""

    is_working: bool
    reason: str = ""


class Why(Enum):
    """Why nobody works on a day."""

    SATURDAY = "saturday"
    SUNDAY = "sunday"
    HOLIDAY = "holiday"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class DayOff:
    """A day on which nobody works. A holiday has names (by language); a closed day has the reason."""

    day: date
    why: Why
    names: Mapping[str, str]
    reason: str = ""

    def name(self, language: str) -> str:
        """Name of the holiday in a language, else in English; the reason of a closed day; empty for a weekend."""
        return self.reason or self.names.get(language) or self.names.get("en", "")


class StepKind(Enum):
    """Kinds of lines in the account of how a day was counted."""

    START = "start"  # the day of the event, number 0
    SKIPPED = "skipped"  # a holiday or closed day that a count of working days leaves out
    COUNTED = "counted"  # the last day of the count
    MOVED = "moved"  # the end falls on a day off and goes on
    END = "end"  # the day until which there is time


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the account."""

    kind: StepKind
    day: date
    number: int = 0
    off: DayOff | None = None


@dataclass(frozen=True, slots=True)
class Deadline:
    """Until when: ``due`` is the last day; ``counted`` where the plain count ended; ``steps`` tell it day by day."""

    start: date
    term: Term
    counted: date
    due: date
    steps: tuple[Step, ...]


@cache
def holidays_of(country: str, year: int) -> Mapping[date, Mapping[str, str]]:
    """Public holidays of a country (CZ, PL) in a year, with names in its own language and in English."""
    own = _OWN_LANGUAGE[country]
    found = {code: holidays.country_holidays(country, years=year, language=name) for code, name in _spoken(own)}
    return {day: {code: found[code][day] for code in found} for day in sorted(found["en"])}


def _spoken(own: str) -> tuple[tuple[str, str], ...]:
    return ((own, own), ("en", "en_US"))


class Calendar:
    """Working days of a country, with what was decided otherwise for single days."""

    def __init__(self, country: str, overrides: Mapping[date, Override] | None = None) -> None:
        self.country = country
        self.overrides = dict(overrides or {})

    def off(self, day: date) -> DayOff | None:
        """Why nobody works on ``day``; None for a working day. A holiday is told as one on a Sunday too."""
        override = self.overrides.get(day)
        if override is not None:
            return None if override.is_working else DayOff(day, Why.CLOSED, {}, override.reason)
        return self.off_by_law(day)

    def off_by_law(self, day: date) -> DayOff | None:
        """The same without what was decided otherwise."""
        names = holidays_of(self.country, day.year).get(day)
        if names is not None:
            return DayOff(day, Why.HOLIDAY, names)
        weekend = {_SATURDAY: Why.SATURDAY, _SUNDAY: Why.SUNDAY}.get(day.weekday())
        return DayOff(day, weekend, {}) if weekend else None

    def is_working(self, day: date) -> bool:
        """Whether people work on ``day``."""
        return self.off(day) is None

    def deadline(self, start: date, term: Term) -> Deadline:
        """Until when something is due that runs from an event on ``start``. Raises ValueError for less than no time."""
        if term.count < 0:
            raise ValueError("A term is counted forwards.")
        skipped: list[Step] = []
        if term.unit is Unit.MONTHS:
            counted = month_later(start, term.count)
        elif term.unit is Unit.DAYS:
            counted = start + timedelta(days=term.count)
        else:
            counted = self._working_days_later(start, term.count, skipped)
        moved = list(self._moves(counted)) if term.moves else []
        due = counted + len(moved) * _DAY
        steps = (Step(StepKind.START, start), *skipped, Step(StepKind.COUNTED, counted, term.count), *moved)
        return Deadline(start, term, counted, due, (*steps, Step(StepKind.END, due)))

    def _working_days_later(self, day: date, count: int, skipped: list[Step]) -> date:
        """The ``count``-th working day after ``day``; adds days other than weekends that were left out."""
        while count:
            day += _DAY
            off = self.off(day)
            if off is None:
                count -= 1
            elif off.why in {Why.HOLIDAY, Why.CLOSED}:
                skipped.append(Step(StepKind.SKIPPED, day, off=off))
        return day

    def _moves(self, day: date) -> Iterator[Step]:
        while (off := self.off(day)) is not None:
            yield Step(StepKind.MOVED, day, off=off)
            day += _DAY

    def year(self, year: int) -> tuple[DayOff, ...]:
        """Holidays of a year and days closed by decision, in order; holidays on which people work are left out."""
        closed = {day for day, override in self.overrides.items() if day.year == year and not override.is_working}
        found = (self.off(day) for day in sorted({*holidays_of(self.country, year), *closed}))
        return tuple(off for off in found if off is not None)


def month_later(day: date, months: int) -> date:
    """The day with the same number ``months`` later, or the last day of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
