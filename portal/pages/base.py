"""What all pages of the site share: a lead sentence, the way here, facts for search engines, quick routing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail.search import index

from region.parts import Link

if TYPE_CHECKING:
    from django.http import HttpRequest


class SitePage(Page):
    """A page of the site. Abstract: every kind is stored by itself on Wagtail's own Page."""

    lead = models.CharField(
        _("lead sentence"), max_length=400, blank=True, help_text=_("One sentence under the heading: what the reader finds here.")
    )
    is_example = models.BooleanField(_("example"), default=False, help_text=_("Invented for a demonstration; pages say so."))

    content_panels = [*Page.content_panels, FieldPanel("lead")]
    settings_panels = [FieldPanel("is_example"), *Page.settings_panels]
    search_fields = [*Page.search_fields, index.SearchField("lead")]

    class Meta:
        abstract = True

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

    def trail(self, request: HttpRequest) -> list[Link]:
        """Links from the home page to this page, itself last."""
        above = list(self.get_ancestors().filter(depth__gt=2).order_by("depth")) if self.depth > 3 else []  # noqa: PLR2004
        return [self.home_link(), *(Link(page.title, page.get_url(request) or "") for page in above), Link(self.title)]

    def home_link(self) -> Link:
        """The home page in this language."""
        return Link(str(_("Home")), f"/{self.language}/")

    @property
    def language(self) -> str:
        """Two-letter code of the page's language."""
        return self.locale.language_code

    def machine_facts(self, request: HttpRequest) -> dict[str, Any] | None:  # noqa: ARG002 - kinds of pages need it
        """Facts for search engines in the words of schema.org; None for pages that have none."""
        return None

    def card_image_url(self) -> str:
        """Absolute address of the picture for messengers, empty without one."""
        return ""

    def absolute_url(self, request: HttpRequest | None = None) -> str:
        """Address with the scheme and host under which the site is known to the public."""
        return f"{settings.BASE_URL}{self.get_url(request) or '/'}"


class QuickRoute:
    """Routing from the home page: one look-up of the whole path instead of two for each part of it."""

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """Find the page by its whole path; leave the rest to Wagtail where a page routes its own sub-addresses."""
        if not path_components:
            return super().route(request, path_components)  # type: ignore[misc] # mixed into Page
        paths = [f"{self.url_path}{'/'.join(path_components[:n])}/" for n in range(1, len(path_components) + 1)]  # type: ignore[attr-defined]
        page = Page.objects.filter(url_path__in=paths).select_related("locale").order_by("-depth").first()
        if page is None:
            raise Http404
        rest = path_components[paths.index(page.url_path) + 1 :]
        specific = page.specific
        specific.locale = page.locale
        return specific.route(request, rest)
