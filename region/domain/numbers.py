"""Numbers without gaps: cases, contracts, payments are counted by series and year."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.db.transaction import TransactionManagementError

from region.models import NumberSeries


def next_number(*, key: str, year: int) -> int:
    """The next number of a series in a year, from 1.

    Call it inside the transaction that uses the number, as late in it as possible: the row of the series stays locked
    until that transaction ends, others wait for it, and when it is rolled back the number is free again. That is what
    leaves no gaps. Raises TransactionManagementError outside a transaction.
    """
    if not transaction.get_connection().in_atomic_block:
        raise TransactionManagementError("A number is given out only inside the transaction that uses it.")
    series = NumberSeries.objects.filter(key=key, year=year)
    if not series.update(last=F("last") + 1):
        # Two may be the first of a year at once: one adds the row, the other waits for it here and goes on.
        NumberSeries.objects.bulk_create([NumberSeries(key=key, year=year)], ignore_conflicts=True)
        series.update(last=F("last") + 1)
    return series.values_list("last", flat=True).get()


def next_mark(*, key: str, year: int, form: str) -> str:
    """The next number written as ``form`` says: ``"BK-{year}-{number:04}"`` gives BK-2026-0007. See ``next_number``."""
    return form.format(year=year, number=next_number(key=key, year=year))
