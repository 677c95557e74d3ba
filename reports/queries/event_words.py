"""Words and points that charts of events have in common."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext

from region.chart import Missing, Point, PointStatus, Precision, Series, Source
from region.numerals import number
from reports.queries.event_counts import Count, YearState
from reports.queries.figures_words import period

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from region.models import SecurityDistrict
    from reports.asked import Asked
    from reports.models import EventRegister


def source_of(register: EventRegister) -> Source:
    """A register as the source of its counts."""
    return Source(title=register.name, issuer=register.issuer, url=register.source_url, page=register.licence)


def year_point(state: YearState | None, count: Count) -> Point:
    """A year's count; unknown where nothing was loaded, marked where it is not whole or was corrected."""
    if state is None:
        return Point(missing=Missing.UNKNOWN)
    point = point_of(count)
    if state.is_part:
        return replace(point, status=PointStatus.PART, note=joined(point.note, known_words(state)))
    return replace(point, status=PointStatus.CORRECTED) if state.is_corrected else point


def point_of(count: Count) -> Point:
    """A count, or why it is not shown."""
    if count.is_hidden:
        return Point(missing=Missing.CONFIDENTIAL, note=gettext("fewer than 5, or would give such a count away"))
    precision = Precision.AT_LEAST if count.at_least else Precision.EXACT
    return Point(Decimal(count.rows), precision=precision)


def unit_of(register: EventRegister) -> str:
    """What a register counts, as the unit of a chart; editors write it in the form that follows a number."""
    return gettext("number of %(unit)s") % {"unit": register.unit} if register.unit else ""


def subject_of(register: EventRegister, asked: Asked) -> str:
    """What is counted and where, for a title."""
    place = district_name(asked.district) if asked.district else asked.town.name if asked.town else ""
    return f"{register.name}, {place}" if place and place not in register.name else register.name


def known_words(state: YearState) -> str:
    """Which months of a year are known."""
    first, last = state.months[0], state.months[-1]
    if first == last:
        return gettext("known: %(month)s") % {"month": month_name(first)}
    return gettext("known: %(first)s to %(last)s") % {"first": month_name(first), "last": month_name(last)}


def years_words(years: Sequence[int]) -> str:
    """From which year to which."""
    if not years:
        return ""
    span = str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"
    return gettext("Years: %(years)s.") % {"years": span}


def hidden_note(series: Iterable[Series]) -> str:
    """What is said when some counts are not shown."""
    points = [point for one in series for point in one.points]
    is_dark = any(point.missing == Missing.CONFIDENTIAL or point.precision == Precision.AT_LEAST for point in points)
    if not is_dark:
        return ""
    return gettext("Counts below 5 are not shown for districts, nor what would give them away.")


def count_words(count: Count) -> str:
    """A count as far as it may be shown."""
    if count.is_hidden:
        return gettext("not shown")
    return gettext("at least %(count)s") % {"count": number(count.rows)} if count.at_least else number(count.rows)


def district_name(district: SecurityDistrict) -> str:
    """Number and name of a district."""
    return f"{district.code} {district.name}"


def month_name(month: date) -> str:
    """A month in words: "March 2024"."""
    return period(month, month.replace(day=monthrange(month.year, month.month)[1]))


def joined(*texts: str) -> str:
    """Sentences one after the other; empty ones are left out."""
    return " ".join(text for text in texts if text)
