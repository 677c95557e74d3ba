"""News: a list with filters, and pieces of news."""

from __future__ import annotations

import re
from datetime import MINYEAR
from typing import TYPE_CHECKING, Any, Self

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.db import models
from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from portal.pages.base import SitePage
from portal.pages.body import BodyPage
from portal.pages.readable import readable
from portal.pages.tree import page_url
from portal.snippets import Topic
from region.clock import today
from region.models import Town
from region.parts import Link, NewsItem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest, QueryDict

NEWS_ON_A_PAGE = 10
FILTERS = ("topic", "town", "year")


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
        """News of one language tree that anybody may read, newest first."""
        return readable(self).filter(locale_id=locale_id).order_by("-date", "-pk")

    def about_town(self, town_id: object) -> Self:
        """News that name the town."""
        return self.filter(towns=town_id)

    def items(self, language: str) -> list[NewsItem]:
        """Rows of a list, without topics. 1 query, of the few columns that a row shows."""
        rows = self.values_list("title", "url_path", "date", "lead", "is_example")
        return [
            NewsItem(title, page_url(path, language), day, lead, demo=is_example)
            for title, path, day, lead, is_example in rows
        ]


class NewsPage(BodyPage):
    """One piece of news."""

    date = models.DateField(_("date"), default=today, db_index=True)
    image = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    image_alt = models.CharField(
        _("description of the picture"),
        max_length=200,
        blank=True,
        help_text=_("For those who do not see it. Empty: the picture is decoration."),
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
        topics = list(self.topics.all())
        context.update(
            topics=topics,
            towns=town_links([town.pk for town in self.towns.all()], self),
            index_url=self.top_url("newsindexpage"),
            related=self.related(topics),
            card_kind="article",
        )
        return context

    def card_image_url(self) -> str:
        """The news' own picture."""
        return f"{settings.BASE_URL}{self.image.get_rendition('fill-1200x630').url}" if self.image else ""

    def related(self, topics: list[Topic]) -> list[NewsItem]:
        """Up to three other news on the same topics."""
        if not topics:
            return []
        on_them = NewsPage.topics.through.objects.filter(topic__in=topics).values("newspage_id")
        others = NewsPage.objects.in_language(self.locale_id).filter(pk__in=on_them).exclude(pk=self.pk)
        return others[:3].items(self.language)


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
        page = Paginator(narrowed(everything, request.GET), NEWS_ON_A_PAGE).get_page(request.GET.get("page"))
        shown: Any = page.object_list
        context.update(
            results=page,
            items=shown.items(self.language),
            topics=list(Topic.objects.all()),
            towns=list(Town.objects.filter(news__in=everything.order_by()).only("slug", "name").distinct()),
            years=[found.year for found in everything.order_by().dates("date", "year", order="DESC")],
            chosen={name: request.GET.get(name, "") for name in FILTERS},
            active=sum(bool(request.GET.get(name)) for name in FILTERS),
            feeds=news_feeds(request.GET),
        )
        return context


def narrowed(news: NewsQuerySet, query: QueryDict) -> NewsQuerySet:
    """News of the chosen topic, town and year; a value that means nothing narrows to nothing."""
    for name, lookup in (("topic", "topics__slug"), ("town", "towns__slug")):
        if value := query.get(name):
            news = news.filter(**{lookup: value}) if is_slug(value) else news.none()
    if year := query.get("year"):
        news = news.filter(date__year=int(year)) if is_year(year) else news.none()
    return news


def is_year(value: str) -> bool:
    """Whether the text is a year that a date may have, 0001 to 9999."""
    return bool(re.fullmatch(r"[0-9]{4}", value)) and int(value) >= MINYEAR


def news_feeds(query: Mapping[str, str]) -> list[Link]:
    """Feeds of what is being shown: of the chosen town or topic, and of everything."""
    found = [
        Link(gettext("All news (RSS)"), reverse("portal:news-feed")),
        Link(gettext("All news (Atom)"), reverse("portal:news-atom")),
    ]
    slugs = {"town": query.get("town", ""), "topic": query.get("topic", "")}
    words = {"town": gettext("News of this town (RSS)"), "topic": gettext("News on this topic (RSS)")}
    chosen = [
        Link(words[name], reverse(f"portal:{name}-news-feed", args=(slug,)))
        for name, slug in slugs.items()
        if is_slug(slug)
    ]
    return chosen + found


def is_slug(value: str) -> bool:
    """Whether the text may be a part of an address."""
    return bool(re.fullmatch(r"[-a-zA-Z0-9_]+", value))


def town_links(keys: list[Any], page: SitePage) -> list[Link]:
    """Towns by name, each with its page in the language of ``page``, else with its people. 1 query."""
    if not keys:
        return []
    here = readable(Page.objects.filter(townpage__town=OuterRef("pk"), locale_id=page.locale_id))
    path = Subquery(here.values("url_path")[:1])
    rows = Town.objects.filter(pk__in=keys).annotate(path=path).order_by("name", "code")
    return [
        Link(name, page_url(path, page.language) if path else reverse("region:town", args=(slug,)))
        for name, slug, path in rows.values_list("name", "slug", "path")
    ]
