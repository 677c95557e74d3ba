"""The first page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField

from portal.blocks import KeyFigureBlock
from portal.pages.base import QuickRoute, SitePage

if TYPE_CHECKING:
    from django.http import HttpRequest


class HomePage(QuickRoute, SitePage):
    """What the programme is, who is responsible where, what is new."""

    figures = StreamField([("figure", KeyFigureBlock())], verbose_name=_("key figures"), blank=True, max_num=4)
    figures_source = models.CharField(_("common source of the figures"), max_length=300, blank=True)
    figures_on = models.CharField(_("figures as of"), max_length=60, blank=True, help_text=_("A date in words, such as 2012."))

    template = "portal/home_page.html"
    parent_page_types = ["wagtailcore.Page"]
    content_panels = [
        *SitePage.content_panels,
        MultiFieldPanel(
            [FieldPanel("figures"), FieldPanel("figures_source"), FieldPanel("figures_on")], heading=_("The programme in figures")
        ),
    ]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def trail(self, request: HttpRequest) -> list[Any]:  # noqa: ARG002 - as the parent has it
        """The home page stands at the beginning of every way."""
        return []
