"""Periods as people write them: a year, a month, a day, or from one to another; also inside the title of a table."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

from region.messages import Problem
from region.messages import gettext_noop as _
from region.tables.periods_in_words import part_of_year
from region.tables.values import Precision, parse_date

Period = tuple[date, date]

_DAY = r"\d{1,2}\.\s*\d{1,2}\."
_FULL = rf"{_DAY}\s*\d{{4}}"
_TO = r"\s*(?:–|—|-|do|to|until|až)\s*"
_DAYS = re.compile(rf"({_DAY}\s*(?:\d{{4}})?){_TO}({_FULL})", re.IGNORECASE)
_ISO_DAYS = re.compile(r"(\d{4}-\d{2}-\d{2})\s*(?:/|–|—|do|to|until|až)\s*(\d{4}-\d{2}-\d{2})", re.IGNORECASE)
_YEARS = re.compile(r"(?<![\d.])((?:18|19|20|21)\d{2})\s*[–—-]\s*((?:18|19|20|21)\d{2})(?![\d.])")
_DATE = re.compile(r"\d{1,2}\s*[./]\s*(?:\d{1,2}\s*[./]\s*)?\d{4}")
# Part of a year ("6/2024"), or a year that begins in one and ends in the next ("2022/23").
_OF_A_PART = re.compile(r"\d\s*/\s*(?:18|19|20|21)\d{2}(?!\d)|(?:18|19|20|21)\d{2}\s*[/–-]\s*\d{2}(?!\d)")
_YEAR = re.compile(r"(?<![\d.,])((?:18|19|20|21)\d{2})(?![\d])")


def parse_period(text: str) -> Period:
    """First and last day of a period, both included. Raises `Problem` for what is none."""
    plain = " ".join(text.split())
    found = _between(plain)
    if found and found[1] == plain:
        return found[0]
    part = part_of_year(plain)
    if part:
        return part
    first, precision = parse_date(plain)
    return first, _end(first, precision)


def find_period(titles: Iterable[str]) -> Period | None:
    """The period that titles name, from one day to another ("1.1. - 31.12.2016") before a mere year.

    None without one, or when several years are named. The day on which something was printed is no period.
    """
    texts = [" ".join(text.split()) for text in titles]
    between = next(filter(None, map(_between, texts)), None)
    if between:
        return between[0]
    year = year_of(" ".join(_DATE.sub(" ", text) for text in texts))
    return (date(year, 1, 1), date(year, 12, 31)) if year else None


def year_of(heading: str) -> int | None:
    """The one year that a heading names; None without one, or with several."""
    years = {int(year) for year in _YEAR.findall(_OF_A_PART.sub(" ", heading))}
    return years.pop() if len(years) == 1 else None


def _between(text: str) -> tuple[Period, str] | None:
    """A period from one day (or year) to another within a text, and how it is written there."""
    for pattern in (_DAYS, _ISO_DAYS, _YEARS):
        found = pattern.search(text)
        if not found:
            continue
        last, precision = parse_date(found[2])
        # "1.1. - 31.12.2016": the year is said once.
        begins = found[1] if re.search(r"\d{4}", found[1]) else f"{found[1]}{last.year}"
        first, _precision = parse_date(begins.strip())
        last = _end(last, precision)
        if last < first:
            raise Problem(_("The end lies before the beginning."))
        return (first, last), found[0]
    return None


def _end(first: date, precision: Precision) -> date:
    """Last day of a year, a month or a day."""
    if precision == "day":
        return first
    if precision == "year":
        return date(first.year, 12, 31)
    return (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
