"""Counts of events for readers, from the summaries alone: their cost does not depend on how many events there are."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Sum

from region.models import SecurityDistrict, Town
from region.text import natural_key
from reports.models import Correction, EventCategory, EventMonth, EventRegister, EventSummary
from reports.queries.event_hiding import hidden_cells

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from django.db.models import QuerySet

    from reports.asked import Asked

MONTHS_OF_YEAR = 12


@dataclass(frozen=True, slots=True)
class YearState:
    """What is known of one year of a register."""

    year: int
    months: tuple[date, ...]
    is_part: bool
    is_corrected: bool = False


@dataclass(frozen=True, slots=True)
class Count:
    """Events of a selection. `is_hidden`: not shown; `at_least`: parts of the sum are hidden.

    It is not told which hidden counts are small and which only cover those: that alone could give some away.
    """

    rows: int
    is_hidden: bool = False
    at_least: bool = False


@dataclass(frozen=True, slots=True)
class DistrictTable:
    """Counts of one town and register by year, district (None: not known) and category, and which are hidden."""

    districts: tuple[SecurityDistrict | None, ...]
    categories: tuple[str, ...]
    years: Mapping[int, Sequence[Sequence[int]]]
    hidden: Mapping[int, frozenset[tuple[int, int]]]

    def count(self, place: int, *, years: Iterable[int], category: str | None = None) -> Count:
        """Events of a district in some years, of one category or all, as far as they may be shown.

        Years with a hidden count give what is certain at least, so that years and their sum tell nothing of each other.
        """
        column = len(self.categories) if category is None else self._column(category)
        if column is None:
            return Count(0)
        told, is_dark = 0, False
        for year in years:
            row = self.years.get(year, ())
            count = (sum(row[place]) if category is None else row[place][column]) if row else 0
            if (place, column) in self.hidden.get(year, ()):
                is_dark = True
            else:
                told += count
        if not is_dark:
            return Count(told)
        return Count(told, at_least=True) if told else Count(0, is_hidden=True)

    def place(self, district: SecurityDistrict) -> int | None:
        """Where a district stands; None when it has no events and no outline in the table."""
        keys = [one.pk if one else None for one in self.districts]
        return keys.index(district.pk) if district.pk in keys else None

    def _column(self, category: str) -> int | None:
        return self.categories.index(category) if category in self.categories else None


def any_events() -> bool:
    """Whether a published register knows of any month. 1 query."""
    return EventMonth.objects.filter(register__is_published=True, is_current=True).exists()


def chosen_registers(asked: Asked) -> list[EventRegister]:
    """The register that is asked for, or all that speak of the town and of the category. 1 query.

    Of others it would be said that nothing happened. None for a past state, which is not kept.
    """
    if asked.as_of is not None:
        return []
    rows = EventRegister.objects.published().order_by("order", "key")
    if asked.source:
        rows = rows.filter(key=asked.source)
    counts = EventSummary.objects.filter(register=OuterRef("pk"))
    if asked.town is not None:
        rows = rows.filter(Exists(counts.filter(town=asked.town)))
    if asked.category:
        rows = rows.filter(Exists(counts.filter(category__key=asked.category)))
    return list(rows)


def chosen_register(asked: Asked) -> EventRegister | None:
    """The register that is asked for, else the first. 1 query."""
    return next(iter(chosen_registers(asked)), None)


def category_names() -> dict[UUID, EventCategory]:
    """All categories by their keys, in their order. 1 query."""
    return {one.pk: one for one in EventCategory.objects.all()}


def year_states(registers: Sequence[EventRegister]) -> dict[UUID, dict[int, YearState]]:
    """What is known of each year of each register. 2 queries."""
    months: dict[UUID, dict[int, list[tuple[date, bool]]]] = defaultdict(lambda: defaultdict(list))
    rows = EventMonth.objects.filter(register__in=registers, is_current=True).order_by("month")
    for register, month, is_part in rows.values_list("register_id", "month", "is_part"):
        months[register][month.year].append((month, is_part))
    corrected = corrected_months(registers)
    return {
        register.pk: {
            year: YearState(
                year,
                tuple(month for month, _part in found),
                len(found) < MONTHS_OF_YEAR or any(part for _month, part in found),
                any(month in corrected[register.key] for month, _part in found),
            )
            for year, found in months[register.pk].items()
        }
        for register in registers
    }


def corrected_months(registers: Sequence[EventRegister]) -> dict[str, set[date]]:
    """Months of each register, by its key, that were corrected. 1 query."""
    found: dict[str, set[date]] = defaultdict(set)
    keys = [register.key for register in registers]
    for key, month in Correction.objects.filter(register__in=keys).values_list("register", "month"):
        if month:
            found[key].add(month)
    return found


def part_months(register: EventRegister) -> dict[date, bool]:
    """Months of a register of which something is known, and whether only a part. 1 query."""
    rows = EventMonth.objects.filter(register=register, is_current=True).order_by("month")
    return dict(rows.values_list("month", "is_part"))


def years_within(years: Iterable[int], asked: Asked) -> list[int]:
    """Years that are asked for, in order."""
    return sorted(
        year
        for year in years
        if (asked.since is None or year >= asked.since) and (asked.until is None or year <= asked.until)
    )


def town_rows(registers: Sequence[EventRegister], asked: Asked) -> QuerySet[EventSummary]:
    """Summaries of a town or of the whole region; districts are read by `district_table` alone."""
    rows = EventSummary.objects.filter(register__in=registers).order_by()
    if asked.town is not None:
        rows = rows.filter(town=asked.town)
    if asked.category:
        rows = rows.filter(category__key=asked.category)
    if asked.since:
        rows = rows.filter(year__gte=asked.since)
    if asked.until:
        rows = rows.filter(year__lte=asked.until)
    return rows


def summed(rows: QuerySet[EventSummary], *names: str) -> dict[Any, int]:
    """Events by one column or several. 1 query."""
    found = rows.values_list(*names).annotate(n=Sum("rows"))
    return {row[0] if len(names) == 1 else tuple(row[:-1]): row[-1] for row in found}


def district_table(register: EventRegister, town: Town) -> DistrictTable:
    """The counts of a town by district, with what must be hidden. 2 queries, however many years there are."""
    known = SecurityDistrict.objects.filter(town=town)
    districts: list[SecurityDistrict | None] = [*sorted(known, key=lambda district: natural_key(district.code))]
    rows = EventSummary.objects.filter(register=register, town=town).order_by()
    found = list(rows.values_list("year", "district_id", "category__key").annotate(n=Sum("rows")))
    if any(district is None for _year, district, _category, _rows in found):
        districts.append(None)
    places = {one.pk if one else None: place for place, one in enumerate(districts)}
    categories = tuple(sorted({category or "" for _year, _district, category, _rows in found}))
    years: dict[int, list[list[int]]] = {}
    for year, district, category, count in found:
        table = years.setdefault(year, [[0] * len(categories) for _district in districts])
        table[places[district]][categories.index(category or "")] += count
    hidden = {year: hidden_cells(table) for year, table in years.items()}
    return DistrictTable(tuple(districts), categories, years, hidden)


def towns_with_events() -> QuerySet[Town]:
    """Towns of which a published register counts events."""
    rows = EventSummary.objects.filter(register__is_published=True, town__isnull=False)
    return Town.objects.filter(pk__in=rows.values("town")).defer("boundary").order_by("name", "code")


def categories_with_events() -> QuerySet[EventCategory]:
    """Categories of which a published register counts events."""
    rows = EventSummary.objects.filter(register__is_published=True, category__isnull=False)
    return EventCategory.objects.filter(pk__in=rows.values("category"))


def event_years() -> list[int]:
    """Years of which a published register knows something, the latest first. 1 query."""
    rows = EventMonth.objects.filter(register__is_published=True, is_current=True)
    return sorted({month.year for month in rows.values_list("month", flat=True)}, reverse=True)
