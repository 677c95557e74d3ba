"""Charts of intervention events by year, month and category; those by place stand in `event_areas`.

Each register is a source of its own: two of them stand side by side and are never added up.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext, ngettext, pgettext

from region.chart import Chart, ChartKind, Missing, Point, PointStatus, Precision, Series
from region.numerals import number, percent
from reports.asked import Asked
from reports.queries.event_counts import (
    Count,
    YearState,
    category_names,
    chosen_register,
    chosen_registers,
    corrected_months,
    district_table,
    part_months,
    summed,
    town_rows,
    year_states,
    years_within,
)
from reports.queries.event_words import (
    hidden_note,
    joined,
    month_name,
    point_of,
    source_of,
    subject_of,
    unit_of,
    year_point,
    years_words,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from reports.models import EventRegister

# More years than these are drawn as lines, more registers each by itself.
MOST_BARS, MOST_GROUPS = 12, 4
# Months drawn at most, the latest ones.
MOST_MONTHS = 36
_HUNDRED = 100


def events_by_year(asked: Asked) -> Chart | None:
    """Events of each year by each register; a year that is not over, or not known whole, is marked. 4–7 queries."""
    registers = chosen_registers(asked)
    states = year_states(registers)
    years = years_within({year for known in states.values() for year in known}, asked)
    if not years:
        return None
    count = _counter(registers, asked)
    series = tuple(
        Series(
            register.name,
            tuple(year_point(states[register.pk].get(year), count(register, year)) for year in years),
            source=place,
        )
        for place, register in enumerate(registers)
    )
    kind = ChartKind.BARS if len(series) == 1 else ChartKind.GROUPED
    if len(years) > MOST_BARS:
        kind = ChartKind.LINES
    if len(series) > MOST_GROUPS:
        kind = ChartKind.MULTIPLES
    return Chart(
        key="interventions-by-year",
        title=_year_title(registers, years, series, asked),
        kind=kind,
        categories=tuple(map(str, years)),
        series=series,
        unit=unit_of(registers[0]) if len(registers) == 1 else pgettext("intervention events", "number of events"),
        category_title=pgettext("heading of a column", "Year"),
        sources=tuple(map(source_of, registers)),
        note=joined(
            _part_note(registers, states, years),
            gettext("Sources count different things and are never added up.") if len(registers) > 1 else "",
            hidden_note(series),
        ),
    )


def events_by_month(asked: Asked) -> Chart | None:
    """Events of each month by one register, of a town or the region: a district's months could tell of single people.

    4 queries.
    """
    register = chosen_register(asked)
    if register is None or asked.district is not None:
        return None
    known = part_months(register)
    years = set(years_within({month.year for month in known}, asked))
    months = [month for month in _all_months(known) if month.year in years][-MOST_MONTHS:]
    if len(months) < 2:
        return None
    counts = summed(town_rows([register], asked), "month")
    corrected = corrected_months([register])[register.key]
    points = tuple(_month_point(month, known, counts, corrected) for month in months)
    return Chart(
        key="interventions-by-month",
        title=_month_title(register, months, points, asked),
        kind=ChartKind.LINES,
        categories=tuple(month_name(month) for month in months),
        series=(Series(register.name, points, source=0),),
        unit=unit_of(register),
        category_title=pgettext("heading of a column", "Month"),
        sources=(source_of(register),),
    )


def events_by_category(asked: Asked) -> Chart | None:
    """Events of each category by one register in the years asked for, the largest first. 4–7 queries."""
    register = chosen_register(asked)
    if register is None or asked.category:
        return None
    years = years_within(year_states([register])[register.pk], asked)
    names = category_names()
    counts = _category_counts(register, asked, years)
    if not counts:
        return None
    order = sorted(counts, key=lambda key: (key == "", -counts[key].rows, key))
    by_key = {category.key: category.name for category in names.values()}
    points = tuple(point_of(counts[key]) for key in order)
    return Chart(
        key="interventions-by-category",
        title=_category_title(register, [by_key.get(key, "") for key in order], [counts[key] for key in order], asked),
        kind=ChartKind.BARS,
        categories=tuple(by_key.get(key) or gettext("not yet sorted") for key in order),
        series=(Series(register.name, points, source=0),),
        unit=unit_of(register),
        category_title=pgettext("heading of a column", "Category"),
        sources=(source_of(register),),
        note=joined(years_words(years), hidden_note((Series("", points),))),
    )


def _counter(registers: Sequence[EventRegister], asked: Asked) -> Callable[[EventRegister, int], Count]:
    """How many events a register has in a year where it is asked for; a district's come from its table."""
    if asked.district is None or asked.town is None:
        counts = summed(town_rows(registers, asked), "register", "year")
        return lambda register, year: Count(counts.get((register.pk, year), 0))
    tables = {register.pk: district_table(register, asked.town) for register in registers}
    district, category = asked.district, asked.category or None

    def count(register: EventRegister, year: int) -> Count:
        table = tables[register.pk]
        place = table.place(district)
        return Count(0) if place is None else table.count(place, years=[year], category=category)

    return count


