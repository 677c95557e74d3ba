"""Events: a calendar of what is coming, and what has been."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.db.models import F
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from portal.pages.base import SitePage
from portal.pages.body import BodyPage
from portal.pages.news import AboutTownsForm, is_slug, town_links
from portal.pages.readable import readable
from portal.pages.tree import page_url
from portal.snippets import Topic
from portal.templatetags.words import DASH, day, day_range, hour, weekday
from region.clock import now, zone
from region.models import Town
from region.parts import DateItem, Fact, Tab

if TYPE_CHECKING:
    from django.http import HttpRequest

EVENTS_ON_A_PAGE = 20


def shown_start(start: datetime, all_day: bool) -> date | datetime:
    """Beginning as a list shows it: in the region's time, whole days without an hour."""
    local = timezone.localtime(start, zone())
    return local.date() if all_day else local


def place_words(town: str | None, place: str) -> str:
    """Town and place; the town is not said twice."""
    return ", ".join(part for part in ("" if not town or town in place else town, place) if part)


class EventQuerySet(PageQuerySet):
    """Reads of events."""

    def in_language(self, locale_id: int) -> Self:
        """Events of one language tree that anybody may read, the earliest first."""
        return readable(self).filter(locale_id=locale_id).order_by("start", "pk")

    def in_town(self, slug: str) -> Self:
        """Events in the town with this part of the address; none for a text that cannot be one."""
        return self.filter(town__slug=slug) if is_slug(slug) else self.none()

    def coming(self, moment: datetime) -> Self:
        """Events that have not ended at ``moment``; without an end, or all day long, one lasts until midnight."""
        midnight = moment.astimezone(zone()).replace(hour=0, minute=0, second=0, microsecond=0)
        last = Coalesce(F("end"), F("start"))
        return self.alias(last=last).filter(
            models.Q(end__gte=moment, all_day=False)
            | models.Q(models.Q(end=None) | models.Q(all_day=True), last__gte=midnight)
        )

    def past(self, moment: datetime) -> Self:
        """Events that have ended, the latest first."""
        coming = self.model.objects.coming(moment).values("pk")
        return self.exclude(pk__in=coming).order_by("-start", "-pk")

    def items(self, language: str) -> list[DateItem]:
        """Rows of a list. 1 query, of the few columns that a row shows."""
        rows = self.values_list("title", "url_path", "start", "all_day", "place", "town__name", "is_example")
        return [
            DateItem(title, page_url(path, language), shown_start(start, all_day), place_words(town, place), demo=demo)
            for title, path, start, all_day, place, town, demo in rows
        ]


