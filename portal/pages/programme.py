"""The programme: what it is, and its milestones."""

from __future__ import annotations

from calendar import monthrange
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from portal.blocks import MilestoneBlock
from portal.pages.body import BodyPage
from portal.pages.readable import readable
from portal.templatetags.words import dated
from region.clock import today
from region.enums import DatePrecision
from region.parts import Milestone

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpRequest


class ProgrammePage(BodyPage):
    """What the programme is for, how it works, and what happened when."""

    milestones = StreamField([("milestone", MilestoneBlock())], verbose_name=_("milestones"), blank=True)

    template = "portal/programme_page.html"
    parent_page_types = ["portal.HomePage"]
    subpage_types = ["portal.StandardPage"]
    content_panels = [*BodyPage.content_panels, FieldPanel("milestones")]

    class Meta:
        verbose_name = _("programme page")
        verbose_name_plural = _("programme pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the milestones in the order of time and the pages below."""
        context = super().get_context(request, *args, **kwargs)
        rows = sorted((block.value for block in self.milestones), key=last_day)
        sources = {row["source"] for row in rows}
        common = sources.pop() if len(sources) == 1 else ""
        context["milestones"] = [milestone(row, today(), common) for row in rows]
        context["milestones_source"] = common
        context["below"] = list(readable(self.get_children()).specific())
        return context


def last_day(value: Any) -> date:
    """Last day of the time in which it happened: what is known to the year only comes after the days of that year."""
    day: date = value["date"]
    if value["precision"] == DatePrecision.YEAR:
        return day.replace(month=12, day=31)
    if value["precision"] == DatePrecision.MONTH:
        return day.replace(day=monthrange(day.year, day.month)[1])
    return day


def milestone(value: Any, on: date, common_source: str) -> Milestone:
    """A step of the timeline; what lies after the day ``on`` is planned. A source common to all is not repeated."""
    source = "" if value["source"] == common_source else value["source"]
    text = " ".join(part for part in (value["text"], source_words(source)) if part)
    when = dated(value["date"], value["precision"])
    return Milestone(when, value["heading"], text, "next" if value["date"] > on else "done")


def source_words(source: str) -> str:
    """Where a fact comes from, in brackets; empty when it is not said."""
    return gettext("(Source: %(source)s)") % {"source": source} if source else ""
