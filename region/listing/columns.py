"""Columns of a list: what stands in them, how they are sorted, where they lead."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

from django.db.models import Choices
from django.utils import timezone
from django.utils.translation import pgettext

from region.clock import today

# A text, or one that is translated when shown.
Text = Any
# A day this near is marked in a column of deadlines.
SOON_DAYS = 7


class Kind(Enum):
    """How values of a column are written on screen and typed in a file."""

    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    DATETIME = "datetime"
    STATUS = "status"


NUMERIC = frozenset({Kind.NUMBER, Kind.MONEY})


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column. ``key`` is its name in addresses (``?sort=key``), unique in the list.

    ``value`` is a path of attributes ("town.name"; methods without arguments are called) or a function of the record;
    without it, ``key`` is the path. ``sort`` names what the database orders by ("name", or ``folded("name")`` for an
    order that puts Č beside C); a column without it cannot be sorted. ``tone`` gives a status its mark: neutral, run,
    done or late. ``is_deadline`` adds to a date how near it is; ``empty`` is what the screen says for nothing.
    """

    key: str
    label: Text
    value: str | Callable[[Any], Any] = ""
    kind: Kind = Kind.TEXT
    sort: Any = ()
    link: Callable[[Any], str] | None = None
    tone: Callable[[Any], str] | None = None
    is_deadline: bool = False
    empty: Text = ""
    on_screen: bool = True
    in_files: bool = True

    def read(self, record: Any) -> Any:
        """The value for a record, with its own type; a choice in its words; None for nothing."""
        value = self.value(record) if callable(self.value) else followed(record, self.value or self.key)
        if isinstance(value, bool):
            return pgettext("yes or no", "yes") if value else pgettext("yes or no", "no")
        if isinstance(value, Choices):
            value = getattr(value, "label", value)
        return None if value == "" else value


def followed(record: Any, path: str) -> Any:
    """What a path of attributes leads to; None where something on the way is missing."""
    value = record
    for name in path.split("."):
        if value is None:
            return None
        value = getattr(value, name)
        value = value() if callable(value) else value
    return value


@dataclass(frozen=True, slots=True)
class ListCell:
    """One value on screen. ``days`` is how far a deadline is, negative when it has passed."""

    column: Column
    value: Any
    url: str = ""
    tone: str = "neutral"
    days: int | None = None

    @property
    def kind(self) -> str:
        """Kind in a word, for templates."""
        return self.column.kind.value

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return self.value is None

    @property
    def is_numeric(self) -> bool:
        """Whether it stands on the right."""
        return self.column.kind in NUMERIC

    @property
    def decimals(self) -> int:
        """Decimals to show: two where an amount has them."""
        return 0 if self.value == int(self.value) else 2

    @property
    def is_soon(self) -> bool:
        """Whether a deadline comes within days."""
        return self.days is not None and 0 <= self.days <= SOON_DAYS

    @property
    def days_late(self) -> int:
        """For how many days a deadline has passed."""
        return max(0, -(self.days or 0))


def cell(column: Column, record: Any) -> ListCell:
    """A record's value in a column."""
    value = column.read(record)
    url = column.link(record) if column.link else ""
    tone = column.tone(record) if column.tone and value is not None else "neutral"
    days = days_until(value) if column.is_deadline else None
    return ListCell(column, value, url, tone, days)


def days_until(value: Any) -> int | None:
    """Days from today in the region to a day or a moment; None for anything else."""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return (value - today()).days if isinstance(value, date) else None
