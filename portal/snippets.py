"""Small things that pages share: topics and the site-wide alert."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from region.models import Town
from region.models.profile import in_language

if TYPE_CHECKING:
    from datetime import datetime

LANGUAGE_ORDER = ("cs", "pl", "en")


class Topic(models.Model):
    """A subject that news, events, guides and materials share; one record for all languages."""

    slug = models.SlugField(_("part of the address"), max_length=60, unique=True)
    name_cs = models.CharField(_("name (Czech)"), max_length=80, blank=True)
    name_pl = models.CharField(_("name (Polish)"), max_length=80, blank=True)
    name_en = models.CharField(_("name (English)"), max_length=80, blank=True)

    panels = [FieldPanel("slug"), FieldRowPanel([FieldPanel("name_cs"), FieldPanel("name_pl"), FieldPanel("name_en")])]

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ("slug",)
        constraints = [
            models.CheckConstraint(condition=~Q(name_cs="", name_pl="", name_en=""), name="topic_has_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Name in the reader's language, else in the first language that has one."""
        return in_language(self, "name")

    def clean(self) -> None:
        """A topic has a name in one language at least."""
        if not self.name:
            raise ValidationError(_("Write the name in one language at least."))


class Severity(models.TextChoices):
    """How serious an alert is; the colour and the order of alerts follow it."""

    DANGER = "danger", pgettext_lazy("severity", "danger")
    WARNING = "warning", pgettext_lazy("severity", "warning")
    INFO = "info", pgettext_lazy("severity", "information")


class AlertQuerySet(models.QuerySet["Alert"]):
    """Reads of alerts."""

    def not_ended(self, moment: datetime) -> Self:
        """Alerts in force at ``moment`` or later, the most serious first, then the newest."""
        rank = Case(*(When(severity=code, then=Value(place)) for place, code in enumerate(Severity)))
        lasting = self.filter(Q(until__isnull=True) | Q(until__gt=moment))
        return lasting.annotate(rank=rank).order_by("rank", "-since", "pk")


class Alert(ClusterableModel):
    """A banner above every page, from–to; for chosen towns it stands only above their pages and the home page."""

    severity = models.CharField(_("severity"), max_length=10, choices=Severity, default=Severity.WARNING)
    title_cs = models.CharField(_("first words (Czech)"), max_length=160, blank=True)
    title_pl = models.CharField(_("first words (Polish)"), max_length=160, blank=True)
    title_en = models.CharField(_("first words (English)"), max_length=160, blank=True)
    text_cs = models.CharField(_("more (Czech)"), max_length=300, blank=True)
    text_pl = models.CharField(_("more (Polish)"), max_length=300, blank=True)
    text_en = models.CharField(_("more (English)"), max_length=300, blank=True)
    link = models.URLField(_("link"), blank=True)
    since = models.DateTimeField(_("shown from"))
    until = models.DateTimeField(_("shown until"), null=True, blank=True)
    towns = ParentalManyToManyField(
        Town,
        verbose_name=_("towns"),
        blank=True,
        related_name="alerts",
        help_text=_("None chosen: shown on every page."),
    )
    is_example = models.BooleanField(
        _("example"), default=False, help_text=_("Invented for a demonstration; pages say so.")
    )

    objects = AlertQuerySet.as_manager()

    panels = [
        FieldPanel("severity"),
        MultiFieldPanel([FieldPanel("title_cs"), FieldPanel("text_cs")], heading=_("In Czech")),
        MultiFieldPanel([FieldPanel("title_pl"), FieldPanel("text_pl")], heading=_("In Polish")),
        MultiFieldPanel([FieldPanel("title_en"), FieldPanel("text_en")], heading=_("In English")),
        FieldPanel("link"),
        FieldRowPanel([FieldPanel("since"), FieldPanel("until")]),
        FieldPanel("towns"),
        FieldPanel("is_example"),
    ]

    class Meta:
        verbose_name = _("alert")
        verbose_name_plural = _("alerts")
        ordering = ("-since",)
        indexes = [models.Index(fields=["since", "until"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="alert_until_after_since"
            ),
            models.CheckConstraint(condition=~Q(title_cs="", title_pl="", title_en=""), name="alert_has_words"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def language(self) -> str:
        """Language the alert is shown in: the reader's, else the first one it is written in."""
        mine = (get_language() or LANGUAGE_ORDER[0])[:2]
        return next((code for code in (mine, *LANGUAGE_ORDER) if getattr(self, f"title_{code}", "")), LANGUAGE_ORDER[0])

    @property
    def title(self) -> str:
        """First words, in bold."""
        words: str = getattr(self, f"title_{self.language}")
        return words

    @property
    def text(self) -> str:
        """The rest, in the language of the first words."""
        words: str = getattr(self, f"text_{self.language}")
        return words

    def clean(self) -> None:
        """An alert says something, and ends after it begins."""
        if not self.title:
            raise ValidationError(_("Write the alert in one language at least."))
        if self.until and self.since and self.until <= self.since:
            raise ValidationError({"until": _("The alert would end before it begins.")})
