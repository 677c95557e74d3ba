"""Charts and sentences of one metric in one area."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext, ngettext

from region.chart import Break, Chart, ChartKind, Missing, Point, PointStatus, Precision, Series, Source
from region.numerals import NB, number
from reports.chart_words import gap_words
from reports.enums.figures import CountingUnit
from reports.queries.figures_math import bounds, kept, places_of
from reports.queries.figures_series import is_even, with_gaps
from reports.queries.figures_words import days, percent_sign, period, signed_percent, span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reports.models import Metric, SourceDocument
    from reports.queries.figures_series import Growth, Row, SeriesOf
    from reports.queries.figures_values import Value

# More periods than these are drawn as a line.
MOST_BARS = 8
WHOLE_NUMBERS_FROM = 1
OF_TWO = 2


def chart_of(metric: Metric, series: SeriesOf) -> Chart:
    """All published values, each source a series of its own."""
    kind = ChartKind.GROUPED if len(series.sources) > 1 else ChartKind.BARS
    title = finding(metric, series)
    if len(series.rows) > MOST_BARS and is_even(series):
        kind, series = ChartKind.LINES, with_gaps(series)
    return Chart(
        key=metric.key,
        title=title,
        kind=kind,
        categories=tuple(category_of(row) for row in series.rows),
        series=tuple(
            Series(one.short, tuple(_point(row, row.values.get(one.pk)) for row in series.rows), source=place)
            for place, one in enumerate(series.sources)
        ),
        unit=unit_words(metric),
        category_title=gettext("Period"),
        decimals=decimals_of(metric, [one for row in series.rows for one in row.values.values()]),
        sources=tuple(source_of(one, series) for one in series.sources),
        note=" ".join(remarks(metric, series)),
        how=how_of(metric),
        breaks=_breaks(metric, series),
        shows_difference=len(series.sources) == OF_TWO and any(row.is_conflict for row in series.rows),
    )


def growth_chart_of(metric: Metric, series: SeriesOf) -> Chart | None:
    """Growth by source, from zero, in the colours of the sources; None unless two tell of the same two periods."""
    if len(series.growths) < OF_TWO or series.latest_pair is None:
        return None
    before, after = series.latest_pair
    low, high = bounds(one.percent for one in series.growths)
    return Chart(
        key=f"{metric.key}-growth",
        title=_growth_title(series.growths),
        kind=ChartKind.GROUPED,
        categories=(f"{category_of(before)} → {category_of(after)}",),
        series=tuple(
            Series(
                one.source.short, (Point(kept(one.percent), status=_sure(one), precision=_exactly(one)),), source=place
            )
            for place, one in enumerate(series.growths)
        ),
        unit=gettext("change in per cent"),
        category_title=gettext("Period"),
        decimals=1,
        sources=tuple(source_of(one.source, series) for one in series.growths),
        note=_spread(low, high),
        how=gettext("the later value minus the earlier one, divided by the earlier one; within one source."),
    )


def finding(metric: Metric, series: SeriesOf) -> str:
    """The sentence above the figure: how it grew, or how much there is."""
    if series.growths and series.latest_pair and not metric.is_state:
        return _growth_finding(metric, series, series.latest_pair)
    compared = series.whole or series.rows
    latest = compared[-1] if compared else None
    words = headline(metric, latest) if latest else None
    if latest is None or words is None:
        return metric.name
    return f"{metric.name}: {words} ({category_of(latest)})"


def _growth_finding(metric: Metric, series: SeriesOf, pair: tuple[Row, Row]) -> str:
    before, after = pair
    growths = _preferred(series, after) or series.growths
    low, high = bounds(one.percent for one in growths)
    what = {"name": metric.name, "year": category_of(after), "before": category_of(before)}
    decimals = 0 if max(abs(low), abs(high)) >= WHOLE_NUMBERS_FROM else 1
    if low == high == 0:
        return gettext("%(name)s: as many in %(year)s as in %(before)s") % what
    if low >= 0:
        return gettext("%(name)s: %(share)s more in %(year)s than in %(before)s") % (
            what | {"share": _guessed(growths, span(low, high, decimals) + percent_sign())}
        )
    if high <= 0:
        return gettext("%(name)s: %(share)s less in %(year)s than in %(before)s") % (
            what | {"share": _guessed(growths, span(-high, -low, decimals) + percent_sign())}
        )
    return gettext("%(name)s: between %(low)s and %(high)s in %(year)s against %(before)s, by source") % (
        what | {"low": signed_percent(low, decimals), "high": signed_percent(high, decimals)}
    )


def _preferred(series: SeriesOf, after: Row) -> list[Growth]:
    """The growth within the source that was preferred for the later period, if it tells of both."""
    chosen = after.preferred
    return [one for one in series.growths if chosen and one.source.pk == chosen.source.pk]


def decimals_of(metric: Metric, values: Iterable[Value]) -> int:
    """Decimal places to show: those of the metric, and all that a source gives."""
    if metric.is_calculated:
        return metric.decimals
    return max((metric.decimals, *(places_of(one.value) for one in values if one.value is not None)))


def headline(metric: Metric, row: Row) -> str | None:
    """The number of a period with its unit, where it is money, and the number of sources, where they disagree."""
    digits, sources = digits_of(metric, row), sources_words(row)
    if digits is None:
        return None
    worded = digits if is_countable(metric) else f"{digits}{NB}{unit_said(metric, row)}"
    return f"{worded}, {sources}" if sources else worded


def is_countable(metric: Metric) -> bool:
    """Whether single things are counted; money and shares are no number of something."""
    return metric.counting_unit not in {CountingUnit.MONEY, CountingUnit.RATIO}


def unit_words(metric: Metric) -> str:
    """The unit by itself; as editors write it, it has the form that follows a number: "number of cameras"."""
    if not metric.unit or not is_countable(metric):
        return metric.unit
    return gettext("number of %(unit)s") % {"unit": metric.unit}


def unit_said(metric: Metric, row: Row) -> str:
    """The unit in the form that follows the number of a period, or the higher end of a range."""
    told = [row.preferred] if row.preferred else row.told
    found = bounds(one.value for one in told if one.value is not None) if told else None
    return metric.unit_after(found[1]) if found else metric.unit


def digits_of(metric: Metric, row: Row) -> str | None:
    """The number of a period: the preferred one, the only one, or the range of all."""
    told = [row.preferred] if row.preferred else row.told
    found = bounds(one.value for one in told if one.value is not None) if told else None
    if found is None:
        return None
    return _approximately(told, span(*found, decimals_of(metric, told)))


def sources_words(row: Row) -> str:
    """How many sources a range is of: "2 official sources"; empty where one number holds."""
    count = len(row.told)
    if row.preferred or len({one.value for one in row.told}) < OF_TWO:
        return ""
    if all(one.source.is_official for one in row.told):
        return ngettext("%(count)s official source", "%(count)s official sources", count) % {"count": count}
    return ngettext("%(count)s source", "%(count)s sources", count) % {"count": count}


def _approximately(told: list[Value], digits: str) -> str:
    """A number or a range, and how sure its ends are; of equal values the surest one counts."""
    low, high = bounds(one.value for one in told if one.value is not None)
    ends = [{one.precision for one in told if one.value == end} for end in (low, high)]
    if any(end <= {Precision.APPROXIMATE, Precision.AT_LEAST} and Precision.APPROXIMATE in end for end in ends):
        return gettext("about %(number)s") % {"number": digits}
    return gettext("at least %(number)s") % {"number": digits} if {Precision.AT_LEAST} in ends else digits


def _guessed(growths: list[Growth], digits: str) -> str:
    """A change, and that it is a guess where a source only says about how many there were."""
    return gettext("about %(number)s") % {"number": digits} if any(one.is_guess for one in growths) else digits


def growth_words(series: SeriesOf) -> str:
    """Between which periods and how much: "+13.1% to +17.8% by source"; empty without growth."""
    if not series.growths or series.latest_pair is None:
        return ""
    before, after = series.latest_pair
    what = {"before": category_of(before), "year": category_of(after)}
    low, high = bounds(one.percent for one in series.growths)
    if len(series.growths) == 1:
        return gettext("From %(before)s to %(year)s it changed by %(change)s.") % (
            what | {"change": _guessed(series.growths, signed_percent(low))}
        )
    return gettext(
        "From %(before)s to %(year)s it changed by %(low)s to %(high)s by source. "
        "Growth is calculated within one source only."
    ) % (what | {"low": _guessed(series.growths, signed_percent(low)), "high": signed_percent(high)})


def _growth_title(growths: list[Growth]) -> str:
    low, high = bounds(one.percent for one in growths)
    first = growths[0]
    return gettext("Growth from %(before)s to %(year)s: %(low)s to %(high)s by source") % {
        "before": period(*first.before.period),
        "year": period(*first.after.period),
        "low": signed_percent(low),
        "high": signed_percent(high),
    }


def _spread(low: Decimal, high: Decimal) -> str:
    return gettext("The sources differ by %(points)s percentage points.") % {"points": number(high - low, 1)}


def _sure(one: Growth) -> PointStatus:
    is_provisional = PointStatus.PROVISIONAL in {one.before.status, one.after.status}
    return PointStatus.PROVISIONAL if is_provisional else PointStatus.FINAL


def _exactly(one: Growth) -> Precision:
    return Precision.APPROXIMATE if one.is_guess else Precision.EXACT


def category_of(row: Row) -> str:
    """What the row is called."""
    return period(*row.period, known=row.known)


def remarks(metric: Metric, series: SeriesOf) -> list[str]:
    """Sentences against wrong conclusions: which periods are incomplete, and whether rounding could be the cause."""
    said = []
    for row in series.rows:
        incomplete = [one for one in row.counting if one.status == PointStatus.PART and one.as_of]
        if incomplete and incomplete[0].as_of:
            said.append(
                gettext("%(year)s is not complete (as of %(days)s): do not compare it with whole periods.")
                % {"year": category_of(row), "days": days(*incomplete[0].as_of)}
            )
        if row.rounding:
            said.append(_rounding_words(metric, row))
        if row.is_conflict and len(series.sources) > OF_TWO:
            said.append(_widest_gap(metric, row))
    return said


def _widest_gap(metric: Metric, row: Row) -> str:
    """How far apart more than two sources are; two are compared in the chart itself."""
    low, high = row.bounds or (Decimal(0), Decimal(0))
    gap = gap_words((high - low, (high - low) * 100 / low if low > 0 else None), decimals_of(metric, row.told))
    return gettext("%(year)s: the values differ by up to %(difference)s.") % {
        "year": category_of(row),
        "difference": gap.replace("+", ""),
    }


def _rounding_words(metric: Metric, row: Row) -> str:
    explains, unit = row.rounding or (False, Decimal(1))
    what = {
        "year": category_of(row),
        "values": f"{NB}/ ".join(number(one.value, metric.decimals) for one in row.compared if one.value is not None),
        "unit": number(unit),
    }
    if explains:
        return gettext("%(year)s: rounding to %(unit)s could explain the difference (%(values)s).") % what
    return gettext("%(year)s: rounding to %(unit)s does not explain the difference (%(values)s).") % what


def how_of(metric: Metric) -> str:
    """How we calculated what no source says; empty for figures that sources state."""
    if not (metric.is_calculated and metric.numerator and metric.denominator):
        return ""
    return gettext("“%(above)s” divided by “%(below)s”, both from the same source and period.") % {
        "above": metric.numerator.name,
        "below": metric.denominator.name,
    }


def _point(row: Row, value: Value | None) -> Point:
    if value is None:
        return Point(missing=Missing.UNKNOWN)
    note, status = _note(row, value), PointStatus(value.status)
    if value.value is None:
        return Point(missing=Missing(value.missing), status=status, note=note)
    return Point(value=value.value, status=status, precision=Precision(value.precision), note=note)


def _note(row: Row, value: Value) -> str:
    """What is said at a value: the days it holds for, its own note, that our totals use it."""
    parts = [
        _as_of(row, value),
        value.note,
        gettext("used in our totals") if row.preferred is value else "",
    ]
    return ", ".join(part for part in parts if part)


def _as_of(row: Row, value: Value) -> str:
    """The days a value holds for, unless they are the period itself."""
    words = days(*value.as_of) if value.as_of else ""
    return gettext("as of %(days)s") % {"days": words} if words and words != category_of(row) else ""


def source_of(source: SourceDocument, series: SeriesOf) -> Source:
    """A document with its quotes about these values."""
    values = [row.values[source.pk] for row in series.rows if source.pk in row.values]
    quotes = tuple(dict.fromkeys(one.quote for one in values if one.quote))
    pages = tuple(dict.fromkeys(one.page for one in values if one.page))
    return Source(
        title=source.title,
        issuer=source.issuer,
        dated=days(source.dated_earliest, source.dated_latest) if source.dated_earliest and source.dated_latest else "",
        url=source.url or (source.document.url if source.document else ""),
        page=", ".join(pages),
        quotes=quotes,
        language=source.language,
    )


def _breaks(metric: Metric, series: SeriesOf) -> tuple[Break, ...]:
    found = []
    for one in metric.breaks.all():
        at = next((place for place, row in enumerate(series.rows) if row.period[0].year >= one.year), None)
        if at:
            found.append(Break(at, one.words))
    return tuple(found)
