"""Effects that are had once, however often the task runs that has them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction

from region.models import DoneEffect

# No task is run again after so long.
DAYS_KEPT = 90


def had_once(*, key: str, effect: Callable[[], object]) -> bool:
    """Call ``effect`` unless it was had under this ``key`` (≤ 160 characters); gives whether it was called.

    The guard row is written in the effect's transaction: both are there or neither, so a process killed at any moment
    leaves either nothing or the whole. Two at once wait for each other. What ``effect`` raises passes through, and it
    may be tried again. Only what is in the database is guarded; mail belongs into the outbox.
    """
    with transaction.atomic():
        _row, is_new = DoneEffect.objects.get_or_create(key=key)
        if is_new:
            effect()
    return is_new


def forget_old_effects(*, now: datetime) -> int:
    """Delete guard rows older than 90 days; gives how many."""
    return DoneEffect.objects.filter(at__lt=now - timedelta(days=DAYS_KEPT)).delete()[0]
