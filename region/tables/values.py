"""Values as people write them: numbers with a decimal comma and spaces, dates in Czech, Polish or English."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import Decimal
from typing import Literal, TypeAlias

from region.messages import Problem
from region.messages import gettext_noop as _
from region.text import folded_tokens

Precision: TypeAlias = Literal["day", "month", "year"]

# Plain, no-break, figure, thin and narrow no-break space: what programs put between thousands.
_SPACES = " \u00a0\u2007\u2009\u202f"
_EMPTY = frozenset(("", "nan", "null", "none", "nat", "-", "–", "—"))
_NUMBER = re.compile(rf"([-+−]?)(\d{{1,3}}(?:[{_SPACES}]\d{{3}})+|\d+)(?:[.,](\d+))?")
_GROUPED = re.compile(
    r"[-+−]?\d{1,3}(?:\.\d{3})+,\d+|[-+−]?\d{1,3}(?:,\d{3})+\.\d+|[-+−]?\d{1,3}(?:([.,])\d{3})(?:\1\d{3})+"
)
# Signs with which a spreadsheet would begin a formula.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_FORMULA_TEXT = re.compile(r'="(.*)"')
_ERRORS = re.compile(r"#(REF|DIV/0|VALUE|NAME|NUM|N/A|NULL|SPILL|CALC)[!?]?", re.IGNORECASE)

_ISO = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?(?:[T ]00:00(?::00(?:\.0+)?)?)?")
_DOTTED = re.compile(r"(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})")
_MONTH_YEAR = re.compile(r"(\d{1,2})\s*[./]\s*(\d{4})")
_WORDED = re.compile(r"(?:(\d{1,2})\.?\s+)?([a-z]+)\.?\s+(\d{4})(?:\s*[a-z]\.?)?")
_YEAR = re.compile(r"(\d{4})")
_SLASHED = re.compile(r"\d{1,2}/\d{1,2}/\d{2,4}")
_MONTHS: dict[str, int] = {
    word: number
    for number, words in enumerate(
        (
            "leden ledna styczen stycznia january jan",
            "unor unora luty lutego february feb",
            "brezen brezna marzec marca march mar",
            "duben dubna kwiecien kwietnia april apr",
            "kveten kvetna maj maja may",
            "cerven cervna czerwiec czerwca june jun",
            "cervenec cervence lipiec lipca july jul",
            "srpen srpna sierpien sierpnia august aug",
            "zari wrzesien wrzesnia september sep",
            "rijen rijna pazdziernik pazdziernika october oct",
            "listopad listopadu november nov",
            "prosinec prosince grudzien grudnia december dec",
        ),
        start=1,
    )
    for word in words.split()
} | {"listopada": 11}
# Short forms, in dates only: "1-sty-2024", "5 lip 2024".
_SHORT_MONTHS: dict[str, int] = {
    word: number
    for number, words in enumerate(
        (
            "led sty", "uno lut", "bre mar", "dub kwi apr", "kve", "cvn cer cze", "cvc lip", "srp sie", "zar wrz sept",
            "rij paz", "lis", "pro gru",
        ),
        start=1,
    )
    for word in words.split()
}  # fmt: skip


def value_text(value: object) -> str:
    """A cell's value as text: whole numbers without a decimal point, days as 2010-07-01, hours as 15:00."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else format(Decimal(repr(value)), "f")
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    return value.isoformat(timespec="minutes") if isinstance(value, time) else str(value)


def folded(text: str) -> str:
    """Lower-case letters and digits without accents, words separated by one space: how words are compared."""
    return " ".join(folded_tokens(text))


def guarded(text: str) -> str:
    """Text for a cell of a CSV file: one that a spreadsheet would take for a formula gets an apostrophe."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) and not _NUMBER.fullmatch(text) else text


def unguarded(text: str) -> str:
    """A cell's text without the apostrophe that `guarded` puts before formulas."""
    return text[1:] if text[:1] == "'" and text[1:].startswith(_FORMULA_STARTS) else text


def cell_text(value: str) -> str:
    """Text of a cell: spaces trimmed, "nan" and "null" emptied, ``="007"`` and a guarded formula unwrapped.

    Raises `Problem` for a formula that was never calculated and for a spreadsheet's error value.
    """
    text = unguarded(value.strip().strip("\ufeff").strip())
    wrapped = _FORMULA_TEXT.fullmatch(text)
    if wrapped:
        return wrapped[1].strip()
    if text.startswith("=") and len(text) > 1:
        raise Problem(
            _("This is a formula without a result. Open the file in a spreadsheet program and save it again.")
        )
    if _ERRORS.fullmatch(text):
        raise Problem(_("This is an error of the spreadsheet, not a value."))
    return "" if text.casefold() in _EMPTY else text


def parse_number(text: str) -> Decimal:
    """A number with decimal comma or point; thousands may be separated by spaces of any width.

    "1.605.167,44" and "1,605,167.44" are refused: which mark is which differs from country to country.
    """
    found = _NUMBER.fullmatch(text.strip())
    if found:
        sign = "-" if found[1] in ("-", "−") else ""
        whole = re.sub(rf"[{_SPACES}]", "", found[2])
        return Decimal(f"{sign}{whole}.{found[3] or 0}")
    if _GROUPED.fullmatch(text.strip()):
        raise Problem(_("The number is ambiguous: write thousands with spaces or without any separator."))
    raise Problem(_("This is not a number."))


def parse_whole(text: str) -> int:
    """A whole number; "705.0" counts as one, "1.605" does not."""
    number = parse_number(text)
    if number != number.to_integral_value():
        raise Problem(_("This is not a whole number; write thousands with spaces or without any separator."))
    return int(number)


def parse_degrees(text: str) -> float:
    """A coordinate in degrees or metres."""
    return float(parse_number(text))


def month_of(word: str) -> int:
    """Number of a month in Czech, Polish or English, whole or shortened, without accents; 0 for other words."""
    return _MONTHS.get(word, 0) or _SHORT_MONTHS.get(word, 0)


def parse_date(text: str) -> tuple[date, Precision]:
    """A date and how exactly it is known; a month or year stands for its first day.

    Read: "1. 7. 2010", "2010-07-01", "2010-06", "6/2011", "červen 2011", "1 lipca 2010", "1 July 2010", "2010".
    "1/7/2010" is refused: day and month stand in a different order in different countries.
    """
    plain = text.strip()
    if _SLASHED.fullmatch(plain):
        raise Problem(_("The date is ambiguous: write it as 2010-07-01 or 1. 7. 2010."))
    numbers = _date_numbers(plain)
    if numbers is None:
        raise Problem(_("This is not a date: write it as 2010-07-01, 1. 7. 2010 or 2010-07."))
    year, month, day = numbers
    try:
        found = date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError as error:
        raise Problem(_("There is no such day.")) from error
    return found, "year" if month is None else "month" if day is None else "day"


def _date_numbers(text: str) -> tuple[int, int | None, int | None] | None:
    """Year, month and day; None stands for what is not said."""
    if found := _ISO.fullmatch(text):
        return int(found[1]), int(found[2]), int(found[3]) if found[3] else None
    if found := _DOTTED.fullmatch(text):
        return int(found[3]), int(found[2]), int(found[1])
    if found := _MONTH_YEAR.fullmatch(text):
        return int(found[2]), int(found[1]), None
    if found := _YEAR.fullmatch(text):
        return int(found[1]), None, None
    found = _WORDED.fullmatch(folded(text))
    if found and found[2] in _MONTHS:
        return int(found[3]), _MONTHS[found[2]], int(found[1]) if found[1] else None
    return None
