"""Saying what spellings mean: each belongs to a category, and the counts follow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from region.domain import audit
from region.rules import require
from reports.domain.events_loading import MANAGE
from reports.domain.events_summaries import ask_recount
from reports.models import EventLabel

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from uuid import UUID

    from region.models import User
    from reports.models import EventCategory, EventRegister


def sort_spellings(
    *,
    register: EventRegister,
    keys: Sequence[int],
    category: EventCategory | None,
    by: User,
    later: Callable[[UUID], object],
) -> int:
    """Let spellings of a register mean a category (None: not sorted); gives how many changed.

    ``later`` has the counts made anew; it is called inside the transaction.
    """
    require(by, MANAGE)
    with transaction.atomic():
        rows = EventLabel.objects.filter(register=register, pk__in=keys)
        different = rows.exclude(category=category) if category else rows.filter(category__isnull=False)
        count = different.update(category=category)
        if count:
            after = {"spellings": count, "category": category.key if category else ""}
            audit.record(action="events.sorted", target=register, by=by, after=after)
            ask_recount(register=register)
            later(register.pk)
    return count