class EventPage(BodyPage):
    """Something people may come to."""

    start = models.DateTimeField(_("begins"), db_index=True)
    end = models.DateTimeField(_("ends"), null=True, blank=True)
    all_day = models.BooleanField(_("all day"), default=False, help_text=_("The hours are not shown."))
    place = models.CharField(_("place"), max_length=200, blank=True)
    town = models.ForeignKey(
        Town, verbose_name=_("town"), null=True, blank=True, on_delete=models.SET_NULL, related_name="events"
    )
    organiser = models.CharField(_("organiser"), max_length=200, blank=True)
    price = models.CharField(_("price"), max_length=100, blank=True, help_text=_("Empty: free of charge."))
    topics = ParentalManyToManyField(Topic, verbose_name=_("topics"), blank=True, related_name="events")

    objects = PageManager.from_queryset(EventQuerySet)()
    base_form_class = AboutTownsForm
    template = "portal/event_page.html"
    parent_page_types = ["portal.EventIndexPage", "portal.TownPage"]
    subpage_types: list[str] = []
    content_panels = [
        *SitePage.content_panels,
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("start"), FieldPanel("end")]), FieldPanel("all_day")], heading=_("When")
        ),
        MultiFieldPanel([FieldPanel("place"), FieldPanel("town")], heading=_("Where")),
        FieldRowPanel([FieldPanel("organiser"), FieldPanel("price")]),
        FieldPanel("body"),
        FieldPanel("topics", widget=forms.CheckboxSelectMultiple),
    ]
    search_fields = [*BodyPage.search_fields, index.SearchField("place"), index.FilterField("start")]
    override_translatable_fields = [SynchronizedField("topics")]

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(end__isnull=True) | models.Q(end__gte=F("start")), name="event_end_after_start"
            )
        ]

    def clean(self) -> None:
        """An event ends after it begins."""
        super().clean()
        if self.end and self.start and self.end < self.start:
            raise ValidationError({"end": _("The event would end before it begins.")})

    @property
    def local_start(self) -> datetime:
        """Beginning in the region's time zone."""
        return timezone.localtime(self.start, zone())

    @property
    def local_end(self) -> datetime | None:
        """End in the region's time zone."""
        return timezone.localtime(self.end, zone()) if self.end else None

    @property
    def where(self) -> str:
        """Town and place; the town is not said twice."""
        return place_words(self.town.name if self.town else "", self.place)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add when, where and by whom, as a line of facts."""
        context = super().get_context(request, *args, **kwargs)
        is_past = not EventPage.objects.coming(now()).filter(pk=self.pk).exists() if self.pk else False
        context.update(facts=event_facts(self), is_past=is_past)
        return context

    def calendar_url(self) -> str:
        """Address of the calendar file."""
        return reverse("portal:event-calendar", args=(self.translation_key,))

    def machine_facts(self, request: HttpRequest) -> dict[str, Any]:
        """Facts of schema.org/Event."""
        start, end = self.local_start, self.local_end
        facts: dict[str, Any] = {
            "@type": "Event",
            "name": self.title,
            "description": self.description,
            "startDate": (start.date() if self.all_day else start).isoformat(),
            "inLanguage": self.language,
            "url": self.absolute_url(request),
            "eventStatus": "https://schema.org/EventScheduled",
        }
        if end:
            facts["endDate"] = (end.date() if self.all_day else end).isoformat()
        if self.where:
            facts["location"] = {"@type": "Place", "name": self.where, "address": self.where}
        if self.organiser:
            facts["organizer"] = {"@type": "Organization", "name": self.organiser}
        return facts


def event_facts(page: EventPage) -> list[Fact]:
    """When, where, by whom and for how much; what is not known is left out."""
    towns = town_links([page.town_id], page) if page.town_id else []
    places = [Fact(gettext("Town"), towns[0].title, towns[0].url)] if towns else []
    texts = (
        (gettext("Place"), page.place),
        (gettext("Organiser"), page.organiser),
        (gettext("Price"), page.price or gettext("free of charge")),
    )
    return [Fact(gettext("When"), when_words(page)), *places, *(Fact(label, value) for label, value in texts if value)]


def when_words(page: EventPage) -> str:
    """Day and hours in words: "Tuesday 9 December 2025, 10:00-12:00"."""
    start, end = page.local_start, page.local_end
    if end and end.date() != start.date():
        return day_range(start, end)
    words = f"{weekday(start)} {day(start)}"
    if page.all_day:
        return words
    return f"{words}, {hour(start)}{DASH + hour(end) if end else ''}"


def calendar_address(town: str) -> str:
    """Address to subscribe to: of the chosen town, else of everything."""
    return reverse("portal:town-events-calendar", args=(town,)) if is_slug(town) else reverse("portal:events-calendar")


class EventIndexPage(SitePage):
    """What is coming (or, with ``when=past``, what has been), narrowed by ``town``."""

    template = "portal/event_index_page.html"
    max_count_per_parent = 1
    parent_page_types = ["portal.HomePage"]
    subpage_types = ["portal.EventPage"]

    class Meta:
        verbose_name = _("list of events")
        verbose_name_plural = _("lists of events")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add one page of events, coming or past."""
        context = super().get_context(request, *args, **kwargs)
        past, town = request.GET.get("when") == "past", request.GET.get("town", "")
        events = EventPage.objects.in_language(self.locale_id)
        tabs = [Tab(gettext("Coming"), "?", not past), Tab(pgettext("events", "Past"), "?when=past", past)]
        shown = events.past(now()) if past else events.coming(now())
        if town:
            shown = shown.in_town(town)
        page = Paginator(shown, EVENTS_ON_A_PAGE).get_page(request.GET.get("page"))
        on_this_page: Any = page.object_list
        context.update(
            results=page,
            items=on_this_page.items(self.language),
            past=past,
            tabs=tabs,
            chosen={"town": town},
            active=int(bool(town)),
            calendar_url=calendar_address(town),
            towns=list(Town.objects.filter(events__in=events.order_by()).only("slug", "name").distinct()),
        )
        return context
