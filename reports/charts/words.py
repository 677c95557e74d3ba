"""The words and number forms a drawing needs, in one reader's language. Pure: no Django."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from region.chart import Missing, Point, PointStatus, Precision

# Signs before a value that is not exact; a rounded one says so in words only.
PRECISION_SIGNS: Mapping[Precision, str] = {Precision.APPROXIMATE: "≈\u00a0", Precision.AT_LEAST: "≥\u00a0"}


@dataclass(frozen=True, slots=True)
class Words:
    """How numbers are written and the few words that stand in a drawing.

    `number` takes a value and its count of decimals; `short` writes the round value of a tick with little room;
    `percent` takes a share already in per cent and its decimals. `status` and `precision` name what is not ordinary.
    """

    number: Callable[[Decimal, int], str]
    short: Callable[[Decimal], str]
    percent: Callable[[Decimal, int], str]
    missing: Mapping[Missing, str]
    status: Mapping[PointStatus, str]
    precision: Mapping[Precision, str]
    difference: str
    interval: str
    not_from_zero: str
    calculated: str

    def value(self, point: Point, decimals: int) -> str:
        """A value with the sign of its precision ("≈ 300"), or the word for why there is none."""
        if point.value is None:
            return self.missing[point.missing or Missing.UNKNOWN]
        return PRECISION_SIGNS.get(point.precision, "") + self.number(point.value, decimals)

    def state(self, point: Point) -> str:
        """The word for a status that is not ordinary."""
        return "" if point.missing else self.status.get(point.status, "")

    def remark(self, point: Point) -> str:
        """What is said beside a value that is not ordinary: its status, its precision, its note."""
        rounded = self.precision.get(point.precision, "") if point.precision not in PRECISION_SIGNS else ""
        return ", ".join(part for part in (self.state(point), "" if point.missing else rounded, point.note) if part)
