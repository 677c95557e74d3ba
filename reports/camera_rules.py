"""Rules of the camera register that need no database: the law on keeping and sound, days in order."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.utils.translation import gettext

# Three months, by the longest three in a row: art. 9a of the Polish act on local government (and its twins).
MOST_DAYS_PL = 92
# The longest time that a remote access is given for.
MOST_MONTHS_OF_ACCESS = 24


def retention_problem(*, country: str, days: int | None, has_evidence_hold: bool) -> str:
    """Why recordings may not be kept for so many days; empty when they may. Poland: three months, but for evidence."""
    if country != "PL" or days is None or days <= MOST_DAYS_PL or has_evidence_hold:
        return ""
    return gettext(
        "In Poland recordings are deleted after three months at the latest (%(days)d days), unless they are evidence."
    ) % {"days": MOST_DAYS_PL}


def audio_problem(*, country: str, has_audio: bool, note: str) -> str:
    """Why sound may not be recorded; empty when it may. Polish law speaks of recording pictures alone."""
    if country != "PL" or not has_audio or note.strip():
        return ""
    return gettext("In Poland the law speaks of recording pictures: say in a legal note on what sound is recorded.")


@dataclass(frozen=True, slots=True)
class Stay:
    """Days of a device at a point: from `since`, to the day before `removed_on`; None: it is still there."""

    since: date
    removed_on: date | None = None

    def overlaps(self, other: Stay) -> bool:
        """Whether the two share a day."""
        return (self.removed_on is None or other.since < self.removed_on) and (
            other.removed_on is None or self.since < other.removed_on
        )


def overlapping(stays: Iterable[Stay]) -> list[tuple[Stay, Stay]]:
    """Neighbours in time that share a day: a device cannot be at two points at once."""
    ordered = sorted(stays, key=lambda stay: stay.since)
    return [(one, other) for one, other in pairwise(ordered) if one.overlaps(other)]


def stage_day_problem(*, day: date, current_since: date | None, today: date) -> str:
    """Why a stage cannot begin on a day: not before the stage it follows, and not in the future."""
    if day > today:
        return gettext("This day has not come yet.")
    if current_since is not None and day < current_since:
        return gettext("The stage before began later than this day.")
    return ""


def after_months(day: date, months: int) -> date:
    """The same day so many months later; the last of the month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def access_time_problem(*, since: date, until: date) -> str:
    """Why an access cannot be given for these days (both included): two years at most."""
    if until < since:
        return gettext("The end must not come before the beginning.")
    if until >= after_months(since, MOST_MONTHS_OF_ACCESS):
        return gettext("An access is given for %(months)d months at most.") % {"months": MOST_MONTHS_OF_ACCESS}
    return ""
