"""Events as calendar files (RFC 5545): one event, or all coming ones to subscribe to."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event

from portal.models import EventPage
from portal.pages.readable import readable
from portal.pages.tree import active_language, page_url
from region.clock import now, zone
from region.models import Town
from region.queries.profile import current_profile

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from django.http import HttpRequest

    from portal.pages.events import EventQuerySet

PRODUCT = "-//Safe County//Events//EN"
# A calendar that people subscribe to also keeps what has just been.
KEPT_DAYS = 30
MOST_EVENTS = 500


def calendar_of(events: Iterable[EventPage], *, name: str) -> bytes:
    """The calendar file with these events; times are in UTC, whole days are dates without a time."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", zone().key)
    for event in events:
        calendar.add_component(entry(event))
    content: bytes = calendar.to_ical()
    return content


def entry(page: EventPage) -> Event:
    """One event of the calendar."""
    event = Event()
    start, end = span(page)
    event.add("uid", f"{page.translation_key}@safe-county")
    event.add("dtstamp", (page.last_published_at or timezone.now()).astimezone(UTC))
    event.add("dtstart", start)
    event.add("dtend", end)
    event.add("summary", page.title)
    event.add("url", f"{settings.BASE_URL}{page_url(page.url_path, active_language())}")
    for name, value in (("description", page.lead), ("location", page.where)):
        if value:
            event.add(name, value)
    if page.last_published_at:
        event.add("last-modified", page.last_published_at)
    return event


def span(page: EventPage) -> tuple[date | datetime, date | datetime]:
    """Beginning and end as the file writes them: whole days end on the day after, an unknown end is an hour later."""
    start, end = page.local_start, page.local_end
    if page.all_day:
        return start.date(), (end or start).date() + timedelta(days=1)
    from_, to = page.start, page.end or page.start + timedelta(hours=1)
    return from_, to


def answer(content: bytes, file_name: str) -> HttpResponse:
    """The file for a reader's calendar."""
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{file_name}"'
    return response


@require_safe
def event_calendar(_request: HttpRequest, key: UUID) -> HttpResponse:
    """One event to put into a calendar."""
    page = _events().filter(translation_key=key).first()
    if page is None:
        raise Http404
    return answer(calendar_of([page], name=page.title), f"{page.slug}.ics")


@require_safe
def all_events(_request: HttpRequest) -> HttpResponse:
    """Everything that is coming, to subscribe to."""
    return answer(calendar_of(_lasting(), name=current_profile().name), "events.ics")


@require_safe
def town_events(_request: HttpRequest, slug: str) -> HttpResponse:
    """What is coming in one town, to subscribe to."""
    town: Town = get_object_or_404(Town.objects.defer("boundary"), slug=slug)
    return answer(calendar_of(_lasting(town), name=town.name), f"{town.slug}.ics")


def _events() -> EventQuerySet:
    events: EventQuerySet = readable(EventPage.objects.all()).filter(locale__language_code=active_language())
    return events.order_by("start", "pk").defer_streamfields().select_related("town").defer("town__boundary")


def _lasting(town: Town | None = None) -> EventQuerySet:
    events = _events().coming(now() - timedelta(days=KEPT_DAYS))
    return (events.filter(town=town) if town else events)[:MOST_EVENTS]
