"""Values of a map in at most five classes that hold about as many areas each. Pure: no Django."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST = 5


@dataclass(frozen=True, slots=True)
class ValueClass:
    """From the least to the greatest value that is in it; `shade` goes from 1 to 5, a true zero has 0."""

    low: Decimal
    high: Decimal
    shade: int


def value_classes(values: Sequence[Decimal]) -> tuple[ValueClass, ...]:
    """Classes in rising order; equal values share one, and zeros stand in one of their own.

    Bounds are values that occur, so that the key says nothing that the map does not show.
    """
    zero = [ValueClass(Decimal(0), Decimal(0), 0)] if any(value == 0 for value in values) else []
    ordered = sorted(value for value in values if value)
    groups = _groups(ordered)
    shades = _shades(len(groups))
    made = [ValueClass(group[0], group[-1], shade) for group, shade in zip(groups, shades, strict=True)]
    return tuple(sorted([*zero, *made], key=lambda each: each.low))


def _groups(ordered: list[Decimal]) -> list[list[Decimal]]:
    distinct = sorted(set(ordered))
    if len(distinct) <= MOST:
        return [[value] for value in distinct]
    groups: list[list[Decimal]] = [[] for _ in range(MOST)]
    for value in distinct:
        # The place of the first of equal values decides for all of them.
        groups[min(ordered.index(value) * MOST // len(ordered), MOST - 1)].append(value)
    return [group for group in groups if group]


def _shades(count: int) -> list[int]:
    """Shades spread from the lightest to the darkest."""
    if count < 2:
        return [3][:count]
    return [1 + round(index * (MOST - 1) / (count - 1)) for index in range(count)]


def class_of(value: Decimal, classes: Sequence[ValueClass]) -> ValueClass:
    """The class a value stands in."""
    return next(each for each in classes if each.low <= value <= each.high)
