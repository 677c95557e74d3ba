"""Counts of events by month, place and category: made anew for the months that changed, or for a whole register."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.utils import timezone

from region.domain.content import pages_changed
from region.sql_names import table_name
from reports.models import EventLabel, EventMonth, EventRegister, EventSummary, InterventionEvent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from uuid import UUID

# Months counted at a time, so that progress can be told.
_MONTHS_AT_ONCE = 12


def refresh_summaries(*, register: EventRegister, months: Iterable[date]) -> int:
    """Count these months of a register anew; gives the number of counts. Call it in the transaction of the change.

    No ``by``: derived data, the audit belongs to the change.
    """
    wanted = sorted(set(months))
    EventSummary.objects.filter(register=register, month__in=wanted).delete()
    keys = EventMonth.objects.filter(register=register, month__in=wanted, is_current=True, rows__gt=0)
    made = _count(register, [int(key) for key in keys.values_list("pk", flat=True)])
    pages_changed()
    return made


def rebuild_summaries(*, register: EventRegister, progress: Callable[[int, int], object] | None = None) -> int:
    """Count a whole register anew, twelve months at a time, each in a transaction; gives the number of counts.

    ``progress`` is called with months done and months in all.
    """
    with transaction.atomic():
        months = sorted(EventMonth.objects.filter(register=register, is_current=True).values_list("month", flat=True))
        EventSummary.objects.filter(register=register).exclude(month__in=months).delete()
    made = 0
    for start in range(0, len(months), _MONTHS_AT_ONCE):
        with transaction.atomic():
            # A load that exchanges one of these months waits, or both would write their counts.
            EventRegister.objects.select_for_update(no_key=True).get(pk=register.pk)
            made += refresh_summaries(register=register, months=months[start : start + _MONTHS_AT_ONCE])
        if progress:
            progress(min(start + _MONTHS_AT_ONCE, len(months)), len(months))
    return made


def recount(*, register_id: UUID) -> None:
    """Make the counts of a register anew if somebody sorted its spellings; done twice it has its effect once."""
    register = EventRegister.objects.get(pk=register_id)
    asked = register.recount_asked_at
    if asked is None:
        return

    def tell(done: int, _total: int) -> None:
        EventRegister.objects.filter(pk=register_id).update(recount_done=done)

    rebuild_summaries(register=register, progress=tell)
    # Whoever sorted more in the meantime has asked again, and is answered by a task of his own.
    with transaction.atomic():
        EventRegister.objects.filter(pk=register_id, recount_asked_at=asked).update(recount_asked_at=None)


def ask_recount(*, register: EventRegister) -> None:
    """Note that the counts of a register wait to be made anew."""
    EventRegister.objects.filter(pk=register.pk).update(recount_asked_at=timezone.now(), recount_done=0)


def _count(register: EventRegister, keys: list[int]) -> int:
    """Count the events of some months as files brought them; gives the number of counts."""
    if not keys:
        return 0
    marks = ", ".join("%s" for _key in keys)
    events, months, labels = table_name(InterventionEvent), table_name(EventMonth), table_name(EventLabel)
    is_sqlite = connection.vendor == "sqlite"
    year = "CAST(strftime('%%Y', m.month) AS INTEGER)" if is_sqlite else "EXTRACT(YEAR FROM m.month)::int"
    statement = " ".join((
        "INSERT INTO", table_name(EventSummary), "(register_id, month, year, town_id, district_id, category_id, rows)",
        "SELECT m.register_id, m.month,", year, "AS year, e.town_id, e.district_id,",
        "CASE WHEN e.label_id IS NULL THEN %s ELSE l.category_id END AS category, SUM(e.n)",
        "FROM (SELECT month_id, town_id, district_id, label_id, COUNT(*) AS n FROM", events,
        "WHERE month_id IN (", marks, ") GROUP BY month_id, town_id, district_id, label_id) e",
        "JOIN", months, "m ON m.id = e.month_id LEFT JOIN", labels, "l ON l.id = e.label_id",
        "GROUP BY m.register_id, m.month, e.town_id, e.district_id, category",
    ))  # fmt: skip
    field: Any = EventSummary._meta.get_field("category")
    general = field.get_db_prep_value(register.category_id, connection)
    if not is_sqlite:
        statement = statement.replace("THEN %s ELSE", "THEN %s::uuid ELSE")
    with connection.cursor() as cursor:
        cursor.execute(statement, [general, *keys])
        return int(cursor.rowcount)
