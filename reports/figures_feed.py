"""Corrections as RSS and Atom."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.translation import gettext

from region.queries.profile import current_profile
from reports.queries.figures_history import correction_lines, published_corrections

if TYPE_CHECKING:
    from datetime import datetime

    from reports.queries.figures_history import CorrectionLine

    FeedOfCorrections = Feed[CorrectionLine, Any]
else:
    FeedOfCorrections = Feed

ITEMS = 50
# What XML cannot hold, such as the line break within a paragraph that word processors copy.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def readable(text: str) -> str:
    """The text with a space for each sign that a feed cannot hold."""
    return _CONTROL.sub(" ", text)


class CorrectionsFeed(FeedOfCorrections):
    """The latest corrections of figures."""

    feed_type: type[SyndicationFeed] = Rss201rev2Feed
    item_guid_is_permalink = False

    def title(self) -> str:
        """Name of the feed in readers of feeds."""
        return f"{gettext('Corrections of figures')} – {current_profile().name}"

    def link(self) -> str:
        """The same as a page."""
        return f"{settings.BASE_URL}{reverse('reports:corrections')}"

    def description(self) -> str:
        """What stands in it."""
        return gettext("What we published wrongly, what is right, and why.")

    def items(self) -> list[CorrectionLine]:
        """The latest fifty. 1 query."""
        return correction_lines(published_corrections(ITEMS))

    def item_title(self, item: CorrectionLine) -> str:
        """What was corrected."""
        return readable(item.about)

    def item_description(self, item: CorrectionLine) -> str:
        """The value before and after, and why."""
        words = gettext("It said %(before)s; right is %(after)s. %(reason)s")
        if item.is_withdrawn:
            words = gettext("We withdrew %(before)s. %(reason)s")
        return readable(words % {"before": item.before, "after": item.after, "reason": item.reason})

    def item_link(self, item: CorrectionLine) -> str:
        """The figure; the list of corrections for a register of events."""
        page = reverse("reports:figure", args=[item.key]) if item.key else reverse("reports:corrections")
        return f"{settings.BASE_URL}{page}"

    def item_guid(self, item: CorrectionLine) -> str:
        """A name that stays."""
        return f"urn:uuid:{item.id}"

    def item_pubdate(self, item: CorrectionLine) -> datetime:
        """When it was published."""
        return item.at


class CorrectionsAtom(CorrectionsFeed):
    """The same as Atom, which calls the description a subtitle."""

    feed_type = Atom1Feed
    subtitle = CorrectionsFeed.description
