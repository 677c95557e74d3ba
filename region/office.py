"""What areas show on the home pages of the office and of My: a register that they fill in ``apps.ready()``."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import TYPE_CHECKING, Any, TypeAlias

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from region.models import User

# A text, or one that is translated when shown.
Text = Any


class Place(Enum):
    """A home page with what lies under it: cards, a menu, lists, questions."""

    OFFICE = "office"
    MY = "my"

    @property
    def frame(self) -> str:
        """The template that its pages extend."""
        return f"base_{self.value}.html"


@dataclass(frozen=True, slots=True)
class Card:
    """Something that waits for somebody: what, until when, one button. ``order`` breaks ties of ``due``."""

    what: Text
    url: str
    button: Text
    due: date | None = None
    detail: Text = ""
    is_urgent: bool = False
    order: int = 100


@dataclass(frozen=True, slots=True)
class Group:
    """A heading of the menu with entries under it; with one entry alone, that stands there itself."""

    label: Text
    order: int


# What the kernel itself brings. Areas declare theirs where they register their entries: work with cases comes first.
PEOPLE = Group(_("People"), 60)
RECORDS = Group(_("Records"), 70)
RUNNING = Group(_("Running"), 80)


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the menu: shown to people who have one of ``permissions``; ``url_name`` is its list or page."""

    label: Text
    url_name: str
    permissions: tuple[str, ...]
    place: Place = Place.OFFICE
    group: Group | None = None
    order: int = 100


# Cards for one person at a moment (aware); reads only, and few queries whatever the number of records.
CardSource: TypeAlias = "Callable[[User, datetime], Iterable[Card]]"

_sources: dict[Place, dict[str, CardSource]] = {place: {} for place in Place}
_entries: dict[str, Entry] = {}


def register_cards(place: Place, name: str, source: CardSource) -> None:
    """Have ``source`` asked when a home page is shown; a name registered again is replaced."""
    _sources[place][name] = source


def register_entry(entry: Entry) -> None:
    """Have an entry in the menu; the same ``url_name`` registered again is replaced."""
    _entries[entry.url_name] = entry


def card_sources(place: Place) -> tuple[CardSource, ...]:
    """Everything registered for a home page, in the order of registration."""
    return tuple(_sources[place].values())


def entries(place: Place) -> tuple[Entry, ...]:
    """Entries of a menu in the order of their groups, those without a group first."""
    found = [entry for entry in _entries.values() if entry.place is place]
    return tuple(sorted(found, key=lambda entry: (entry.group.order if entry.group else 0, entry.order)))
