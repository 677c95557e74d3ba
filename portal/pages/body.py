"""A page with a body of blocks and links to its sections."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from portal.blocks import body_blocks, outline
from portal.pages.base import SitePage

if TYPE_CHECKING:
    from django.http import HttpRequest

    from region.parts import Link

# A page with fewer sections is seen at a glance and needs no list of them.
FEWEST_SECTIONS = 3


class BodyPage(SitePage):
    """A page of running text."""

    body = StreamField(body_blocks(), verbose_name=_("text"), blank=True)

    content_panels = [*SitePage.content_panels, FieldPanel("body")]
    search_fields = [*SitePage.search_fields, index.SearchField("body")]

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add links to the sections of a long page."""
        context = super().get_context(request, *args, **kwargs)
        context["on_this_page"] = self.sections()
        return context

    def sections(self) -> list[Link]:
        """Sections of the body, none when there are fewer than three."""
        links = outline(self.body)
        return links if len(links) >= FEWEST_SECTIONS else []
