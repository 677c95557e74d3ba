"""Taking a load of events back: its rows go, and the months that it exchanged come into use again.

Rows of exchanged months stay in the table until nobody may undo the exchange any more (`forget_exchanged`).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext

from region.domain import audit
from region.domain.users import is_system
from region.messages import Problem
from region.messages import gettext_noop as _
from region.rules import require
from region.sql_names import table_name
from reports.domain.events_loading import MANAGE, correct
from reports.domain.events_summaries import refresh_summaries
from reports.enums.events import LoadState
from reports.models import EventLoad, EventMonth, EventRegister, InterventionEvent

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from region.models import User

# As long as files of imports are kept.
KEPT = timedelta(days=180)


@transaction.atomic
def undo_load(*, load_id: UUID, by: User) -> int:
    """Take a load back as if it had never been; gives the number of rows that went.

    Published months that change by it are recorded as corrections. Raises `Problem` when the load is undone already,
    when it is older than what it exchanged is kept, and when a later load has exchanged one of its months.
    """
    if not is_system(by):
        require(by, MANAGE)
    load = EventLoad.objects.select_related("register").get(pk=load_id)
    register = EventRegister.objects.select_for_update(no_key=True).get(pk=load.register_id)
    load.refresh_from_db()
    if load.state == LoadState.UNDONE:
        raise Problem(_("This load is undone already."))
    if load.at < timezone.now() - KEPT:
        raise Problem(_("This load is too long ago to be undone: the months that it exchanged are deleted by now."))
    months = list(EventMonth.objects.filter(load=load).order_by("month"))
    _check_current(months)
    EventMonth.objects.filter(load=load).update(is_current=False)
    for month in months:
        _bring_back(register, month, by)
    rows = _delete([month.pk for month in months])
    load.state, load.undone_at = LoadState.UNDONE, timezone.now()
    load.save()
    refresh_summaries(register=register, months=[month.month for month in months])
    audit.record(action="events.undone", target=register, by=by, after={"file": load.file_name, "rows": rows})
    return rows


def forget_exchanged(*, now: datetime) -> int:
    """Delete rows of months that were exchanged so long ago that nobody may undo it; gives the number of months.

    No ``by``: the clock does it.
    """
    with transaction.atomic():
        old = EventMonth.objects.filter(is_current=False, after__isnull=False, after__at__lt=now - KEPT)
        keys = list(old.values_list("pk", flat=True))
        _delete(keys)
    return len(keys)


def _check_current(months: Sequence[EventMonth]) -> None:
    exchanged = [f"{month.month:%Y-%m}" for month in months if not month.is_current]
    if exchanged:
        raise Problem(
            _("A later load has exchanged some of these months (%(months)s): undo that one first."),
            months=", ".join(exchanged),
        )


def _bring_back(register: EventRegister, month: EventMonth, by: User) -> None:
    """Put the month before back into use, and record what published numbers change by it."""
    before = EventMonth.objects.filter(after=month).first()
    if before is not None:
        before.is_current, before.after = True, None
        before.save()
    if register.is_published and not month.is_part:
        rows = (month.rows, before.rows if before else None)
        correct(register=register, month=month.month, rows=rows, by=by, reason=gettext("The import was undone."))


def _delete(keys: Sequence[int]) -> int:
    """Delete months with their rows; gives the number of rows."""
    if not keys:
        return 0
    marks = ", ".join("%s" for _key in keys)
    statement = " ".join(("DELETE FROM", table_name(InterventionEvent), "WHERE month_id IN (", marks, ")"))
    with connection.cursor() as cursor:
        cursor.execute(statement, list(keys))
        rows = int(cursor.rowcount)
    EventMonth.objects.filter(pk__in=keys).delete()
    return rows
