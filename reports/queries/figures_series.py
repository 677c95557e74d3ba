"""Values of one metric in one area, side by side: a row for each period, a column for each source."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from reports.queries.figures_math import bounds, growth, rounding_explains, rounding_unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from uuid import UUID

    from reports.models import Resolution, SourceDocument
    from reports.queries.figures_values import Period, Value

DAYS_OF_YEAR = (365, 366)
OF_TWO = 2
# Values further apart than so many roundings are not two writings of one number.
NEAR = 10


@dataclass(frozen=True)
class Row:
    """One period: the values by source, and the decision about them, if one is in force."""

    period: Period
    values: Mapping[UUID, Value]
    resolution: Resolution | None

    @property
    def counting(self) -> list[Value]:
        """Values that hold, in the order of their sources."""
        return [one for one in self.values.values() if one.counts]

    @property
    def compared(self) -> list[Value]:
        """Values that may be compared with each other: of the period as a whole."""
        return [one for one in self.counting if one.is_whole]

    @property
    def is_conflict(self) -> bool:
        """Whether sources disagree about the whole period."""
        return len({one.value for one in self.compared}) > 1

    @property
    def preferred(self) -> Value | None:
        """The value that our totals use, if that was decided."""
        chosen = (one for one in self.counting if self.resolution and one.id == self.resolution.preferred_id)
        return next(chosen, None)

    @property
    def bounds(self) -> tuple[Decimal, Decimal] | None:
        """Smallest and largest of the values that hold; None without any."""
        found = [one.value for one in self.counting if one.value is not None]
        return bounds(found) if found else None

    @property
    def rounding(self) -> tuple[bool, Decimal] | None:
        """For a conflict of two near values: whether rounding could explain it, and to which place; else None."""
        if not self.is_conflict or len(self.compared) != OF_TWO:
            return None
        first, second = (one.value or Decimal(0) for one in self.compared)
        unit = max(rounding_unit(first), rounding_unit(second))
        is_near = abs(first - second) <= unit * NEAR
        return (rounding_explains(first, second), unit) if unit > 1 and is_near else None


@dataclass(frozen=True, slots=True)
class Growth:
    """Change from one period to the next within one source, in per cent."""

    source: SourceDocument
    before: Value
    after: Value
    percent: Decimal


@dataclass(frozen=True)
class SeriesOf:
    """All of one area: rows in the order of time, sources in the order of their columns."""

    rows: Sequence[Row]
    sources: Sequence[SourceDocument]
    breaks: frozenset[int] = frozenset()

    @cached_property
    def latest_pair(self) -> tuple[Row, Row] | None:
        """The two latest whole periods that follow each other and are counted in the same way."""
        whole = [row for row in self.rows if row.compared]
        for before, after in zip(reversed(whole[:-1]), reversed(whole), strict=False):
            if follows(before.period, after.period) and after.period[0].year not in self.breaks:
                return before, after
        return None

    @cached_property
    def growths(self) -> list[Growth]:
        """Growth between these two, for each source that speaks of both. Never across sources."""
        if self.latest_pair is None:
            return []
        before, after = self.latest_pair
        pairs = ((before.values.get(one.pk), after.values.get(one.pk), one) for one in self.sources)
        return [made for first, second, source in pairs if (made := _growth(first, second, source))]


def _growth(before: Value | None, after: Value | None, source: SourceDocument) -> Growth | None:
    pair = [one.value for one in (before, after) if one is not None and one.is_whole and one.value is not None]
    percent = growth(pair[0], pair[1]) if len(pair) == OF_TWO else None
    return Growth(source, before, after, percent) if before and after and percent is not None else None


def follows(before: Period, after: Period) -> bool:
    """Whether two whole periods touch and last equally long (years with and without 29 February do)."""
    if before[1] is None or after[1] is None or (after[0] - before[1]).days != 1:
        return False
    lengths = [(end - start).days + 1 for start, end in (before, after) if end]
    return lengths[0] == lengths[1] or all(days in DAYS_OF_YEAR for days in lengths) or _are_months(before, after)


def _are_months(before: Period, after: Period) -> bool:
    return all(
        end and start.day == 1 and (start.year, start.month) == (end.year, end.month) for start, end in (before, after)
    )


def series_of(
    values: Iterable[Value],
    resolutions: Mapping[Period, Resolution],
    breaks: Iterable[int] = (),
) -> SeriesOf:
    """Put the values of one area into rows and columns. Sources that say most stand first, newer before older."""
    listed = list(values)
    sources = {one.source.pk: one.source for one in listed}
    counts = {key: sum(one.source.pk == key for one in listed) for key in sources}
    ordered = sorted(sources.values(), key=lambda one: (-counts[one.pk], -_ordinal(one), one.key))
    periods = sorted({one.period for one in listed}, key=lambda period: (period[0], period[1] is None, str(period[1])))
    by_place = {(one.period, one.source.pk): one for one in listed}
    rows = [
        Row(
            period,
            {one.pk: by_place[period, one.pk] for one in ordered if (period, one.pk) in by_place},
            resolutions.get(period),
        )
        for period in periods
    ]
    return SeriesOf(rows, ordered, frozenset(breaks))


def _ordinal(source: SourceDocument) -> int:
    return source.dated_latest.toordinal() if source.dated_latest else 0
