"""Values as sources write them: numbers with "about" and "at least", and the signs that say why there is none."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from region.messages import Problem
from region.messages import gettext_noop as _
from region.tables.crosstabs import MARKS, figure_text
from region.tables.values import folded, parse_number
from region.tables.words import Words, parse_word
from reports.enums.figures import ObservationPrecision

PRECISION: Words = {
    "exact": ("přesně", "přesná", "dokładnie", "dokładna"),
    "rounded": ("zaokrouhleno", "zaokrouhlená", "zaokrąglona", "zaokrąglono"),
    "approximate": ("přibližně", "přibližná", "asi", "około", "przybliżona", "about"),
    "at_least": ("nejméně", "alespoň", "co najmniej", "at least", "minimum"),
}
STATUS: Words = {
    "final": ("konečná", "definitivní", "ostateczna", "ostateczny"),
    "provisional": ("předběžná", "předběžný", "wstępna", "wstępny", "tymczasowa"),
    "part": ("část období", "neúplné období", "część okresu", "to date"),
}
MISSING: Words = {
    "did_not_occur": ("nevyskytlo se", "nenastalo", "nie wystąpiło"),
    "unknown": ("neznámo", "nezjištěno", "není k dispozici", "nieznane", "brak danych", "n/a"),
    "not_applicable": ("nevztahuje se", "nelze", "nie dotyczy"),
    "confidential": ("důvěrné", "individuální údaj", "poufne", "tajemnica statystyczna"),
}
DIGITS = 6
_AT_LEAST = re.compile(r"(?:≥|>=|nejméně|alespoň|min\.?|co najmniej|at least)\s*", re.IGNORECASE)
_ABOUT = re.compile(r"(?:≈|~|asi|cca\.?|přibližně|zhruba|około|ok\.|about|approx\.?)\s*", re.IGNORECASE)


def parse_value(text: str) -> dict[str, Any]:
    """Columns `value`, `missing` and, when the text says it, `precision`. Raises `Problem` for what is neither."""
    plain = " ".join(text.split())
    if plain.lower() in MARKS:
        return {"value": None, "missing": MARKS[plain.lower()]}
    if folded(plain) and not any(sign.isdigit() for sign in plain):
        return {"value": None, "missing": parse_missing(plain)}
    for pattern, precision in ((_AT_LEAST, ObservationPrecision.AT_LEAST), (_ABOUT, ObservationPrecision.APPROXIMATE)):
        found = pattern.match(plain)
        if found:
            return {"value": _number(plain[found.end() :]), "missing": "", "precision": precision.value}
    return {"value": _number(plain), "missing": ""}


def _number(text: str) -> Decimal:
    """A number as it is stored; spreadsheets add digits that nobody wrote (0.6175999999999999)."""
    return round(parse_number(figure_text(text)), DIGITS)


def parse_missing(text: str) -> str:
    """Why there is no value. Raises `Problem` naming what may be written."""
    return parse_word(text, MISSING)


def parse_precision(text: str) -> str:
    """How exactly a value is given."""
    return parse_word(text, PRECISION)


def parse_status(text: str) -> str:
    """How final a value is. Corrections and withdrawals are made by hand, never by a file."""
    return parse_word(text, STATUS)


def value_of(cells: dict[str, str]) -> dict[str, Any]:
    """Value or reason of a row with the columns `value` and `missing`. Raises `Problem` when both or none are there."""
    value, missing = cells.get("value", ""), cells.get("missing", "")
    if value and missing:
        raise Problem(_("Give a value, or say why there is none, not both."))
    if missing:
        return {"value": None, "missing": parse_missing(missing)}
    if not value:
        raise Problem(_("Give a value, or say why there is none."))
    return parse_value(value)
