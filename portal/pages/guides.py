"""Guides: questions and answers by subject."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.rich_text import get_text_for_indexing
from wagtail.search import index

from portal.blocks import QuestionBlock
from portal.pages.base import SitePage
from portal.pages.body import BodyPage
from portal.pages.readable import readable

if TYPE_CHECKING:
    from django.http import HttpRequest


class GuidePage(BodyPage):
    """One guide: text, then questions with answers."""

    questions = StreamField([("question", QuestionBlock())], verbose_name=_("questions and answers"), blank=True)

    template = "portal/guide_page.html"
    parent_page_types = ["portal.GuideIndexPage", "portal.HomePage"]
    subpage_types: list[str] = []
    content_panels = [*BodyPage.content_panels, FieldPanel("questions")]
    search_fields = [*BodyPage.search_fields, index.SearchField("questions")]

    class Meta:
        verbose_name = _("guide")
        verbose_name_plural = _("guides")

    def machine_facts(self, request: HttpRequest) -> dict[str, Any] | None:
        """Facts of schema.org/FAQPage."""
        if not self.questions:
            return None
        return {
            "@type": "FAQPage",
            "url": self.absolute_url(request),
            "inLanguage": self.language,
            "mainEntity": [
                {
                    "@type": "Question",
                    "name": block.value["question"],
                    "acceptedAnswer": {"@type": "Answer", "text": get_text_for_indexing(block.value["answer"].source)},
                }
                for block in self.questions
            ],
        }


class GuideIndexPage(SitePage):
    """All guides, each with its first questions."""

    template = "portal/guide_index_page.html"
    parent_page_types = ["portal.HomePage"]
    subpage_types = ["portal.GuidePage"]

    class Meta:
        verbose_name = _("list of guides")
        verbose_name_plural = _("lists of guides")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the guides in the order of the tree."""
        context = super().get_context(request, *args, **kwargs)
        guides = readable(GuidePage.objects.child_of(self)).order_by("path")
        context["guides"] = [(guide, guide.get_url(request)) for guide in guides]
        return context
