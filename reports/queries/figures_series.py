"""Values of one metric in one area, side by side: a row for each period, a column for each source."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from region.chart import Precision
from reports.queries.figures_math import bounds, growth, rounding_explains, rounding_unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from uuid import UUID

    from reports.models import Resolution, SourceDocument
    from reports.queries.figures_values import Period, Value

DAYS_OF_YEAR = (365, 366)
MONTHS_OF_YEAR = 12
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
    def told(self) -> list[Value]:
        """Values that make the number of the period: a part of it stands beside a whole one only in the chart."""
        return self.compared or self.counting

    @property
    def bounds(self) -> tuple[Decimal, Decimal] | None:
        """Smallest and largest of the values that are told; None without any."""
        found = [one.value for one in self.told if one.value is not None]
        return bounds(found) if found else None

    @property
    def known(self) -> date | None:
        """The last day of which a value to date speaks."""
        return max((one.as_of[1] for one in self.values.values() if one.as_of), default=None)

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

    @property
    def is_guess(self) -> bool:
        """Whether the source only says about how many there were."""
        return Precision.APPROXIMATE in {self.before.precision, self.after.precision}


@dataclass(frozen=True)
class SeriesOf:
    """All of one area: rows in the order of time, sources in the order of their columns."""

    rows: Sequence[Row]
    sources: Sequence[SourceDocument]
    breaks: frozenset[int] = frozenset()

    @cached_property
    def whole(self) -> list[Row]:
        """Whole periods of the length that most of them have, the longer of two: months within a year stand apart."""
        rows = [row for row in self.rows if row.compared]
        lengths = [length(row.period) for row in rows]
        main = max(lengths, key=lambda one: (lengths.count(one), one), default=None)
        return [row for row, one in zip(rows, lengths, strict=True) if one == main]

    @cached_property
    def latest_pair(self) -> tuple[Row, Row] | None:
        """The two latest whole periods, if they follow each other and are counted in the same way."""
        if len(self.whole) < OF_TWO:
            return None
        before, after = self.whole[-2:]
        is_broken = any(before.period[0].year < year <= _last(after).year for year in self.breaks)
        return None if is_broken or not follows(before.period, after.period) else (before, after)

    @cached_property
    def growths(self) -> list[Growth]:
        """Growth between these two, for each source that speaks of both. Never across sources."""
        if self.latest_pair is None:
            return []
        before, after = self.latest_pair
        pairs = ((before.values.get(one.pk), after.values.get(one.pk), one) for one in self.sources)
        return [made for first, second, source in pairs if (made := _growth(first, second, source))]


def _growth(before: Value | None, after: Value | None, source: SourceDocument) -> Growth | None:
    """None where one of the two is missing, no whole period, or only a bound of what there was."""
    pair = [
        one.value
        for one in (before, after)
        if one is not None and one.is_whole and one.value is not None and one.precision != Precision.AT_LEAST
    ]
    percent = growth(pair[0], pair[1]) if len(pair) == OF_TWO else None
    return Growth(source, before, after, percent) if before and after and percent is not None else None


def follows(before: Period, after: Period) -> bool:
    """Whether two whole periods touch and last equally long (years with and without 29 February do)."""
    if before[1] is None or after[1] is None or (after[0] - before[1]).days != 1:
        return False
    return length(before) == length(after)


def length(period: Period) -> tuple[int, int]:
    """How long a period is: whole months, and days where it is none of them; nothing of one to date."""
    start, end = period
    if end is None:
        return 0, 0
    after = end + timedelta(days=1)
    if start.day == 1 and after.day == 1:
        return (after.year - start.year) * MONTHS_OF_YEAR + after.month - start.month, 0
    days = (after - start).days
    return (MONTHS_OF_YEAR, 0) if days in DAYS_OF_YEAR else (0, days)


def is_even(series: SeriesOf) -> bool:
    """Whether all periods that have an end are equally long: only then a line through them says something."""
    return len({length(row.period) for row in series.rows if row.period[1]}) <= 1


def with_gaps(series: SeriesOf) -> SeriesOf:
    """The same with an empty row for each period of whole months of which nobody speaks."""
    rows: list[Row] = []
    for row in series.rows:
        while rows and (lost := _next(rows[-1].period)) and lost[1] and lost[1] < row.period[0]:
            rows.append(Row(lost, {}, None))
        rows.append(row)
    return replace(series, rows=rows)


def _next(period: Period) -> Period | None:
    """The period as long as this one that follows it; None unless it is of whole months."""
    months, days = length(period)
    if days or not months or period[0].day != 1:
        return None
    start = _months_later(period[0], months)
    return start, _months_later(start, months) - timedelta(days=1)


def _months_later(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, MONTHS_OF_YEAR)
    return day.replace(year=day.year + years, month=month + 1)


def _last(row: Row) -> date:
    return row.period[1] or row.period[0]


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
