"""Pages also grow old by the clock: an alert begins or ends, a day ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from portal.snippets import Alert
from region import clock
from region.domain.content import pages_changed
from region.stamp import shared_stamp

if TYPE_CHECKING:
    from datetime import datetime


def void_by_time(*, now: datetime) -> int:
    """Void the stored pages when, since the last change, an alert began or ended or a new day began in the region.

    The stamp itself remembers when that was, so nothing else is kept. 1 query. Gives 1 when the pages were voided.
    """
    changed = shared_stamp().changed_at()
    if changed is None or changed >= now:
        return 0
    began, ended = Q(since__gt=changed, since__lte=now), Q(until__gt=changed, until__lte=now)
    zone = clock.zone()
    is_new_day = changed.astimezone(zone).date() != now.astimezone(zone).date()
    if not is_new_day and not Alert.objects.filter(began | ended).exists():
        return 0
    pages_changed()
    return 1
