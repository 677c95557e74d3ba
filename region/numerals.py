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
