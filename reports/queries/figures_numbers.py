"""The numbers of a figure in a line of facts, for pages that show it among others: how many, how much more, so far."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext, pgettext

from region.parts import Fact
from reports.queries.figures_charts import category_of, digits_of, headline
from reports.queries.figures_math import bounds
from reports.queries.figures_words import days, signed_percent

if TYPE_CHECKING:
    from reports.models import Metric
    from reports.queries.figures_series import Growth, Row, SeriesOf


def numbers_of(metric: Metric, series: SeriesOf) -> tuple[Fact, ...]:
    """The newest whole period, its growth within each source, and what is known of the period that runs."""
    whole = [row for row in series.rows if row.compared]
    known = [row for row in series.rows if row.counting]
    facts = []
    if whole:
        facts.append(Fact(category_of(whole[-1]), headline(metric, whole[-1]) or ""))
    if series.growths and series.latest_pair and not metric.is_state:
        before, after = series.latest_pair
        facts.append(Fact(f"{category_of(before)} → {category_of(after)}", _growth(series.growths)))
    if known and not known[-1].compared:
        facts.append(_so_far(metric, known[-1]))
    return tuple(fact for fact in facts if fact.value)


def _growth(growths: list[Growth]) -> str:
    low, high = bounds(one.percent for one in growths)
    if signed_percent(low) == signed_percent(high):
        return signed_percent(low)
    return gettext("%(low)s to %(high)s by source") % {"low": signed_percent(low), "high": signed_percent(high)}


def _so_far(metric: Metric, row: Row) -> Fact:
    """A period that is not over, with the days its number holds for."""
    label = pgettext("period of a value", "%(year)s, incomplete") % {"year": category_of(row)}
    words, told = digits_of(metric, row) or "", row.counting[0].as_of
    if not words or told is None:
        return Fact(label, words)
    return Fact(label, f"{words} ({gettext('as of %(days)s') % {'days': days(*told)}})")
