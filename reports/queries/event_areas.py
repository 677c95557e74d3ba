"""Charts of events by place: maps of towns and districts, and counts for each thousand inhabitants."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext, pgettext

from region.chart import Area, Chart, ChartKind, Point, Series, Source
from region.drawing.projection import common_bounds
from region.geometry.shapes import from_geojson
from region.models import Town
from region.numerals import number
from reports.asked import Asked
from reports.queries.event_counts import (
    Count,
    YearState,
    chosen_register,
    district_table,
    summed,
    town_rows,
    year_states,
    years_within,
)
from reports.queries.event_words import (
    count_words,
    district_name,
    hidden_note,
    joined,
    point_of,
    source_of,
    subject_of,
    unit_of,
    year_point,
    years_words,
)
from reports.queries.figures_math import kept

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from shapely.geometry.base import BaseGeometry

    from reports.models import EventRegister

# More years than these are drawn as a line.
MOST_BARS = 12
# Part of the box around its areas that a map must fill.
LEAST_FILLED = 0.2
_THOUSAND = 1_000


def events_by_district(asked: Asked) -> Chart | None:
    """Events by one register on a map: of towns, or of the districts of a town. 5 queries."""
    register = chosen_register(asked)
    if register is None or asked.district is not None:
        return None
    years = years_within(year_states([register])[register.pk], asked)
    town = asked.town or _only_town(register)
    if town is not None:
        return _map_of_districts(register, town, asked, years)
    counts = summed(town_rows([register], asked).filter(town__isnull=False), "town")
    towns = list(Town.objects.filter(pk__in=counts).order_by("name", "code"))
    if len(towns) < 2:
        return None
    elsewhere = summed(town_rows([register], asked).filter(town__isnull=True), "register")
    lost = next(iter(elsewhere.values()), 0)
    points = tuple(Point(Decimal(counts[one.pk])) for one in towns)
    note = gettext("Without a known town: %(count)s.") % {"count": number(lost)} if lost else ""
    areas = [(one.name, one.boundary) for one in towns]
    return _map(register, areas, points, asked, joined(years_words(years), note))


def events_per_inhabitants(asked: Asked) -> Chart | None:
    """Events for each thousand inhabitants: of one town by years, of all towns in the last whole year. 5 queries."""
    register = chosen_register(asked)
    if register is None or asked.district is not None:
        return None
    states = year_states([register])[register.pk]
    years = years_within(states, asked)
    town = asked.town or _only_town(register)
    if town is not None:
        return _rates_of_town(register, town, replace(asked, town=town), [states[year] for year in years])
    whole = [year for year in years if not states[year].is_part] or years
    if not whole:
        return None
    return _rates_of_towns(register, asked, states[whole[-1]])


def _map_of_districts(register: EventRegister, town: Town, asked: Asked, years: Sequence[int]) -> Chart | None:
    table = district_table(register, town)
    named = [(place, one) for place, one in enumerate(table.districts) if one is not None]
    if len(named) < 2 or not table.years:
        return None
    category = asked.category or None
    counts = {place: table.count(place, years=years, category=category) for place, _one in named}
    note = ""
    if None in table.districts:
        rest = table.count(table.districts.index(None), years=years, category=category)
        note = "" if rest == Count(0) else gettext("District not known: %(count)s.") % {"count": count_words(rest)}
    points = tuple(point_of(counts[place]) for place, _one in named)
    areas = [(district_name(one), one.boundary) for _place, one in named]
    hidden = hidden_note((Series("", points),))
    return _map(register, areas, points, replace(asked, town=town), joined(years_words(years), note, hidden))


def _map(
    register: EventRegister, areas: Sequence[tuple[str, Any]], points: tuple[Point, ...], asked: Asked, note: str
) -> Chart:
    """A map of areas that have an outline; bars when none has, or when they lie too far apart for a map."""
    told = [(point.value, name) for point, (name, _shape) in zip(points, areas, strict=True) if point.value]
    has_shape = is_one_ground([from_geojson(shape) for _name, shape in areas if shape])
    title = subject_of(register, asked)
    if told:
        most, name = max(told)
        values = {"subject": title, "name": name, "count": number(most)}
        title = gettext("%(subject)s: most in %(name)s (%(count)s)") % values
    return Chart(
        key="interventions-by-district",
        title=title,
        kind=ChartKind.AREAS if has_shape else ChartKind.BARS,
        categories=tuple(name for name, _shape in areas),
        series=(Series(register.name, points, source=0),),
        unit=unit_of(register),
        category_title=pgettext("heading of a column", "Area"),
        sources=(source_of(register),),
        note=note,
        areas=tuple(Area(shape or {}) for _name, shape in areas) if has_shape else (),
    )


def is_one_ground(shapes: Sequence[BaseGeometry]) -> bool:
    """Whether areas fill enough of the box around them for a map to be read; dots in a void tell less than bars."""
    if not shapes:
        return False
    west, south, east, north = common_bounds(shapes)
    return sum(shape.area for shape in shapes) >= LEAST_FILLED * (east - west) * (north - south)


def _rates_of_town(register: EventRegister, town: Town, asked: Asked, states: Sequence[YearState]) -> Chart | None:
    if not town.inhabitants or not states:
        return None
    counts = summed(town_rows([register], asked), "year")
    points = tuple(_rate(year_point(state, Count(counts.get(state.year, 0))), town.inhabitants) for state in states)
    told = next((place for place in reversed(range(len(states))) if not states[place].is_part), None)
    if told is None:
        title = gettext("%(subject)s: for each 1,000 inhabitants") % {"subject": subject_of(register, asked)}
    else:
        rate, year = number(points[told].value, 1), states[told].year
        values = {"subject": subject_of(register, asked), "rate": rate, "year": year}
        title = gettext("%(subject)s: %(rate)s for each 1,000 inhabitants in %(year)s") % values
    return _rates(register, title, tuple(str(state.year) for state in states), points, [town])


def _rates_of_towns(register: EventRegister, asked: Asked, state: YearState) -> Chart | None:
    counts = summed(town_rows([register], asked).filter(year=state.year, town__isnull=False), "town")
    found = list(Town.objects.filter(pk__in=counts).defer("boundary").order_by("name", "code"))
    towns = [town for town in found if town.inhabitants]
    if not towns:
        return None
    lost = ", ".join(town.name for town in found if not town.inhabitants)
    note = gettext("The number of inhabitants is not known: %(towns)s.") % {"towns": lost} if lost else ""
    points = tuple(_rate(year_point(state, Count(counts[town.pk])), town.inhabitants or 1) for town in towns)
    most = max(range(len(towns)), key=lambda place: points[place].value or 0)
    values = {"subject": subject_of(register, asked), "year": state.year, "town": towns[most].name}
    title = gettext("%(subject)s in %(year)s for each 1,000 inhabitants: most in %(town)s (%(rate)s)") % (
        values | {"rate": number(points[most].value, 1)}
    )
    chart = _rates(register, title, tuple(town.name for town in towns), points, towns)
    return replace(chart, note=joined(chart.note, note))


def _rates(
    register: EventRegister, title: str, categories: tuple[str, ...], points: tuple[Point, ...], towns: Sequence[Town]
) -> Chart:
    return Chart(
        key="interventions-per-inhabitants",
        title=title,
        kind=ChartKind.BARS if len(categories) <= MOST_BARS or len(towns) > 1 else ChartKind.LINES,
        categories=categories,
        series=(Series(register.name, points, source=0),),
        unit=gettext("for each 1,000 inhabitants"),
        category_title=pgettext("heading of a column", "Town")
        if len(towns) > 1
        else pgettext("heading of a column", "Year"),
        decimals=1,
        sources=(source_of(register), *_denominators(towns)),
        how=gettext("events of the year divided by the inhabitants of the town, times 1,000."),
        note=_denominator_words(towns),
    )


def _denominators(towns: Sequence[Town]) -> Iterable[Source]:
    """Who counted the inhabitants, and when: each once."""
    found = dict.fromkeys((town.inhabitants_source, town.inhabitants_year) for town in towns)
    return (
        Source(title=gettext("Number of inhabitants"), issuer=issuer, dated=str(year or "")) for issuer, year in found
    )


def _denominator_words(towns: Sequence[Town]) -> str:
    years = sorted({town.inhabitants_year for town in towns if town.inhabitants_year})
    if len(towns) == 1:
        values = {"count": number(towns[0].inhabitants), "year": years[0] if years else ""}
        return gettext("Divided by %(count)s inhabitants counted in %(year)s, the same number for every year.") % values
    span = f"{years[0]}" if len(years) == 1 else f"{years[0]}–{years[-1]}" if years else ""
    return gettext("Inhabitants as counted in %(years)s.") % {"years": span}


def _rate(point: Point, inhabitants: int) -> Point:
    if point.value is None:
        return point
    return replace(point, value=kept(point.value * _THOUSAND / inhabitants))


def _only_town(register: EventRegister) -> Town | None:
    """The one town of which the register counts events; None when there are several or none."""
    towns = [town for town in summed(town_rows([register], Asked()), "town") if town is not None]
    return Town.objects.get(pk=towns[0]) if len(towns) == 1 else None
