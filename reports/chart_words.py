"""What is said of a chart in the active language: forms of numbers, words of its states, its description."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from django.utils.translation import gettext, pgettext

from region.chart import Missing, PointStatus, Precision
from region.numerals import NB, language, number, percent
from reports.charts.words import Words

if TYPE_CHECKING:
    from region.chart import Chart, Point, Series

# Of a chart with more categories only the ends and the extremes are said; all values stand in its table.
MOST_SAID = 12
YEAR = re.compile(r"\d{4}")
LARGE = ((Decimal(10) ** 12, "trillions"), (Decimal(10) ** 9, "billions"), (Decimal(10) ** 6, "millions"))


def words() -> Words:
    """Words for drawings in the active language."""
    return _words(language())


@lru_cache(maxsize=8)
def _words(_language: str) -> Words:
    return Words(
        number=number,
        short=short_number,
        percent=percent,
        missing={
            Missing.DID_NOT_OCCUR: pgettext("in place of a value", "did not occur"),
            Missing.UNKNOWN: pgettext("in place of a value", "not known"),
            Missing.NOT_APPLICABLE: pgettext("in place of a value", "not applicable"),
            Missing.CONFIDENTIAL: pgettext("in place of a value", "confidential"),
        },
        status={
            PointStatus.PROVISIONAL: pgettext("status of a value", "provisional"),
            PointStatus.PART: pgettext("status of a value", "incomplete period"),
            PointStatus.CORRECTED: pgettext("status of a value", "corrected"),
            PointStatus.WITHDRAWN: pgettext("status of a value", "withdrawn"),
        },
        precision={Precision.ROUNDED: pgettext("precision of a value", "rounded")},
        difference=pgettext("between two values", "difference"),
        interval=gettext("Interval in which the value may lie"),
        not_from_zero=gettext("The axis does not begin at zero."),
        calculated=gettext("Calculated by us"),
    )


def short_number(value: Decimal) -> str:
    """A round value with few signs: 2.5, 10,000, 1.5 million."""
    for size, name in LARGE:
        if abs(value) >= size:
            unit = {
                "millions": pgettext("after a number, short", "million"),
                "billions": pgettext("after a number, short", "billion"),
                "trillions": pgettext("after a number, short", "trillion"),
            }[name]
            return f"{_trimmed(value / size, 2)}{NB}{unit}"
    return _trimmed(value)


def _trimmed(value: Decimal, most: int = 6) -> str:
    """A number with the decimals it has, `most` at most."""
    exponent = round(value, most).normalize().as_tuple().exponent
    return number(value, max(-exponent, 0) if isinstance(exponent, int) else 0)


def value_words(point: Point, decimals: int) -> str:
    """A value with everything that is known of it: "≈ 300 (280–320; provisional)"."""
    said, known = words(), []
    if point.low is not None and point.high is not None:
        known.append(f"{number(point.low, decimals)}–{number(point.high, decimals)}")
    if remark := said.remark(point):
        known.append(remark)
    return said.value(point, decimals) + (f" ({'; '.join(known)})" if known else "")


def gap_of(chart: Chart, index: int) -> tuple[Decimal, Decimal | None] | None:
    """The second series' value less the first's, and the same in per cent of the first (None of zero)."""
    pair = chart.compared(index)
    if pair is None:
        return None
    first, second = pair
    return second - first, (second - first) * 100 / abs(first) if first else None


def gap_words(gap: tuple[Decimal, Decimal | None], decimals: int) -> str:
    """A difference with its sign: "+292 (+4.1%)"."""
    apart, share = gap
    digits = f"{'+' if apart > 0 else ''}{number(apart, decimals)}"
    return digits if share is None else f"{digits} ({'+' if share > 0 else ''}{percent(share, 1)})"


def description(chart: Chart) -> str:
    """The chart in sentences: the one that somebody wrote for it, or one made from its values."""
    if chart.description:
        return chart.description
    parts = [gettext("Unit: %(unit)s.") % {"unit": chart.unit}] if chart.unit else []
    if len(chart.categories) > MOST_SAID or len(chart.series) * len(chart.categories) > 3 * MOST_SAID:
        parts += [_summary(chart, series) for series in chart.series]
        parts.append(gettext("All values stand in the table."))
    else:
        parts += [_category(chart, index) for index in range(len(chart.categories))]
    if len(chart.series) == 1 and (source := _source_of(chart, chart.series[0])):
        parts.append(gettext("Source: %(source)s.") % {"source": source})
    parts += [
        gettext("From %(category)s on: %(text)s") % {"category": chart.categories[each.at], "text": each.text}
        for each in chart.breaks
        if 0 < each.at < len(chart.categories)
    ]
    return " ".join(parts)


def _source_of(chart: Chart, series: Series) -> str:
    return chart.sources[series.source].title if series.source is not None else ""


def _category(chart: Chart, index: int) -> str:
    """One category with all its values."""
    values = {
        "values": ", ".join(_by_series(chart, series, series.points[index]) for series in chart.series),
        "category": chart.categories[index],
    }
    if YEAR.fullmatch(chart.categories[index]):
        sentence = gettext("In %(category)s: %(values)s.") % values
    else:
        sentence = gettext("%(category)s: %(values)s.") % values
    gap = gap_of(chart, index)
    if gap is None:
        return sentence
    digits = gap_words((abs(gap[0]), abs(gap[1]) if gap[1] is not None else None), chart.decimals).replace("+", "")
    return f"{sentence} " + gettext("The sources differ by %(difference)s.") % {"difference": digits}


def _by_series(chart: Chart, series: Series, point: Point) -> str:
    value = value_words(point, chart.decimals)
    if len(chart.series) == 1:
        return value
    if series.source is not None:
        return gettext("%(value)s by the source “%(source)s”") % {"value": value, "source": series.name}
    return f"{series.name} {value}"


def _summary(chart: Chart, series: Series) -> str:
    """First, last, least and greatest value of a series, and how many have none."""
    known = [(point.value, index) for index, point in enumerate(series.points) if point.value is not None]
    name = f"{series.name}: " if len(chart.series) > 1 and series.name else ""
    lacking = len(series.points) - len(known)
    without = gettext("%(count)s without a value") % {"count": number(lacking)} if lacking else ""
    if not known:
        return _sentence(f"{name}{without}")

    def said(place: int) -> str:
        return f"{chart.categories[place]} ({value_words(series.points[place], chart.decimals)})"

    parts = [
        gettext("first %(value)s") % {"value": said(known[0][1])},
        gettext("last %(value)s") % {"value": said(known[-1][1])},
        gettext("least %(value)s") % {"value": said(min(known)[1])},
        gettext("greatest %(value)s") % {"value": said(max(known)[1])},
        without,
    ]
    return _sentence(f"{name}{'; '.join(part for part in parts if part)}")


def begun(words: str) -> str:
    """Words at the beginning of a sentence; the sign "zł" is never written with a capital letter."""
    return words if words.startswith("zł") else f"{words[:1].upper()}{words[1:]}"


def _sentence(words: str) -> str:
    return f"{begun(words)}."
