"""Numbers as people of the active language write them: no-break spaces between thousands, commas or points."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any

from django.utils.translation import get_language

NB = "\u00a0"
LANGUAGES = frozenset({"cs", "pl", "en"})
# Wide enough for any amount that can be stored or imported.
_EXACT = Context(prec=400)


def language() -> str:
    """Two letters of the active language; English where the site does not speak it."""
    code = (get_language() or "en")[:2]
    return code if code in LANGUAGES else "en"


def number(value: Any, decimals: int = 0) -> str:
    """A number with grouped thousands and a fixed count of decimals; empty for nothing, rounded half up."""
    if value is None or value == "":
        return ""
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP, context=_EXACT)
    plain = f"{abs(rounded):,.{decimals}f}"
    if language() != "en":
        plain = plain.replace(",", NB).replace(".", ",")
    return f"\u2212{plain}" if rounded < 0 else plain


def percent(value: Any, decimals: int = 0) -> str:
    """A share already in per cent; Czech puts a space before the sign, Polish and English do not."""
    digits = number(value, decimals)
    if not digits:
        return ""
    return f"{digits}{NB}%" if language() == "cs" else f"{digits}%"


def unit_of_many(text: str) -> str:
    """The form of a unit after five or more, which stands for it where no number is said.

    Editors write forms of what is counted one after another: “system | systems”, in Czech and Polish those after 1,
    after 2 to 4, after 5, and, where there is one, after a fraction. A unit with one form (CZK, %) is written as it is.
    """
    forms = _forms(text)
    return forms[min(2, len(forms) - 1)]


def unit_after(text: str, value: Any) -> str:
    """The form of a unit after a number; see `unit_of_many`."""
    forms, amount = _forms(text), abs(Decimal(str(value)))
    return forms[min(_place_of(amount), len(forms) - 1)] if len(forms) > 1 else text


def _forms(text: str) -> list[str]:
    return [form.strip() for form in text.split("|")]


def _place_of(amount: Decimal) -> int:
    """Which of the forms follows a number: 0 to 3."""
    if amount == 1:
        return 0
    if language() == "en":
        return 1
    if amount != amount.to_integral_value():
        return 3
    last, tens = amount % 10, amount % 100
    is_few = 2 <= last <= 4 and not 12 <= tens <= 14 if language() == "pl" else 2 <= amount <= 4
    return 1 if is_few else 2
