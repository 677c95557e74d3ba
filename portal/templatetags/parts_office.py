"""Components of the office and of My: the table of a list, cards of work, days as they stand in dense tables."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from portal.templatetags.words import date_words
from region.navigation import Frame, frame_of
from region.numerals import NB, language

if TYPE_CHECKING:
    from region.listing.pages import Head, Row
    from region.work import Waiting

register = template.Library()
Shown = dict[str, object]
# How a day is written where there is little room.
SHORT_DAYS = {"cs": ("j.", "n.", "Y"), "pl": ("j.m.Y",), "en": ("j", "M", "Y")}
# What is longer than that needs places where a line may end: addresses, names of files, sums of digits.
LONG_WORD = re.compile(r"\S{20,}")
PART_OF_LONG_WORD = re.compile(r"[@/_]|(?=\.)|[^\s@/_.-]{20}(?=[^\s@/_.-])")
ZERO_WIDTH_SPACE = "\u200b"


@register.inclusion_tag("components/queue.html")
def queue(heads: Sequence[Head], rows: Sequence[Row], *, caption: str, pick: bool = False) -> Shown:
    """The table of a list: rows with links, states and deadlines; `pick` puts a box to tick before each."""
    return locals()


@register.inclusion_tag("components/work_cards.html")
def work_cards(waiting: Waiting, *, level: int = 2) -> Shown:
    """What waits for somebody, grouped by how soon; says so when nothing does."""
    return locals()


@register.simple_tag(takes_context=True)
def office_frame(context: Mapping[str, Any]) -> Frame | None:
    """Menu and links around a page of the office or of My for the person of the request; nothing for nobody."""
    request = context.get("request")
    return frame_of(request) if request is not None else None


@register.filter
def short_day(value: date | datetime | None) -> str:
    """A day for a dense table: "10. 12. 2025", "10.12.2025", "10 Dec 2025"."""
    return date_words(value, SHORT_DAYS[language()]) if value else ""


@register.filter
def breakable(value: object) -> SafeString:
    """Text in which a line may end inside long words without blanks: after "@", before a point, else anywhere."""
    if isinstance(value, SafeString):
        return value
    marked = LONG_WORD.sub(lambda word: PART_OF_LONG_WORD.sub(rf"\g<0>{ZERO_WIDTH_SPACE}", word[0]), str(value))
    parts = marked.split(ZERO_WIDTH_SPACE)
    return format_html("<wbr>".join("{}" for _part in parts), *parts)


@register.filter
def days_away(days: int | None) -> str:
    """How far a deadline is: "today", "tomorrow", "in 9 days", "3 days late"."""
    if days is None:
        return ""
    if days < 0:
        return _joined(ngettext("%(days)d day late", "%(days)d days late", -days), -days)
    if days == 0:
        return gettext("today")
    if days == 1:
        return gettext("tomorrow")
    return _joined(ngettext("in %(days)d day", "in %(days)d days", days), days)


def _joined(words: str, days: int) -> str:
    return (words % {"days": days}).replace(" ", NB)
