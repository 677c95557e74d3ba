"""Cells of a table as django-import-export reads them: by our parsers, and by codes that lead to other records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from import_export.fields import Field
from import_export.widgets import Widget

from region.models import SecurityDistrict

# A text, or one that is translated when shown.
Sentence: TypeAlias = Any


class Reading(Widget):
    """A cell read by one of our parsers; an empty cell gives `empty`."""

    def __init__(self, parse: Callable[[str], Any], empty: object = None) -> None:
        super().__init__()
        self.parse = parse
        self.empty = empty

    def clean(self, value: Any, **_options: Any) -> Any:
        text = "" if value is None else str(value).strip()
        return self.parse(text) if text else self.empty

    def render(self, value: Any, **_options: Any) -> str:
        return "" if value is None else str(value)


class Looking(Widget):
    """A code that leads to another record; all records are fetched by one query, at the first use.

    `within` names the column of another code without which this one means nothing.
    """

    within = ""

    def __init__(self, model: type[Model], missing: Sentence, named_by: Sequence[str] = ("name",)) -> None:
        super().__init__()
        self.model = model
        # What tells the record's name: outlines and the rest would only fill memory.
        self.named_by = named_by
        self.missing = missing
        # Records that are not stored and count as found.
        self.expected: Mapping[str, Model] = {}
        self._found: dict[str, Model] | None = None

    def clean(self, value: Any, row: Mapping[str, Any] | None = None, **_options: Any) -> Model | None:
        text = "" if value is None else str(value).strip()
        if not text:
            return None
        key = f"{(row or {}).get(self.within, '')}/{text}" if self.within else text
        if self._found is None:
            self._found = {**self.expected, **dict(self.pairs())}
        if key not in self._found:
            raise ValidationError(self.missing)
        return self._found[key]

    def pairs(self) -> Iterable[tuple[str, Model]]:
        """Every record under its key."""
        records = self.model._default_manager.exclude(code=None).only("code", *self.named_by).order_by()
        return ((str(record.code), record) for record in _held_once(records))

    def render(self, value: Any, **_options: Any) -> str:
        return "" if value is None else str(value.code)


class LookingInTown(Looking):
    """A district's number, which means something only within its town."""

    within = "town"

    def pairs(self) -> Iterable[tuple[str, Model]]:
        rows = SecurityDistrict.objects.select_related("town").order_by()
        rows = rows.only("code", "name", "town__code", "town__name")
        return ((f"{row.town.code}/{row.code}", row) for row in _held_once(rows))


def _held_once(records: QuerySet[Any]) -> Iterator[Any]:
    """Records one after the other; the query itself keeps none."""
    return records.iterator(chunk_size=500)


def column(name: str, parse: Callable[[str], Any] = str, empty: object = "") -> Field:
    """A field of a resource whose column goes by the same name; an empty cell empties it."""
    return Field(attribute=name, column_name=name, widget=Reading(parse, empty))


def choice(name: str, parse: Callable[[str], Any] = str) -> Field:
    """The same for a field that is never empty: an empty cell leaves it as it is."""
    return Field(attribute=name, column_name=name, widget=Reading(parse), saves_null_values=False)
