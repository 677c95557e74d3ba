"""News: a list with filters, and pieces of news."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django import forms
from django.core.paginator import Paginator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from portal.pages.base import SitePage
from portal.pages.body import BodyPage
from portal.snippets import Topic
from region.clock import today
from region.models import Town
from region.parts import NewsItem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest, QueryDict

NEWS_ON_A_PAGE = 10


class AboutTownsForm(WagtailAdminPageForm):
    """Under a town's page, the town is filled in at the start."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parent = getattr(self, "parent_page", None)
        town = getattr(getattr(parent, "specific", None), "town_id", None)
        if town and not self.instance.pk:
            for name, value in (("towns", [town]), ("town", town)):
                if name in self.fields:
                    self.initial[name] = value


class NewsQuerySet(PageQuerySet):
    """Reads of news; every list is newest first."""

    def in_language(self, locale_id: int) -> Self:
        """Published news of one language tree, newest first."""
        return self.live().filter(locale_id=locale_id).order_by("-date", "-pk")

    def about_town(self, town_id: object) -> Self:
        """News that name the town."""
        return self.filter(towns=town_id)

    def for_list(self) -> Self:
        """With the topics, without the body."""
        return self.defer_streamfields().prefetch_related("topics")


class NewsPage(BodyPage):
    """One piece of news."""

    date = models.DateField(_("date"), default=today, db_index=True)
    image = models.ForeignKey(
        "wagtailimages.Image", verbose_name=_("picture"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    image_alt = models.CharField(
        _("description of the picture"), max_length=200, blank=True, help_text=_("For those who do not see it. Empty: the picture is decoration.")
    )
    topics = ParentalManyToManyField(Topic, verbose_name=_("topics"), blank=True, related_name="news")
    towns = ParentalManyToManyField(Town, verbose_name=_("towns"), blank=True, related_name="news")

    objects = PageManager.from_queryset(NewsQuerySet)()
    base_form_class = AboutTownsForm
    template = "portal/news_page.html"
    parent_page_types = ["portal.NewsIndexPage", "portal.TownPage"]
    subpage_types: list[str] = []
    content_panels = [
        *SitePage.content_panels,
        FieldPanel("date"),
        FieldRowPanel([FieldPanel("image"), FieldPanel("image_alt")]),
        FieldPanel("body"),
        MultiFieldPanel(
            [
                FieldPanel("topics", widget=forms.CheckboxSelectMultiple),
                FieldPanel("towns", widget=forms.CheckboxSelectMultiple),
            ],
            heading=_("What it is about"),
            classname="collapsed",
        ),
    ]
    search_fields = [*BodyPage.search_fields, index.FilterField("date")]
    override_translatable_fields = [SynchronizedField("topics"), SynchronizedField("towns")]

    class Meta:
        verbose_name = _("news")
        verbose_name_plural = _("news")
        indexes = [models.Index(fields=["-date"])]

    def as_item(self, request: HttpRequest | None = None) -> NewsItem:
        """Row of a list."""
        topic = ", ".join(topic.name for topic in self.topics.all())
        return NewsItem(self.title, self.get_url(request) or "", self.date, self.lead, topic, self.is_example)

    def machine_facts(self, request: HttpRequest) -> dict[str, Any]:
        """Facts of schema.org/NewsArticle."""
        return {
            "@type": "NewsArticle",
            "headline": self.title,
            "description": self.description,
            "datePublished": self.date.isoformat(),
            "dateModified": (self.last_published_at or self.date).isoformat(),
            "inLanguage": self.language,
            "url": self.absolute_url(request),
        }

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add topics, towns and other news on them."""
        context = super().get_context(request, *args, **kwargs)
        topics, towns = list(self.topics.all()), list(self.towns.all())
        index_url = self.news_index_url(request)
        context.update(topics=topics, towns=towns, index_url=index_url, related=self.related(topics, request))
        return context

    def news_index_url(self, request: HttpRequest) -> str:
        """Address of the list of news in this language, for links that narrow it."""
        page = NewsIndexPage.objects.live().filter(locale_id=self.locale_id).first()
        return (page.get_url(request) or "") if page else ""

    def related(self, topics: list[Topic], request: HttpRequest) -> list[NewsItem]:
        """Up to three other news on the same topics."""
        if not topics:
            return []
        others = NewsPage.objects.in_language(self.locale_id).filter(topics__in=topics).exclude(pk=self.pk).distinct()
        return news_items(others.for_list()[:3], request)


def news_items(pages: Iterable[NewsPage], request: HttpRequest | None) -> list[NewsItem]:
    """Rows of a list of news."""
    return [page.as_item(request) for page in pages]


class NewsIndexPage(SitePage):
    """All news, narrowed by ``topic``, ``town`` and ``year`` in the address."""

    template = "portal/news_index_page.html"
    max_count_per_parent = 1
    parent_page_types = ["portal.HomePage"]
    subpage_types = ["portal.NewsPage"]

    class Meta:
        verbose_name = _("list of news")
        verbose_name_plural = _("lists of news")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the filters and one page of the narrowed list."""
        context = super().get_context(request, *args, **kwargs)
        everything = NewsPage.objects.in_language(self.locale_id)
        page = Paginator(narrowed(everything, request.GET).for_list(), NEWS_ON_A_PAGE).get_page(request.GET.get("page"))
        context.update(
            results=page,
            items=news_items(page.object_list, request),
            topics=list(Topic.objects.all()),
            towns=list(Town.objects.filter(news__live=True, news__locale_id=self.locale_id).only("slug", "name").distinct()),
            years=[found.year for found in everything.order_by().dates("date", "year", order="DESC")],
            chosen={name: request.GET.get(name, "") for name in ("topic", "town", "year")},
            active=sum(bool(request.GET.get(name)) for name in ("topic", "town", "year")),
        )
        return context


def narrowed(news: NewsQuerySet, query: QueryDict) -> NewsQuerySet:
    """News of the chosen topic, town and year; a value that means nothing narrows to nothing."""
    if topic := query.get("topic"):
        news = news.filter(topics__slug=topic)
    if town := query.get("town"):
        news = news.filter(towns__slug=town)
    if year := query.get("year"):
        news = news.filter(date__year=int(year)) if year.isdecimal() and len(year) == 4 else news.none()  # noqa: PLR2004
    return news
