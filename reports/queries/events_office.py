"""Registers of events, their loads and spellings, for the office."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, F, IntegerField, Max, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from region.rules import can
from reports.models import EventLabel, EventLoad, EventMonth, EventRegister, EventSpellingCount

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from region.models import User

VIEW = "reports.view_events"


def registers_for(user: User) -> QuerySet[EventRegister]:
    """Registers with their rows in use, the last month known, and how many spellings are not sorted yet."""
    if not can(user, VIEW):
        return EventRegister.objects.none()
    months = EventMonth.objects.filter(register=OuterRef("pk"), is_current=True).order_by().values("register")
    waiting = EventLabel.objects.filter(register=OuterRef("pk"), category=None).order_by().values("register")
    return EventRegister.objects.annotate(
        rows_used=Coalesce(Subquery(months.annotate(n=Sum("rows")).values("n"), output_field=IntegerField()), 0),
        last_month=Subquery(months.annotate(n=Max("month")).values("n")),
        months_used=Coalesce(Subquery(months.annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0),
        waiting=Coalesce(Subquery(waiting.annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0),
    )


def loads_of(register: EventRegister) -> QuerySet[EventLoad]:
    """Files that were written into a register, the latest first."""
    return EventLoad.objects.filter(register=register).select_related("by").order_by("-at")


def spellings_for(user: User) -> QuerySet[EventLabel]:
    """Spellings with their register, category, and how many events in use have them."""
    if not can(user, VIEW):
        return EventLabel.objects.none()
    counts = EventSpellingCount.objects.filter(label=OuterRef("pk"), month__is_current=True).order_by().values("label")
    return EventLabel.objects.select_related("register", "category").annotate(
        events_count=Coalesce(Subquery(counts.annotate(n=Sum("rows")).values("n"), output_field=IntegerField()), 0),
        is_waiting=Q(category__isnull=True),
        category_key=F("category__key"),
    )
