"""Addresses of the site that are not Wagtail's pages, under the language; their names begin with ``portal:``."""

from __future__ import annotations

from django.urls import path
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from portal import calendar_feed, feeds
from portal.views.search import site_search

app_name = "portal"

urlpatterns = [
    # Translators: part of a page's address, in small letters without diacritics, with the slash
    path(pgettext_lazy("part of an address", "search/"), site_search, name="search"),
    path("feeds/news.rss", require_safe(feeds.NewsFeed()), name="news-feed"),
    path("feeds/news.atom", require_safe(feeds.NewsAtom()), name="news-atom"),
    path("feeds/news/town/<slug:slug>.rss", require_safe(feeds.TownNewsFeed()), name="town-news-feed"),
    path("feeds/news/town/<slug:slug>.atom", require_safe(feeds.TownNewsAtom()), name="town-news-atom"),
    path("feeds/news/topic/<slug:slug>.rss", require_safe(feeds.TopicNewsFeed()), name="topic-news-feed"),
    path("feeds/news/topic/<slug:slug>.atom", require_safe(feeds.TopicNewsAtom()), name="topic-news-atom"),
    path("feeds/events.ics", calendar_feed.all_events, name="events-calendar"),
    path("feeds/events/town/<slug:slug>.ics", calendar_feed.town_events, name="town-events-calendar"),
    path("feeds/event/<uuid:key>.ics", calendar_feed.event_calendar, name="event-calendar"),
]
