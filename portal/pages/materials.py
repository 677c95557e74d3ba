"""Information materials: the text on the page first, the file to print second."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from portal.pages.base import SitePage
from portal.pages.body import BodyPage
from portal.pages.readable import readable
from portal.snippets import Topic
from region.parts import FileItem

if TYPE_CHECKING:
    from django.http import HttpRequest


class MaterialQuerySet(PageQuerySet):
    """Reads of materials."""

    def in_language(self, locale_id: int) -> Self:
        """Materials of one language tree that anybody may read, newest first, with their files."""
        found = readable(self).filter(locale_id=locale_id).order_by("-date", "title")
        return found.defer_streamfields().select_related("document").prefetch_related("topics")


class MaterialPage(BodyPage):
    """One material: what it says (required, in words on the page) and the file."""

    summary = models.TextField(
        _("what it says"), help_text=_("Readable without opening the file: its main points in a few sentences.")
    )
    audience = models.CharField(_("for whom"), max_length=160, blank=True)
    date = models.DateField(_("date of the material"), null=True, blank=True)
    document = models.ForeignKey(
        "wagtaildocs.Document",
        verbose_name=_("file"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    topics = ParentalManyToManyField(Topic, verbose_name=_("topics"), blank=True, related_name="materials")

    objects = PageManager.from_queryset(MaterialQuerySet)()
    template = "portal/material_page.html"
    parent_page_types = ["portal.MaterialIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        *SitePage.content_panels,
        FieldPanel("summary"),
        FieldRowPanel([FieldPanel("audience"), FieldPanel("date")]),
        FieldPanel("document"),
        FieldPanel("body"),
        FieldPanel("topics", widget=forms.CheckboxSelectMultiple),
    ]
    search_fields = [*BodyPage.search_fields, index.SearchField("summary")]
    override_translatable_fields = [SynchronizedField("topics")]

    class Meta:
        verbose_name = _("material")
        verbose_name_plural = _("materials")

    def file_item(self) -> FileItem | None:
        """The file with its type and size, if there is one."""
        if not self.document:
            return None
        document = self.document
        kind = document.file_extension.upper()
        return FileItem(document.title, document.url, kind, document.get_file_size(), self.date, demo=self.is_example)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the file and the topics."""
        context = super().get_context(request, *args, **kwargs)
        item = self.file_item()
        context.update(files=[item] if item else [], topics=list(self.topics.all()))
        return context


class MaterialIndexPage(SitePage):
    """All materials, narrowed by topic."""

    template = "portal/material_index_page.html"
    max_count_per_parent = 1
    parent_page_types = ["portal.HomePage"]
    subpage_types = ["portal.MaterialPage"]

    class Meta:
        verbose_name = _("list of materials")
        verbose_name_plural = _("lists of materials")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the materials and the topics they have."""
        context = super().get_context(request, *args, **kwargs)
        chosen = request.GET.get("topic", "")
        everything = list(MaterialPage.objects.in_language(self.locale_id))
        used = {topic.slug: topic for page in everything for topic in page.topics.all()}
        shown = [page for page in everything if not chosen or chosen in {topic.slug for topic in page.topics.all()}]
        rows = [(page, page.get_url(request), page.file_item()) for page in shown]
        context.update(
            rows=rows, topics=sorted(used.values(), key=str), chosen={"topic": chosen}, active=int(bool(chosen))
        )
        return context
