"""Office hours as data: ``[[weekday, "HH:MM", "HH:MM"], …]``, weekday 0 = Monday."""

from __future__ import annotations

import re

_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]|24:00")
_PARTS = 3
_LAST_WEEKDAY = 6


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
