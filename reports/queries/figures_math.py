"""The little arithmetic of figures: differences, growth, and whether rounding could explain a difference. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

HUNDRED = Decimal(100)
# Far finer than any number is shown.
PLACES = Decimal("0.000001")


def kept(value: Decimal) -> Decimal:
    """A number of ours as it is kept: to the millionth, so that it is rounded for readers once and not twice.

    4.545… is 4.5 for them; by way of 4.55 it would become 4.6.
    """
    return value.quantize(PLACES)


def share_of(part: Decimal | int, whole: Decimal | int) -> Decimal:
    """A part in per cent of the whole. Raises ZeroDivisionError for a whole of nothing."""
    return kept(part * HUNDRED / whole)


def growth(before: Decimal, after: Decimal) -> Decimal | None:
    """Change in per cent of ``before``; None when that is zero or less, where per cent say nothing."""
    return (after - before) / before * HUNDRED if before > 0 else None


def bounds(values: Iterable[Decimal]) -> tuple[Decimal, Decimal]:
    """Smallest and largest value. Raises IndexError without any."""
    ordered = sorted(values)
    return ordered[0], ordered[-1]


def places_of(value: Decimal) -> int:
    """How many decimal places a value has, without zeros at its end: 13.750 → 2, 100 → 0."""
    exponent = value.normalize().as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0


def rounding_unit(value: Decimal) -> Decimal:
    """The place to which a whole number could have been rounded, by its trailing zeros: 8 480 → 10, 7 500 → 100.

    1 for zero, for numbers without trailing zeros and for those with decimal places.
    """
    if value != value.to_integral_value():
        return Decimal(1)
    _, digits, exponent = value.normalize().as_tuple()
    return Decimal(1).scaleb(exponent) if isinstance(exponent, int) and exponent > 0 and digits else Decimal(1)


def rounding_explains(first: Decimal, second: Decimal) -> bool:
    """Whether one of two different values could be the other one rounded to the place its zeros suggest."""
    unit = max(rounding_unit(first), rounding_unit(second))
    return unit > 1 and abs(first - second) * 2 <= unit
