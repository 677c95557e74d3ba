"""News as RSS and Atom: all of it, of one town, on one topic."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.shortcuts import get_object_or_404
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.translation import gettext as _
from wagtail.models import Locale

from portal.models import NewsPage, Topic
from portal.pages.tree import active_language, home_url, page_url
from region.clock import zone
from region.models import Town
from region.queries.profile import current_profile

if TYPE_CHECKING:
    from django.http import HttpRequest

    from portal.pages.news import NewsQuerySet

    FeedOfNews = Feed[NewsPage, Any]
else:
    FeedOfNews = Feed

ITEMS = 20


class NewsFeed(FeedOfNews):
    """The latest news in the reader's language."""

    feed_type: type[SyndicationFeed] = Rss201rev2Feed

    def get_object(self, request: HttpRequest, *args: str, **kwargs: str) -> Any:
        """What the feed is about; nothing for all news."""
        return None

    def title(self, about: Any) -> str:
        """Name of the feed in readers of feeds."""
        region = current_profile()
        what = _("News: %(about)s") % {"about": about} if about else _("News")
        return f"{what} – {region.name}"

    def link(self, _about: Any) -> str:
        """Where a reader of feeds goes for the site itself."""
        return f"{settings.BASE_URL}{home_url(active_language())}"

    def description(self, about: Any) -> str:
        """The same in a sentence."""
        return self.title(about)

    def items(self, about: Any) -> list[NewsPage]:
        """The latest twenty. 2 queries and one for the topics."""
        locale = Locale.objects.filter(language_code=active_language()).first()
        if locale is None:
            return []
        news = self.narrowed(NewsPage.objects.in_language(locale.pk), about)
        return list(news.defer_streamfields().prefetch_related("topics")[:ITEMS])

    def narrowed(self, news: NewsQuerySet, _about: Any) -> NewsQuerySet:
        """The news that belong in the feed."""
        return news

    def item_title(self, item: NewsPage) -> str:
        """Heading of one piece of news."""
        return item.title

    def item_description(self, item: NewsPage) -> str:
        """Its first sentence."""
        return item.lead

    def item_link(self, item: NewsPage) -> str:
        """Its public address."""
        return f"{settings.BASE_URL}{page_url(item.url_path, active_language())}"

    def item_guid(self, item: NewsPage) -> str:
        """A name that stays when the page moves."""
        return f"urn:uuid:{item.translation_key}:{active_language()}"

    item_guid_is_permalink = False

    def item_pubdate(self, item: NewsPage) -> datetime:
        """The day of the news, at its beginning in the region."""
        return datetime.combine(item.date, time.min, zone())

    def item_updateddate(self, item: NewsPage) -> datetime:
        """When it was last published."""
        return item.last_published_at or self.item_pubdate(item)

    def item_categories(self, item: NewsPage) -> list[str]:
        """Its topics."""
        return [topic.name for topic in item.topics.all()]


class TownNewsFeed(NewsFeed):
    """The latest news of one town."""

    def get_object(self, request: HttpRequest, *args: str, **kwargs: str) -> Town:
        """The town of the address."""
        return get_object_or_404(Town.objects.defer("boundary"), slug=kwargs["slug"])

    def narrowed(self, news: NewsQuerySet, about: Town) -> NewsQuerySet:
        """News that name the town."""
        return news.about_town(about.pk)


class TopicNewsFeed(NewsFeed):
    """The latest news on one topic."""

    def get_object(self, request: HttpRequest, *args: str, **kwargs: str) -> Topic:
        """The topic of the address."""
        return get_object_or_404(Topic, slug=kwargs["slug"])

    def narrowed(self, news: NewsQuerySet, about: Topic) -> NewsQuerySet:
        """News with the topic."""
        return news.filter(topics=about)


class NewsAtom(NewsFeed):
    """All news as Atom, which calls the description a subtitle."""

    feed_type = Atom1Feed
    subtitle = NewsFeed.description


class TownNewsAtom(TownNewsFeed):
    """News of one town as Atom."""

    feed_type = Atom1Feed
    subtitle = NewsFeed.description


class TopicNewsAtom(TopicNewsFeed):
    """News on one topic as Atom."""

    feed_type = Atom1Feed
    subtitle = NewsFeed.description
