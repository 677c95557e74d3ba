"""What waits for somebody: cards of all areas, grouped by how soon they are due."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext

from region.clock import zone
from region.office import Card, Place, card_sources

if TYPE_CHECKING:
    from region.models import User

log = logging.getLogger(__name__)
NEAR = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Due:
    """A card and how many days are left; none without a day."""

    card: Card
    days: int | None


@dataclass(frozen=True, slots=True)
class Pile:
    """Cards that are due about the same time."""

    key: str
    title: str
    items: tuple[Due, ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """Everything that waits; ``is_partial`` when some area could not be asked."""

    piles: tuple[Pile, ...]
    is_partial: bool = False

    @property
    def count(self) -> int:
        """How many cards there are."""
        return sum(len(pile.items) for pile in self.piles)


def waiting_for(user: User, place: Place, now: datetime) -> Waiting:
    """What waits for ``user`` at ``now`` (aware). An area that fails is left out and told of."""
    cards: list[Card] = []
    is_partial = False
    for source in card_sources(place):
        try:
            cards += list(source(user, now))
        except Exception:
            log.exception("Cards could not be read: %s", source)
            is_partial = True
    return Waiting(piles(cards, now.astimezone(zone()).date()), is_partial)


def piles(cards: Sequence[Card], today: date) -> tuple[Pile, ...]:
    """Cards by time, the sooner and more urgent first; piles without cards are left out."""
    titles = {
        "late": gettext("Overdue"),
        "today": gettext("Today"),
        "near": gettext("In the next seven days"),
        "later": gettext("Later"),
    }
    heaps: dict[str, list[Due]] = {key: [] for key in titles}
    for card in sorted(cards, key=_order):
        days = (card.due - today).days if card.due else None
        heaps[_pile_of(days, is_urgent=card.is_urgent)].append(Due(card, days))
    return tuple(Pile(key, titles[key], tuple(items)) for key, items in heaps.items() if items)


def _order(card: Card) -> tuple[date, bool, int]:
    return card.due or date.max, not card.is_urgent, card.order


def _pile_of(days: int | None, *, is_urgent: bool) -> str:
    """Name of the pile; what is urgent without a day waits for today."""
    if days is None:
        return "today" if is_urgent else "later"
    if days < 0:
        return "late"
    if days == 0:
        return "today"
    return "near" if days <= NEAR.days else "later"
