"""The first page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField

from portal.blocks import KeyFigureBlock
from portal.pages.base import SitePage
from portal.pages.events import EventPage
from portal.pages.news import NewsPage
from portal.pages.town_lists import overview
from region.clock import now, today
from region.parts import KeyFigure
from region.queries.profile import current_profile

if TYPE_CHECKING:
    from django.http import HttpRequest

SHOWN = 3


def key_figure(value: Any) -> KeyFigure:
    """A figure of the home page for the component."""
    return KeyFigure(value["value"], value["label"], value["unit"], value["note"], value["source"], value["is_example"])


class HomePage(SitePage):
    """What the programme is, who is responsible where, what is new."""

    figures = StreamField([("figure", KeyFigureBlock())], verbose_name=_("key figures"), blank=True, max_num=4)
    figures_source = models.CharField(_("common source of the figures"), max_length=300, blank=True)
    figures_on = models.CharField(
        _("figures as of"), max_length=60, blank=True, help_text=_("A date in words, such as 2012.")
    )

    template = "portal/home_page.html"
    parent_page_types = ["wagtailcore.Page"]
    content_panels = [
        *SitePage.content_panels,
        MultiFieldPanel(
            [FieldPanel("figures"), FieldPanel("figures_source"), FieldPanel("figures_on")],
            heading=_("The programme in figures"),
        ),
    ]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the figures, the map and list of towns, the latest news and the next events."""
        context = super().get_context(request, *args, **kwargs)
        news = NewsPage.objects.in_language(self.locale_id)[:SHOWN]
        events = EventPage.objects.in_language(self.locale_id).coming(now())[:SHOWN]
        context.update(
            towns=overview(self.locale_id, self.language, today()),
            key_figures=[key_figure(block.value) for block in self.figures],
            news=news.items(self.language),
            events=events.items(self.language),
            index_urls={top.kind: top.url for top in self.top_pages},
        )
        return context

    def machine_facts(self, request: HttpRequest) -> dict[str, Any]:
        """Facts of schema.org/GovernmentOrganization."""
        profile = current_profile()
        contact = {"telephone": profile.phone, "email": profile.email, "address": profile.address}
        return {
            "@type": "GovernmentOrganization",
            "name": profile.operator or profile.name,
            "alternateName": profile.programme,
            "url": self.absolute_url(request),
            **{name: value for name, value in contact.items() if value},
            **({"sameAs": links} if (links := [link.url for link in profile.social_links.all()]) else {}),
        }

    def trail(self, request: HttpRequest) -> list[Any]:
        """The home page stands at the beginning of every way."""
        return []
