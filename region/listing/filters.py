"""Filters of lists: django-filter with days as people write them, and a search that needs no diacritics."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import reduce
from operator import or_
from typing import Any, TypeVar

import django_filters
from django import forms
from django.db.models import Model, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from region.listing.folding import folded_text

LONGEST_SEARCH = 100
SEARCH_LABEL = _("Search")
FIRST_DAY = date(1900, 1, 1)
LAST_DAY = date(2199, 12, 31)
DAY_FORMATS = ("%Y-%m-%d", "%d.%m.%Y", "%d. %m. %Y", "%d/%m/%Y")
Row = TypeVar("Row", bound=Model)


class DayField(forms.DateField):
    """A day written as 31. 12. 2025, 31.12.2025, 31/12/2025 or 2025-12-31."""

    default_error_messages = {
        "invalid": _("Write the day as 31. 12. 2025."),
        "range": _("Choose a day between 1900 and 2199."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("input_formats", DAY_FORMATS)
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "text", "autocomplete": "off"}))
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        """A day that is known already, as people here write it."""
        return f"{value.day}. {value.month}. {value.year}" if isinstance(value, date) else super().prepare_value(value)

    def to_python(self, value: Any) -> date | None:
        """The day; refuses one that no record can have."""
        # No-break spaces come along when a day is copied from a page.
        day = super().to_python(value.replace("\u00a0", " ").strip() if isinstance(value, str) else value)
        if day and not FIRST_DAY <= day <= LAST_DAY:
            raise forms.ValidationError(self.error_messages["range"], code="range")
        return day


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


def searched(queryset: QuerySet[Row], text: str, paths: Iterable[str]) -> QuerySet[Row]:
    """Rows in which every word of ``text`` stands in one of the text columns ``paths``."""
    for word in (folded_text(text) or "").split():
        found = (Q(**{f"{path}__folded__contains": word}) for path in paths)
        queryset = queryset.filter(reduce(or_, found))
    return queryset


def with_search(filters: type[ListFilters], paths: tuple[str, ...], label: Any) -> type[ListFilters]:
    """The filters with a search field ``q`` before them."""
    if not paths:
        return filters
    made: type[ListFilters] = type(
        filters.__name__, (filters,), {"q": SearchFilter(paths=paths, label=label or SEARCH_LABEL)}
    )
    made.base_filters.move_to_end("q", last=False)
    return made