def _category_counts(register: EventRegister, asked: Asked, years: Sequence[int]) -> dict[str, Count]:
    """Counts by keys of categories, "" for what is not sorted; those without events are left out."""
    if asked.district is None or asked.town is None:
        found = summed(town_rows([register], asked), "category__key")
        return {key or "": Count(rows) for key, rows in found.items()}
    table = district_table(register, asked.town)
    place = table.place(asked.district)
    if place is None:
        return {}
    counts = {key: table.count(place, years=years, category=key) for key in table.categories}
    return {key: count for key, count in counts.items() if count != Count(0)}


def _month_point(
    month: date, known: Mapping[date, bool], counts: Mapping[date, int], corrected: Iterable[date]
) -> Point:
    if month not in known:
        return Point(missing=Missing.UNKNOWN)
    status = PointStatus.PART if known[month] else PointStatus.CORRECTED if month in corrected else PointStatus.FINAL
    return Point(Decimal(counts.get(month, 0)), status=status)


def _year_title(
    registers: Sequence[EventRegister], years: Sequence[int], series: Sequence[Series], asked: Asked
) -> str:
    """What the last whole year shows, and how it compares with the whole one before."""
    if len(registers) > 1:
        text = ngettext("Interventions by %(count)s source", "Interventions by %(count)s sources", len(registers))
        return text % {"count": len(registers)}
    subject, points = subject_of(registers[0], asked), dict(zip(years, series[0].points, strict=True))
    whole = [year for year in years if _is_whole(points[year])]
    if not whole:
        return gettext("%(subject)s by year") % {"subject": subject}
    year = whole[-1]
    value, before = points[year].value, points[year - 1].value if year - 1 in whole else None
    values = {"subject": subject, "count": number(value), "year": year, "before": year - 1}
    if not before or value is None:
        return gettext("%(subject)s: %(count)s in %(year)s") % values
    change = (value - before) * _HUNDRED / before
    values["share"] = percent(abs(change))
    if change > 0:
        return gettext("%(subject)s: %(count)s in %(year)s, %(share)s more than in %(before)s") % values
    if change < 0:
        return gettext("%(subject)s: %(count)s in %(year)s, %(share)s less than in %(before)s") % values
    return gettext("%(subject)s: %(count)s in %(year)s, as many as in %(before)s") % values


def _is_whole(point: Point) -> bool:
    return point.value is not None and point.status != PointStatus.PART and point.precision == Precision.EXACT


def _month_title(register: EventRegister, months: Sequence[date], points: Sequence[Point], asked: Asked) -> str:
    told = [(point.value, month) for point, month in zip(points, months, strict=True) if point.value]
    if not told:
        return gettext("%(subject)s by month") % {"subject": subject_of(register, asked)}
    most, month = max(told, key=lambda pair: pair[0])
    values = {"subject": subject_of(register, asked), "month": month_name(month), "count": number(most)}
    return gettext("%(subject)s: most in %(month)s (%(count)s)") % values


def _category_title(register: EventRegister, names: Sequence[str], counts: Sequence[Count], asked: Asked) -> str:
    subject = subject_of(register, asked)
    total = sum(count.rows for count in counts)
    if not names[0] or not total or any(count.is_hidden or count.at_least for count in counts):
        return gettext("%(subject)s by category") % {"subject": subject}
    values = {"subject": subject, "name": names[0], "share": percent(Decimal(counts[0].rows) * _HUNDRED / total)}
    return gettext("%(subject)s: most often %(name)s (%(share)s)") % values


def _part_note(
    registers: Sequence[EventRegister], states: Mapping[Any, Mapping[int, YearState]], years: Iterable[int]
) -> str:
    chosen = set(years)
    if any(state.is_part and year in chosen for one in registers for year, state in states[one.pk].items()):
        return gettext("Hatched years are not known whole: they are not compared with whole ones.")
    return ""


def _all_months(known: Iterable[date]) -> list[date]:
    """Every month from the first known one to the last."""
    numbers = [month.year * 12 + month.month - 1 for month in known]
    if not numbers:
        return []
    return [date(place // 12, place % 12 + 1, 1) for place in range(min(numbers), max(numbers) + 1)]
