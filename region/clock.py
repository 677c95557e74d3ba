"""Now and today in the region's own time zone. Rules take ``on: date`` and never ask the clock themselves."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

from region.queries.profile import current_profile


def zone() -> ZoneInfo:
    """The region's time zone."""
    return ZoneInfo(current_profile().time_zone)


def now() -> datetime:
    """This moment, aware, in the region's time zone."""
    return timezone.now().astimezone(zone())


def today() -> date:
    """Today's date in the region."""
    return now().date()
