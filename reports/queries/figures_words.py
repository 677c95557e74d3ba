"""How figures are said: numbers, per cent, periods and days as people of the active language write them."""

from __future__ import annotations

from calendar import monthrange
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext

from region.numerals import NB, language, number, percent

if TYPE_CHECKING:
    from datetime import date

DASH = "\u2013"
# How a day is written; E is the month in the form used after a day ("ledna", "stycznia").
DAY_FORMATS = {"cs": ("j.", "E", "Y"), "pl": ("j", "E", "Y"), "en": ("j", "F", "Y")}
JANUARY, DECEMBER, LAST = 1, 12, 31


def span(low: Decimal, high: Decimal, decimals: int = 0) -> str:
    """Two numbers as a range; one when they look the same."""
    first, last = number(low, decimals), number(high, decimals)
    return first if first == last else f"{first}{DASH}{last}"


def percent_sign() -> str:
    """The sign after a number, with the space before it where the language wants one."""
    return percent(Decimal(0)).removeprefix("0")


def signed_percent(value: Decimal, decimals: int = 1) -> str:
    """A change in per cent with its sign: +13.1%."""
    words = percent(value, decimals)
    return words if value < 0 or words == percent(Decimal(0), decimals) else f"+{words}"


def day(value: date) -> str:
    """A day in words: "30. ledna 2026"."""
    return _joined(value, DAY_FORMATS[language()])


def days(earliest: date, latest: date) -> str:
    """A day known to lie between two: "3.–15. prosince 2025"."""
    if earliest == latest:
        return day(earliest)
    if (earliest.month, earliest.day, latest.month, latest.day) == (JANUARY, 1, DECEMBER, LAST):
        return str(earliest.year) if earliest.year == latest.year else f"{earliest.year}{DASH}{latest.year}"
    number_, month, _year = DAY_FORMATS[language()]
    if (earliest.year, earliest.month) == (latest.year, latest.month):
        return f"{_joined(earliest, (number_,))}{DASH}{day(latest)}"
    parts = (number_, month) if earliest.year == latest.year else DAY_FORMATS[language()]
    return f"{_joined(earliest, parts)} {DASH} {day(latest)}"


def period(start: date, end: date | None, *, known: date | None = None) -> str:
    """A period: "2024", "2023–2024", "March 2024", "3–9 March 2024"; to date: "2025" or "since …".

    What is ``known`` of a period to date beyond its first year makes it more than that year.
    """
    begins_year = (start.month, start.day) == (JANUARY, 1)
    if end is None:
        is_year = begins_year and (known is None or known.year == start.year)
        return str(start.year) if is_year else gettext("since %(day)s") % {"day": _since(start)}
    if begins_year and (end.month, end.day) == (DECEMBER, LAST):
        return str(start.year) if start.year == end.year else f"{start.year}{DASH}{end.year}"
    if start.day == 1 and (start.year, start.month) == (end.year, end.month) and _is_last(end):
        words = _joined(start, ("F", "Y"))
        # Czech and Polish write months small, also where they stand alone.
        return words if language() == "en" else words.lower()
    return days(start, end)


def _since(start: date) -> str:
    return _joined(start, ("E" if language() != "en" else "F", "Y")) if start.day == 1 else day(start)


def _is_last(end: date) -> bool:
    return end.day == monthrange(end.year, end.month)[1]


def _joined(value: date, parts: tuple[str, ...]) -> str:
    return NB.join(date_format(value, part) for part in parts)
