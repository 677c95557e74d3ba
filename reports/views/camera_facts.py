"""Fields of a record as the office shows them: those that the reader's level may see, and no other."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format, number_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import pgettext

from region.numerals import NB, language
from region.parts import Fact
from reports.publication import fields_for

if TYPE_CHECKING:
    from collections.abc import Container

    from django.db.models import Field, Model

    from reports.publication import Level

# A day as lists of the office write it.
DAY_PARTS = {"cs": ("j.", "n.", "Y"), "pl": ("j.m.Y",), "en": ("j", "M", "Y")}


def facts_for(record: Model, level: Level, *, without: Container[str] = ("id",)) -> tuple[Fact, ...]:
    """Label and value of each field that is filled in and that readers of a level may see."""
    columns = {field.name: field for field in record._meta.concrete_fields}
    names = [name for name in fields_for(type(record), level) if name not in without]
    found = [(columns[name], _words(record, columns[name])) for name in names]
    return tuple(Fact(str(capfirst(field.verbose_name)), words) for field, words in found if words)


def _words(record: Model, field: Field[Any, Any]) -> str:
    value = getattr(record, field.name)
    if value is None or value == "":
        return ""
    if in_words := getattr(record, f"get_{field.name}_display", None):
        return str(in_words())
    if isinstance(value, bool):
        return pgettext("yes or no", "yes") if value else pgettext("yes or no", "no")
    if isinstance(value, float):
        return number_format(value, use_l10n=True)
    return _day_words(value) if isinstance(value, date) else str(value)


def _day_words(value: date) -> str:
    """A day, or the day of a moment in the region."""
    day = localtime(value) if isinstance(value, datetime) else value
    return NB.join(date_format(day, part) for part in DAY_PARTS[language()])
