"""Parts of years as statistics name them: quarters, halves, some months; and a month here with its year there. Pure."""

from __future__ import annotations

import re
from datetime import date, timedelta

from region.tables.values import month_of
from region.text import fold

Period = tuple[date, date]
_ROMAN = {
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "v": 5,
    "vi": 6,
    "vii": 7,
    "viii": 8,
    "ix": 9,
    "x": 10,
    "xi": 11,
    "xii": 12,
}
_YEAR = r"(?P<year>(?:18|19|20|21)\d{2})"
_PART = r"(?P<part>[1-4]|iv|i{1,3})"
_QUARTER = r"(?:ctvrtleti|ctvrt|kvartal|kwartal|kw|q|quarter)\.?"
_HALF = r"(?:pololeti|polrocze|half|h)\.?"
_MONTH = r"(?:[a-z]+|\d{1,2})"
_PARTS = tuple(
    (months, re.compile(pattern))
    for months, kind in ((3, _QUARTER), (6, _HALF))
    for pattern in (
        rf"{_PART}\.?\s*{kind}\s*[/ ]?\s*{_YEAR}",
        rf"{kind}\s*{_PART}\.?\s*[/ ]?\s*{_YEAR}",
        rf"{_YEAR}\s*[/ -]?\s*{kind}\s*{_PART}",
        rf"{_YEAR}\s*[/ -]?\s*{_PART}\.?\s*{kind}",
    )
)
_MONTHS = re.compile(rf"(?P<first>{_MONTH})\.?\s*(?:–|—|-|az|do|to)\s*(?P<last>{_MONTH})\.?\s*[/ ]?\s*{_YEAR}")
_ONE = re.compile(
    rf"(?P<first>{_MONTH})\.?\s*[/ ]?\s*{_YEAR}|{_YEAR.replace('year', 'before')}\s*(?P<then>{_MONTH})\.?"
)
_DECEMBER = 12


def part_of_year(text: str) -> Period | None:
    """First and last day of "I. čtvrtletí 2023", "Q1 2024", "1. pololetí 2024", "1-3/2024", "III 2024"; else None."""
    plain = " ".join(fold(text).split())
    for months, pattern in _PARTS:
        found = pattern.fullmatch(plain)
        if found:
            part = _ROMAN.get(found["part"]) or int(found["part"])
            last = part * months
            return _span(int(found["year"]), last - months + 1, last) if last <= _DECEMBER else None
    some = _MONTHS.fullmatch(plain)
    if some:
        return _span(int(some["year"]), _month(some["first"]), _month(some["last"]))
    one = _ONE.fullmatch(plain)
    if one:
        month = _month(one["first"] or one["then"])
        return _span(int(one["year"] or one["before"]), month, month)
    return None


def _month(text: str) -> int:
    """A month by its name, its Roman or its plain number; 0 for anything else."""
    return int(text) if text.isdigit() else _ROMAN.get(text) or month_of(text)


def _span(year: int, first: int, last: int) -> Period | None:
    if not 1 <= first <= last <= _DECEMBER:
        return None
    after = date(year + last // _DECEMBER, last % _DECEMBER + 1, 1)
    return date(year, first, 1), after - timedelta(days=1)
