"""Statutory times by the region's own calendar, and the days that somebody decided otherwise about."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from region.calendar import Calendar, Deadline, Override, Term
from region.clock import zone
from region.domain.audit import record
from region.memory import remembered
from region.messages import Problem
from region.messages import gettext_noop as _
from region.models import DayOverride
from region.queries.profile import current_profile
from region.rules import require

if TYPE_CHECKING:
    from region.models import User

MANAGE = "region.manage_calendar"


def office_calendar() -> Calendar:
    """The region's calendar: holidays of its country and what was decided otherwise. Kept until something changes."""
    return remembered("office-calendar", _read)


def _read() -> Calendar:
    decided = {row.day: Override(row.is_working, row.reason) for row in DayOverride.objects.all()}
    return Calendar(current_profile().country, decided)


def deadline(*, start: date | datetime, term: Term) -> Deadline:
    """Until when something is due that runs from ``start``: a day, or a moment (aware) on its local day."""
    day = start.astimezone(zone()).date() if isinstance(start, datetime) else start
    return office_calendar().deadline(day, term)


def end_of_day(*, day: date) -> datetime:
    """The moment (aware) at which a day of the region is over: what happens before it, happens in time."""
    return datetime.combine(day + timedelta(days=1), time.min, zone())


def add_override(*, day: date, is_working: bool, reason: str, by: User) -> DayOverride:
    """Decide that ``day`` is (not) a working one. Times that were counted earlier stay as they were told.

    Raises PermissionDenied, and Problem for a day that is so anyway or was decided about before.
    """
    require(by, MANAGE)
    with transaction.atomic():
        if (_read().off_by_law(day) is None) == is_working:
            raise Problem(_("It is a working day anyway.") if is_working else _("It is not a working day anyway."))
        row, made = DayOverride.objects.get_or_create(day=day, defaults={"is_working": is_working, "reason": reason})
        if not made:
            raise Problem(_("This day has an exception already. Remove it first."))
        record(action="dayoverride.add", target=row, by=by, after=_facts(row))
    return row


def remove_override(*, day: date, by: User) -> None:
    """Have the calendar of the country hold again on ``day``. Nothing happens when there is no exception."""
    require(by, MANAGE)
    with transaction.atomic():
        row = DayOverride.objects.select_for_update().filter(day=day).first()
        if row is not None:
            record(action="dayoverride.remove", target=row, by=by, before=_facts(row))
            row.delete()


def _facts(row: DayOverride) -> dict[str, object]:
    return {"day": row.day, "is_working": row.is_working, "reason": row.reason}
