"""Charts and sentences of one metric in one area."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext, ngettext

from region.chart import Break, Chart, ChartKind, Missing, Point, PointStatus, Precision, Series, Source
from region.numerals import NB, number
from reports.queries.figures_math import bounds
from reports.queries.figures_words import DASH, days, percent_sign, period, signed_percent, span

if TYPE_CHECKING:
    from reports.models import Metric, SourceDocument
    from reports.queries.figures_series import Growth, Row, SeriesOf
    from reports.queries.figures_values import Value

# More periods than these are drawn as a line.
MOST_BARS = 8
WHOLE_NUMBERS_FROM = 1


def chart_of(metric: Metric, series: SeriesOf) -> Chart:
    """All published values, each source a series of its own."""
    kind = ChartKind.GROUPED if len(series.sources) > 1 else ChartKind.BARS
    return Chart(
        key=metric.key,
        title=finding(metric, series),
        kind=ChartKind.LINES if len(series.rows) > MOST_BARS else kind,
        categories=tuple(category_of(row) for row in series.rows),
        series=tuple(
            Series(one.short, tuple(_point(row, row.values.get(one.pk)) for row in series.rows), source=place)
            for place, one in enumerate(series.sources)
        ),
        unit=metric.unit,
        category_title=gettext("Period"),
        decimals=metric.decimals,
        sources=tuple(source_of(one, series) for one in series.sources),
        note=" ".join(remarks(metric, series)),
        how=how_of(metric),
        breaks=_breaks(metric, series),
        shows_difference=any(row.is_conflict for row in series.rows),
    )


def growth_chart_of(metric: Metric, series: SeriesOf) -> Chart | None:
    """Growth by source, from zero; None unless two sources tell of the same two periods."""
    if len(series.growths) < 2:
        return None
    low, high = bounds(one.percent for one in series.growths)
    return Chart(
        key=f"{metric.key}-growth",
        title=_growth_title(series.growths),
        kind=ChartKind.BARS,
        categories=tuple(one.source.short for one in series.growths),
        series=(
            Series(
                gettext("Growth within one source"),
                tuple(Point(one.percent, status=_sure(one)) for one in series.growths),
            ),
        ),
        unit="%",
        category_title=gettext("Source"),
        decimals=1,
        sources=tuple(source_of(one.source, series) for one in series.growths),
        note=_spread(low, high),
        how=gettext("the later value minus the earlier one, divided by the earlier one; within one source."),
    )


def finding(metric: Metric, series: SeriesOf) -> str:
    """The sentence above the figure: how it grew, or how much there is."""
    if series.growths and series.latest_pair and not metric.is_state:
        return _growth_finding(metric, series, series.latest_pair)
    compared = [row for row in series.rows if row.compared] or series.rows
    latest = compared[-1] if compared else None
    words = headline(metric, latest) if latest else None
    if latest is None or words is None:
        return metric.name
    return f"{metric.name}: {words} ({category_of(latest)})"


def _growth_finding(metric: Metric, series: SeriesOf, pair: tuple[Row, Row]) -> str:
    before, after = pair
    low, high = bounds(one.percent for one in _preferred(series, after) or series.growths)
    what = {"name": metric.name, "year": category_of(after), "before": category_of(before)}
    decimals = 0 if max(abs(low), abs(high)) >= WHOLE_NUMBERS_FROM else 1
    if low == high == 0:
        return gettext("%(name)s: as many in %(year)s as in %(before)s") % what
    if low >= 0:
        return gettext("%(name)s: %(share)s more in %(year)s than in %(before)s") % (
            what | {"share": span(low, high, decimals) + percent_sign()}
        )
    if high <= 0:
        return gettext("%(name)s: %(share)s less in %(year)s than in %(before)s") % (
            what | {"share": span(-high, -low, decimals) + percent_sign()}
        )
    return gettext("%(name)s: between %(low)s and %(high)s in %(year)s against %(before)s, by source") % (
        what | {"low": signed_percent(low, decimals), "high": signed_percent(high, decimals)}
    )


def _preferred(series: SeriesOf, after: Row) -> list[Growth]:
    """The growth within the source that was preferred for the later period, if it tells of both."""
    chosen = after.preferred
    return [one for one in series.growths if chosen and one.source.pk == chosen.source.pk]


def headline(metric: Metric, row: Row) -> str | None:
    """The number of a period: the preferred one, the only one, or the range of all with the number of sources."""
    if row.preferred and row.preferred.value is not None:
        return number(row.preferred.value, metric.decimals)
    found = row.bounds
    if found is None:
        return None
    if len(row.counting) == 1 or found[0] == found[1]:
        return _approximately(row.counting[0], number(found[0], metric.decimals))
    return f"{span(*found, metric.decimals)}, {_count_sources(row)}"


def _count_sources(row: Row) -> str:
    count = len(row.counting)
    if all(one.source.is_official for one in row.counting):
        return ngettext("%(count)s official source", "%(count)s official sources", count) % {"count": count}
    return ngettext("%(count)s source", "%(count)s sources", count) % {"count": count}


def _approximately(value: Value, digits: str) -> str:
    if value.precision == Precision.APPROXIMATE:
        return gettext("about %(number)s") % {"number": digits}
    return gettext("at least %(number)s") % {"number": digits} if value.precision == Precision.AT_LEAST else digits


def growth_words(series: SeriesOf) -> str:
    """Between which periods and how much: "+13.1% to +17.8% by source"; empty without growth."""
    if not series.growths or series.latest_pair is None:
        return ""
    before, after = series.latest_pair
    what = {"before": category_of(before), "year": category_of(after)}
    low, high = bounds(one.percent for one in series.growths)
    if len(series.growths) == 1:
        return gettext("From %(before)s to %(year)s it changed by %(change)s.") % (
            what | {"change": signed_percent(low)}
        )
    return gettext(
        "From %(before)s to %(year)s it changed by %(low)s to %(high)s by source. "
        "Growth is calculated within one source only."
    ) % (what | {"low": signed_percent(low), "high": signed_percent(high)})


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


def category_of(row: Row) -> str:
    """What the row is called."""
    return period(*row.period)


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
    return said


def _rounding_words(metric: Metric, row: Row) -> str:
    explains, unit = row.rounding or (False, Decimal(1))
    what = {
        "year": category_of(row),
        "values": f"{NB}{DASH} ".join(
            number(one.value, metric.decimals) for one in row.compared if one.value is not None
        ),
        "unit": number(unit),
    }
    if explains:
        return gettext("%(year)s: rounding to %(unit)s could explain the difference (%(values)s).") % what
    return gettext("%(year)s: rounding to %(unit)s does not explain the difference (%(values)s).") % what


def how_of(metric: Metric) -> str:
    """How we calculated what no source says; empty for figures that sources state."""
    if not (metric.is_calculated and metric.numerator and metric.denominator):
        return ""
    return gettext("%(above)s divided by %(below)s, both from the same source and period.") % {
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
        gettext("as of %(days)s") % {"days": days(*value.as_of)} if value.as_of else "",
        value.note,
        gettext("used in our totals") if row.preferred is value else "",
    ]
    return ", ".join(part for part in parts if part)


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
    )


def _breaks(metric: Metric, series: SeriesOf) -> tuple[Break, ...]:
    found = []
    for one in metric.breaks.all():
        at = next((place for place, row in enumerate(series.rows) if row.period[0].year >= one.year), None)
        if at:
            found.append(Break(at, one.words))
    return tuple(found)
