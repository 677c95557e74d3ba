"""What all pages of the site share: a lead sentence, the way here, facts for search engines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page, PageViewRestriction
from wagtail.search import index

from portal.pages.readable import restricted_paths
from portal.pages.tree import TOP_DEPTH, TopPage, home_url, page_url, top_pages
from region.parts import Link

if TYPE_CHECKING:
    from django.http import HttpRequest


class SitePage(Page):
    """A page of the site. Abstract: every kind is stored by itself on Wagtail's own Page."""

    heading = models.CharField(
        _("heading"),
        max_length=160,
        blank=True,
        help_text=_("Longer words for the top of the page. Empty: the title, which also stands in the menu."),
    )
    lead = models.CharField(
        _("lead sentence"),
        max_length=400,
        blank=True,
        help_text=_("One sentence under the heading: what the reader finds here."),
    )
    is_example = models.BooleanField(
        _("example"), default=False, help_text=_("Invented for a demonstration; pages say so.")
    )

    content_panels = [*Page.content_panels, FieldPanel("heading"), FieldPanel("lead")]
    settings_panels = [FieldPanel("is_example"), *Page.settings_panels]
    search_fields = [*Page.search_fields, index.SearchField("heading"), index.SearchField("lead")]

    class Meta:
        abstract = True

    @property
    def top(self) -> str:
        """The words at the top of the page."""
        return self.heading or self.title

    @property
    def description(self) -> str:
        """What search engines and messengers say of the page."""
        return self.search_description or self.lead

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the way here and the facts for search engines."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["trail"] = self.trail(request)
        context["facts_for_machines"] = self.machine_facts(request)
        context["card_image_url"] = self.card_image_url()
        return context

    @cached_property
    def top_pages(self) -> tuple[TopPage, ...]:
        """Pages directly under the home page of this language; the menu reads them too."""
        return top_pages(self.language)

    def top_url(self, kind: str) -> str:
        """Address of the first page of a kind under the home page (``newsindexpage``); empty when there is none."""
        return next((top.url for top in self.top_pages if top.kind == kind), "")

    def trail(self, request: HttpRequest) -> list[Link]:
        """Links from the home page to this page, itself last. No query for pages up to two levels below home."""
        home = Link(str(_("Home")), home_url(self.language))
        return [home, *self.links_above(), Link(self.title)]

    def links_above(self) -> list[Link]:
        """Pages between the home page and this one."""
        if self.depth == TOP_DEPTH:
            return []
        if self.depth == TOP_DEPTH + 1:
            return [Link(top.title, top.url) for top in self.top_pages if self.url_path.startswith(top.url_path)]
        above = self.get_ancestors().filter(depth__gte=TOP_DEPTH).order_by("depth").values_list("title", "url_path")
        return [Link(title, page_url(path, self.language)) for title, path in above]

    @property
    def language(self) -> str:
        """Two-letter code of the page's language."""
        return self.locale.language_code

    def get_view_restrictions(self) -> Any:
        """Wagtail's answer, without walking up the tree while no page of the site is restricted."""
        if not restricted_paths():
            return PageViewRestriction.objects.none()
        return super().get_view_restrictions()

    def machine_facts(self, request: HttpRequest) -> dict[str, Any] | None:
        """Facts for search engines in the words of schema.org; None for pages that have none."""
        return None

    def card_image_url(self) -> str:
        """Absolute address of the picture for messengers, empty without one."""
        return ""

    def absolute_url(self, request: HttpRequest | None = None) -> str:
        """Address with the scheme and host under which the site is known to the public."""
        return f"{settings.BASE_URL}{self.get_url(request) or '/'}"
