"""Filters of lists: django-filter with days as people write them, and a search over several columns."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

import django_filters
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from region.folding import searched
from region.form_fields import DayField

LONGEST_SEARCH = 100
SEARCH_LABEL = _("Search")


class DayFilter(django_filters.Filter):
    """``DayFilter(field_name="due", lookup_expr="lte", label=…)``: a date column against a written day."""

    field_class = DayField


class MomentDayFilter(django_filters.Filter):
    """A column of moments against a written day of the region: from its first moment (gte) or to its last (lte)."""

    field_class = DayField

    def filter(self, queryset: Any, value: date | None) -> Any:
        """Rows on this side of the day."""
        if value is None:
            return queryset
        if self.lookup_expr == "lte":
            return queryset.filter(**{f"{self.field_name}__lt": _midnight(value + timedelta(days=1))})
        return queryset.filter(**{f"{self.field_name}__gte": _midnight(value)})


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


class ListFilters(django_filters.FilterSet):
    """Parent of a list's filters: ``class PeopleFilters(ListFilters): role = ChoiceFilter(label=…, choices=…)``."""


class SearchFilter(django_filters.CharFilter):
    """Every word must stand somewhere in one of ``paths`` (text columns), whatever its case and diacritics."""

    def __init__(self, *, paths: Iterable[str], **kwargs: Any) -> None:
        self.paths = tuple(paths)
        super().__init__(max_length=LONGEST_SEARCH, **kwargs)

    def filter(self, queryset: Any, value: str | None) -> Any:
        """Rows with every word."""
        return searched(queryset, value or "", self.paths)


def with_search(filters: type[ListFilters], paths: tuple[str, ...], label: Any) -> type[ListFilters]:
    """The filters with a search field ``q`` before them."""
    if not paths:
        return filters
    made: type[ListFilters] = type(
        filters.__name__, (filters,), {"q": SearchFilter(paths=paths, label=label or SEARCH_LABEL)}
    )
    made.base_filters.move_to_end("q", last=False)
    return made
