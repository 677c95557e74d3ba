"""One page for each town."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index

from portal.blocks import TEXT_FEATURES
from portal.pages.base import SitePage
from portal.pages.readable import readable
from portal.pages.town_view import town_context
from portal.pages.tree import page_url
from region.clock import today
from region.models import Town

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest


class TownPageQuerySet(PageQuerySet):
    """Reads of town pages."""

    def in_language(self, locale_id: int) -> Self:
        """Town pages of one language tree that anybody may read, by name."""
        return readable(self).filter(locale_id=locale_id).order_by("title")

    def addresses(self, locale_id: int, language: str) -> dict[UUID, str]:
        """Address of every town page of a language that anybody may read, by the town's key. 1 query."""
        rows = readable(self).filter(locale_id=locale_id).values_list("town_id", "url_path")
        return {town: page_url(path, language) for town, path in rows}


class TownPageForm(WagtailAdminPageForm):
    """The town of a page is chosen once: editors of one town must not take over another's place."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and "town" in self.fields:
            self.fields["town"].disabled = True


class TownPage(SitePage):
    """One town: who answers for safety there, its districts, news and events from there."""

    town = models.ForeignKey(Town, verbose_name=_("town"), on_delete=models.PROTECT, related_name="pages")
    introduction = RichTextField(_("introduction"), blank=True, features=TEXT_FEATURES)

    objects = PageManager.from_queryset(TownPageQuerySet)()
    base_form_class = TownPageForm
    template = "portal/town_page.html"
    parent_page_types = ["portal.TownIndexPage"]
    subpage_types = ["portal.NewsPage", "portal.EventPage"]
    content_panels = [*SitePage.content_panels, FieldPanel("town"), FieldPanel("introduction")]
    search_fields = [*SitePage.search_fields, index.SearchField("introduction"), index.FilterField("town")]

    class Meta:
        verbose_name = _("town page")
        verbose_name_plural = _("town pages")

    def clean(self) -> None:
        """A town has one page in each language."""
        super().clean()
        if not self.town_id or not self.locale_id:
            return
        if TownPage.objects.filter(town_id=self.town_id, locale_id=self.locale_id).exclude(pk=self.pk).exists():
            raise ValidationError({"town": _("This town already has a page in this language.")})

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add everything known of the town; what is not known leaves no empty block behind."""
        context = super().get_context(request, *args, **kwargs)
        context.update(town_context(self, on=today(), url=self.absolute_url(request)))
        return context
