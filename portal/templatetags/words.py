"""Numbers, money, dates, hours, telephones and unit words as people of the active language write them.

Grouping and units are joined by no-break spaces, so that "1 480 250 Kč" or "30. ledna 2026" never breaks across lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django import template
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext, npgettext, pgettext

from region.numerals import NB, language, number, percent
from region.text import telephone

register = template.Library()

DASH = "\u2013"
CURRENCY_SIGNS = {"CZK": "Kč", "PLN": "zł", "EUR": "€"}
# How a day is written; E is the month in the form used after a day ("ledna", "stycznia").
DAY_FORMATS = {"cs": ("j.", "E", "Y"), "pl": ("j", "E", "Y"), "en": ("j", "F", "Y")}
RANGE = re.compile(rf"(?<=[\d.%]){DASH}(?=\d)")
WORD_JOINER = "\u2060"
ONE_LETTER = re.compile(r"(?<![\w\u00a0-])([kosuvzaiwKOSUVZAIW]) (?=\S)")
NUMBER_AND_UNIT = re.compile(r"(?<=\d) (?=\d{3}(?!\d)|Kč|zł|%|km\b|mil\.|mln\b|tis\.|tys\.|obyv)")
WORKING_WEEK = range(5)
WHOLE_WEEK = range(7)
SHORTEST_RUN = 3  # fewer days in a row are named one by one


register.filter("number", number)
register.filter("percent", percent)


def money_words(value: Any, currency: str) -> str:
    """An amount with its currency: whole amounts without decimals, others with two."""
    if value is None or value == "":
        return ""
    amount = Decimal(str(value))
    digits = number(amount, 0 if amount == amount.to_integral_value() else 2)
    if language() == "en":
        return f"{currency}{NB}{digits}"
    return f"{digits}{NB}{CURRENCY_SIGNS.get(currency, currency)}"


@register.filter(name="money")
def money_filter(value: Any, currency: str = "CZK") -> str:
    """`{{ amount|money:"PLN" }}`."""
    return money_words(value, currency)


@register.simple_tag(takes_context=True, name="money")
def money_tag(context: Mapping[str, Any], value: Any) -> str:
    """`{% money amount %}` in the currency of the region."""
    return money_words(value, str(getattr(context.get("region"), "currency", "CZK")))


def local(value: date | datetime) -> date | datetime:
    """An aware moment in the active time zone; anything else unchanged."""
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


def date_words(value: date | datetime, parts: Iterable[str]) -> str:
    """The parts of a date (formats of Django), joined by no-break spaces."""
    return NB.join(date_format(local(value), part) for part in parts)


@register.filter
def day(value: date | datetime | None) -> str:
    """A day in words: "30. ledna 2026", "30 stycznia 2026", "30 January 2026"."""
    return date_words(value, DAY_FORMATS[language()]) if value else ""


@register.filter
def weekday(value: date | datetime | None) -> str:
    """Name of the day of the week in small letters where the language writes it so."""
    return weekday_name(local(value).weekday()) if value else ""


@register.filter
def month_short(value: date | datetime | None) -> str:
    """Month in three or four letters, for the calendar leaf of a list of dates."""
    return date_format(local(value), "M").lower() if value else ""


@register.filter
def hour(value: time | datetime | None) -> str:
    """A time of day: 14.00 in Czech and Polish, 14:00 in English."""
    if not value:
        return ""
    moment = local(value) if isinstance(value, datetime) else value
    return moment.strftime("%H:%M" if language() == "en" else "%H.%M").removeprefix("0")


@register.filter
def dated(value: date | None, precision: str = "day") -> str:
    """A date as precisely as it is known (day, month or year), standing alone: "červen 2011"."""
    if not value:
        return ""
    if precision == "year":
        return str(value.year)
    return date_words(value, ("F", "Y")) if precision == "month" else day(value)


@register.filter
def dated_from(value: date | None, precision: str = "day") -> str:
    """The same after the word "since": "(od) června 2011", "(od) czerwca 2011", "(since) June 2011"."""
    if value and precision == "month":
        return date_words(value, ("E", "Y"))
    return dated(value, precision)


@register.simple_tag
def day_range(start: date | datetime, end: date | datetime | None = None) -> str:
    """Two days without repeating what they share: "4.–6. prosince 2025", "30 November – 2 December 2025"."""
    first, last = local(start), local(end or start)
    number_, month, year = DAY_FORMATS[language()]
    if (first.year, first.month, first.day) == (last.year, last.month, last.day):
        return day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{date_words(first, (number_,))}{DASH}{day(last)}"
    parts = (number_, month) if first.year == last.year else (number_, month, year)
    return f"{date_words(first, parts)} {DASH} {day(last)}"


@register.filter(is_safe=True)
def nbsp(value: Any) -> str:
    """No-break spaces after one-letter words and inside numbers with their unit."""
    return NUMBER_AND_UNIT.sub(NB, ONE_LETTER.sub(rf"\1{NB}", str(value)))


@register.filter(is_safe=True)
def ranges(value: Any) -> str:
    """No end of a line inside a range of numbers: "13–18 %", "3.–15. prosince". For headings and narrow columns."""
    return RANGE.sub(f"{DASH}{WORD_JOINER}", str(value))


@register.filter
def file_size(value: int | None) -> str:
    """Bytes as kB or MB, thousands as counted by people (1 kB = 1,000 bytes)."""
    if value is None:
        return ""
    if value < 999_500:
        return f"{number(max(1, round(value / 1000)))}{NB}kB"
    return f"{number(Decimal(value) / 1_000_000, 1)}{NB}MB"


@register.filter
def phone(value: str) -> str:
    """A telephone in groups of three; the country code, when written, stands apart."""
    return telephone(str(value or ""))


@register.filter
def tel(value: str) -> str:
    """The address of a link that dials."""
    return f"tel:{re.sub(r'[^0-9+]', '', str(value or ''))}"


def weekday_name(index: int) -> str:
    """Name of a weekday, 0 = Monday; Czech and Polish write it small."""
    name = str(WEEKDAYS[index])
    return name if language() == "en" else name.lower()


def day_names(days: Sequence[int]) -> str:
    """Weekdays in words: "working days", "daily", "Monday–Thursday", "Monday and Wednesday"."""
    if list(days) == list(WHOLE_WEEK):
        return gettext("daily")
    if list(days) == list(WORKING_WEEK):
        return gettext("working days")
    if len(days) >= SHORTEST_RUN and days[-1] - days[0] == len(days) - 1:
        return f"{weekday_name(days[0])}{DASH}{weekday_name(days[-1])}"
    names = [weekday_name(index) for index in days]
    if len(names) == 1:
        return names[0]
    # Translators: the last two of several weekdays, as in "Monday and Wednesday"
    return gettext("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}


def hours_words(start: str, end: str) -> str:
    """Start and end of one span: 15:00, 17:00 as "15–17" (Czech, Polish) or "15:00–17:00" (English)."""
    if language() == "en":
        return f"{start.removeprefix('0')}{DASH}{end.removeprefix('0')}"
    if start.endswith(":00") and end.endswith(":00"):
        return f"{int(start[:2])}{DASH}{int(end[:2])}"
    return f"{start.removeprefix('0')}{DASH}{end.removeprefix('0')}".replace(":", ".")


@register.filter
def office_hours(value: Any) -> str:
    """Rows [weekday, "15:00", "17:00"] (0 = Monday) grouped: "pondělí a středa 15–17, úterý 9–11"; text is kept."""
    if not value or isinstance(value, str):
        return value or ""
    by_day: dict[int, list[str]] = {}
    for index, start, end in sorted(value):
        by_day.setdefault(int(index), []).append(hours_words(start, end))
    by_hours: dict[tuple[str, ...], list[int]] = {}
    for index, hours in by_day.items():
        by_hours.setdefault(tuple(hours), []).append(index)
    # Translators: joins two spans of office hours on one day, as in "8–11 and 13–17"
    joint = gettext(" and ")
    return ", ".join(f"{day_names(days)}{NB}{joint.join(hours)}" for hours, days in by_hours.items())


def unit_forms(kind: str, what: str, count: int) -> str:
    """The noun for `count` units: members (kind county or city) or security districts."""
    if what == "district":
        return npgettext("security district", "security district", "security districts", count)
    if kind == "city":
        return npgettext("member of a city", "city district", "city districts", count)
    return npgettext("member of a county", "town", "towns", count)


@register.simple_tag(takes_context=True)
def units(context: Mapping[str, Any], count: int, *, what: str = "member") -> str:
    """A number with its noun: "27 obcí", "18 dzielnic", "5 security districts"."""
    kind = str(getattr(context.get("region"), "kind", "county"))
    return f"{number(count)}{NB}{unit_forms(kind, what, count)}"


def unit_title(kind: str, what: str) -> str:
    """Heading for all units of a kind, in the plural."""
    if what == "district":
        return pgettext("heading", "Security districts")
    if kind == "city":
        return pgettext("heading", "City districts")
    return pgettext("heading", "Towns and municipalities")


@register.simple_tag(takes_context=True)
def units_title(context: Mapping[str, Any], *, what: str = "member") -> str:
    """What a list of them is called in this region."""
    return unit_title(str(getattr(context.get("region"), "kind", "county")), what)


@register.simple_tag(takes_context=True)
def unit_name(context: Mapping[str, Any], *, what: str = "member") -> str:
    """One unit in the singular, small letters: "obec", "dzielnica", "okrsek"."""
    return unit_forms(str(getattr(context.get("region"), "kind", "county")), what, 1)
