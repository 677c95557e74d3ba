"""Office hours as data: ``[[weekday, "HH:MM", "HH:MM"], …]``, weekday 0 = Monday."""

from __future__ import annotations

import re
from itertools import pairwise

from region.messages import Problem
from region.messages import gettext_noop as _
from region.tables.values import folded

_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]|24:00")
_PARTS = 3
_LAST_WEEKDAY = 6

_DAYS: dict[str, int] = {
    word: number
    for number, words in enumerate(
        (
            "po pondeli pn pon poniedzialek mo mon monday",
            "ut utery uterek wt wto wtorek tu tue tues tuesday",
            "st streda sr sro sroda we wed wednesday",
            "ct ctvrtek cz czw czwartek th thu thur thurs thursday",
            "pa patek pt pia piatek fr fri friday",
            "so sobota sb sob sa sat saturday",
            "ne nedele nd nie niedz niedziela su sun sunday",
        )
    )
    for word in words.split()
}
_TOKEN = re.compile(
    r"(?P<time>\d{1,2}(?:[:.]\d{2})?)|(?P<dash>[-–—]|\b(?:až|do|to)\b)|(?P<word>[^\W\d_]+)\.?|(?P<skip>[\s,;:/&+.|]+)|(?P<odd>.)"
)
_JOINING = frozenset(("a", "i", "and", "oraz", "od", "from", "h", "hod", "hodin", "godz", "g", "v", "w"))

Slot = tuple[int, str, str]
Token = tuple[str, str]


def parse_problem(value: object) -> str:
    """What is wrong with ``value`` in words, or an empty string."""
    if not isinstance(value, list):
        return "Office hours are a list."
    for row in value:
        if not (isinstance(row, list | tuple) and len(row) == _PARTS and row[0] in range(_LAST_WEEKDAY + 1)):
            return "Each row is [weekday 0–6, from, to]."
        if not all(isinstance(time, str) and _TIME.fullmatch(time) for time in row[1:]):
            return "Times are written as 08:00."
        if row[1] >= row[2]:
            return "The end must be later than the beginning."
    return ""


def parse_office_hours(text: str) -> list[list[int | str]]:
    """Office hours from words: "po 15:00-17:00, st 8-12", "pn–pt 8.00–16.00", "Mon, Wed 8-12 and 13-17".

    Days in Czech, Polish or English, whole or shortened; a list or a span of days before one or several spans of time.
    Returns rows sorted by day and hour. Raises `Problem` for anything that does not read so, and for overlapping hours.
    """
    slots: list[Slot] = []
    rest = _tokens(text)
    while rest:
        days, rest = _take_days(rest)
        times, rest = _take_times(rest)
        if not days or not times:
            raise Problem(_("Office hours are written as “Mon 15:00-17:00, Wed 8-12”."))
        slots += [(day, start, end) for day in days for start, end in times]
    slots.sort()
    for (day, _start, end), (next_day, next_start, _end) in pairwise(slots):
        if day == next_day and next_start < end:
            raise Problem(_("Office hours of one day overlap."))
    return [list(slot) for slot in slots]


def _tokens(text: str) -> list[Token]:
    """Days, times and dashes of the text; joining words and punctuation are dropped."""
    found: list[Token] = []
    for match in _TOKEN.finditer(text.strip()):
        kind, piece = match.lastgroup or "", match[0].rstrip(".")
        if kind == "word":
            word = folded(piece)
            if word in _JOINING:
                continue
            if word not in _DAYS:
                raise Problem(_("“%(word)s” is not a day of the week."), word=piece)
            found.append(("day", word))
        elif kind == "odd":
            raise Problem(_("Office hours are written as “Mon 15:00-17:00, Wed 8-12”."))
        elif kind != "skip":
            found.append((kind, piece))
    return found


def _take_days(tokens: list[Token]) -> tuple[list[int], list[Token]]:
    """The days at the beginning, a span written out, and what is left."""
    days: list[int] = []
    span = False
    for place, (kind, piece) in enumerate(tokens):
        if kind == "time":
            return ([] if span else sorted(set(days))), tokens[place:]
        if kind == "day":
            day = _DAYS[piece]
            if span and day <= days[-1]:
                raise Problem(_("A span of days must run forwards through the week."))
            days += range(days[-1] + 1, day + 1) if span else [day]
            span = False
        else:
            span = bool(days)
    return [], []


def _take_times(tokens: list[Token]) -> tuple[list[tuple[str, str]], list[Token]]:
    """The spans of time at the beginning and what is left; an empty list when they are not spans."""
    spans: list[tuple[str, str]] = []
    rest = tokens
    while [kind for kind, _piece in rest[:_PARTS]] == ["time", "dash", "time"]:
        start, end = _clock(rest[0][1]), _clock(rest[2][1])
        if start >= end:
            raise Problem(_("Office hours must end later than they begin."))
        spans.append((start, end))
        rest = rest[_PARTS:]
    return ([] if rest and rest[0][0] != "day" else spans), rest


def _clock(text: str) -> str:
    """The time "8", "8.30" or "08:30" as "08:30"."""
    hour, _mark, minute = text.replace(".", ":").partition(":")
    time = f"{int(hour):02}:{minute or '00'}"
    if not _TIME.fullmatch(time):
        raise Problem(_("There is no such time: %(time)s."), time=text)
    return time
