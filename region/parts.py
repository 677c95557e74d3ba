"""Values that components show: plain facts handed from any room to a template.

Each is frozen and names every attribute it has, so a misspelt one fails where it is written.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Link:
    """A place to go to, in words."""

    title: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One label with its value; `url` makes the value a link, `demo` marks an invented one."""

    label: str
    value: str
    url: str = ""
    demo: bool = False


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A large number with its unit, what it counts and a remark; `source` only where it differs from the others."""

    value: str
    label: str
    unit: str = ""
    note: str = ""
    source: str = ""
    demo: bool = False


@dataclass(frozen=True, slots=True)
class Milestone:
    """One step of a timeline; `when` is already in words, `state` is done, now or next."""

    when: str
    title: str
    text: str = ""
    state: str = "done"
    url: str = ""


@dataclass(frozen=True, slots=True)
class Share:
    """Who pays how much of one amount (same currency as the other shares)."""

    name: str
    amount: Decimal
    note: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A table column; `sort_url` makes its heading a link, `sorted_as` is ascending, descending or empty."""

    title: str
    numeric: bool = False
    sort_url: str = ""
    sorted_as: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One table cell; the first cell of a row is its heading."""

    text: str
    url: str = ""
    plate: str = ""
    tag: str = ""
    demo: bool = False


@dataclass(frozen=True, slots=True)
class Tab:
    """One view of a list, reached by a link; `count` is shown when given."""

    title: str
    url: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class FileItem:
    """A file to download: type in letters (PDF), size in bytes, day of the document."""

    title: str
    url: str
    kind: str = ""
    size: int | None = None
    day: date | None = None
    summary: str = ""
    demo: bool = False


@dataclass(frozen=True, slots=True)
class NewsItem:
    """One piece of news in a list."""

    title: str
    url: str
    day: date
    text: str = ""
    topic: str = ""
    demo: bool = False


@dataclass(frozen=True, slots=True)
class DateItem:
    """One coming event in a list; a plain date has no hour."""

    title: str
    url: str
    start: date | datetime
    place: str = ""
    note: str = ""
    demo: bool = False


@dataclass(frozen=True, slots=True)
class PlateItem:
    """One row of a list of towns or districts: numbered plate, name, remark; `tone` as in the tag `plate`."""

    number: str
    name: str
    url: str
    note: str = ""
    tone: str = "brand"
    demo: bool = False


@dataclass(frozen=True, slots=True)
class PlateGroup:
    """Rows of plates under one heading."""

    title: str
    items: tuple[PlateItem, ...]


@dataclass(frozen=True, slots=True)
class EmergencyNumber:
    """A number to dial and whom it reaches."""

    number: str
    label: str
