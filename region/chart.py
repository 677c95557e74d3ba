"""A chart as a value: what is shown, how sure it is and who says so. Pure: no Django.

Every area may fill one; `reports.charts` draws it, and the same value becomes the table and the files beside the
drawing. Texts are already in the reader's language, numbers are never formatted here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any


class ChartKind(StrEnum):
    """How a chart is drawn."""

    BARS = "bars"  # one series, bars from zero
    GROUPED = "grouped"  # several series side by side in each category, as of two sources
    LINES = "lines"  # points in order of time, with a band where low and high are known
    DOTS = "dots"  # a dot and its range in each category
    SHARES = "shares"  # parts of a whole, one stacked bar for each category
    MULTIPLES = "multiples"  # the same small chart for each series
    AREAS = "areas"  # a map of districts, shaded by value
    HEXES = "hexes"  # a map of equal cells, shaded by value


class PointStatus(StrEnum):
    """How final a value is."""

    FINAL = "final"
    PROVISIONAL = "provisional"
    PART = "part"  # of a period that is not over: never compared with whole ones
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"


_NOT_COMPARED = frozenset({PointStatus.PART, PointStatus.WITHDRAWN})


class Precision(StrEnum):
    """How exactly the source gives a value."""

    EXACT = "exact"
    ROUNDED = "rounded"
    APPROXIMATE = "approximate"
    AT_LEAST = "at_least"


class Missing(StrEnum):
    """Why there is no value (the signs of official statistics: - . x #). None of them is a zero."""

    DID_NOT_OCCUR = "did_not_occur"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"
    CONFIDENTIAL = "confidential"


MISSING_SIGNS: Mapping[Missing, str] = {
    Missing.DID_NOT_OCCUR: "-",
    Missing.UNKNOWN: ".",
    Missing.NOT_APPLICABLE: "x",
    Missing.CONFIDENTIAL: "#",
}


@dataclass(frozen=True, slots=True)
class Point:
    """One value of one series in one category; either `value` or `missing` is set.

    `low` and `high` bound what it may be (both or none). `note` is said at the value, such as the day it holds for.
    """

    value: Decimal | None = None
    missing: Missing | None = None
    status: PointStatus = PointStatus.FINAL
    precision: Precision = Precision.EXACT
    low: Decimal | None = None
    high: Decimal | None = None
    note: str = ""

    def __post_init__(self) -> None:
        if (self.value is None) == (self.missing is None):
            raise ValueError("a point has either a value or a reason for having none")
        if (self.low is None) != (self.high is None):
            raise ValueError("an interval has two ends")


@dataclass(frozen=True, slots=True)
class Series:
    """Values in the order of the chart's categories; `source` is a place in the chart's sources.

    `short` is the name where there is little room, on a bar.
    """

    name: str
    points: tuple[Point, ...]
    short: str = ""
    source: int | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Where values come from: a document, in words, with the place in it and what it says there."""

    title: str
    issuer: str = ""
    dated: str = ""
    url: str = ""
    page: str = ""
    quotes: tuple[str, ...] = ()
    # Of the quotes, as a code of two letters; empty: the reader's own.
    language: str = ""


@dataclass(frozen=True, slots=True)
class Break:
    """From category `at` on the values are counted in another way: lines and growth end there."""

    at: int
    text: str


@dataclass(frozen=True, slots=True)
class Area:
    """What a category is on a map: its outline as GeoJSON geometry (WGS84) and the page it leads to."""

    geometry: Mapping[str, Any]
    url: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything a reader sees of one figure; `title` states the finding.

    Categories are the rows of the table (years, districts); each series has one point for each. `areas` go with
    `ChartKind.AREAS` and `HEXES`, one for each category. `description` replaces the sentence made from the values.
    `how` says how we calculated values that stand in no source; empty when all of them do.
    """

    key: str
    title: str
    kind: ChartKind
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str
    category_title: str = ""
    decimals: int = 0
    sources: tuple[Source, ...] = ()
    note: str = ""
    how: str = ""
    description: str = ""
    breaks: tuple[Break, ...] = ()
    areas: tuple[Area, ...] = ()
    # Whether the difference between the first two series is written beside them.
    shows_difference: bool = False

    def __post_init__(self) -> None:
        if any(len(series.points) != len(self.categories) for series in self.series):
            raise ValueError("each series has one point for each category")
        if self.areas and len(self.areas) != len(self.categories):
            raise ValueError("each category of a map has its area")

    def compared(self, index: int) -> tuple[Decimal, Decimal] | None:
        """Values of the first two series of one category, where their difference is told.

        Nothing is compared with a part of a period, nor with what was withdrawn.
        """
        if not self.shows_difference or len(self.series) < 2:
            return None
        first, second = (series.points[index] for series in self.series[:2])
        if first.value is None or second.value is None or {first.status, second.status} & _NOT_COMPARED:
            return None
        return first.value, second.value
