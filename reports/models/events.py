"""Registers of events, their categories, and the rows themselves. No free text is kept of any event."""

from __future__ import annotations

import uuid
from typing import ClassVar, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from region.models import SecurityDistrict, Town
from region.models.profile import in_language
from region.numerals import unit_of_many
from reports.models.camera_points import CameraPoint


class EventCategory(models.Model):
    """What kind of event: the same words for all registers."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.SlugField(_("key"), max_length=60, unique=True, help_text=_("Stands in addresses and files."))
    name_cs = models.CharField(_("name (Czech)"), max_length=120, blank=True)
    name_pl = models.CharField(_("name (Polish)"), max_length=120, blank=True)
    name_en = models.CharField(_("name (English)"), max_length=120, blank=True)
    order = models.PositiveSmallIntegerField(_("place in lists"), default=100)

    class Meta:
        verbose_name = _("category of events")
        verbose_name_plural = _("categories of events")
        ordering = ("order", "key")
        constraints = [
            models.CheckConstraint(condition=~Q(name_cs="", name_pl="", name_en=""), name="event_category_has_name")
        ]

    def __str__(self) -> str:
        return self.name or self.key

    @property
    def name(self) -> str:
        """Name in the reader's language."""
        return in_language(self, "name")


class EventRegisterQuerySet(models.QuerySet["EventRegister"]):
    """Reads by who looks."""

    def published(self) -> Self:
        """Registers whose counts anybody may see."""
        return self.filter(is_published=True)


class EventRegister(models.Model):
    """One source of events, kept by one body in one way. Counts of two registers are never added up."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.SlugField(_("key"), max_length=80, unique=True, help_text=_("Stands in addresses and files."))
    name_cs = models.CharField(_("name (Czech)"), max_length=160, blank=True)
    name_pl = models.CharField(_("name (Polish)"), max_length=160, blank=True)
    name_en = models.CharField(_("name (English)"), max_length=160, blank=True)
    definition_cs = models.TextField(_("what it counts (Czech)"), blank=True)
    definition_pl = models.TextField(_("what it counts (Polish)"), blank=True)
    definition_en = models.TextField(_("what it counts (English)"), blank=True)
    unit_cs = models.CharField(_("what is counted one by one (Czech)"), max_length=80, blank=True)
    unit_pl = models.CharField(_("what is counted one by one (Polish)"), max_length=80, blank=True)
    unit_en = models.CharField(_("what is counted one by one (English)"), max_length=80, blank=True)
    issuer = models.CharField(_("who keeps it"), max_length=200)
    source_url = models.URLField(_("where it is published"), max_length=500, blank=True)
    licence = models.CharField(_("licence"), max_length=120, blank=True)
    # For files that say neither a town nor a point.
    town = models.ForeignKey(
        Town,
        verbose_name=_("town of all its events"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Only when the files do not say where things happened."),
    )
    category = models.ForeignKey(
        EventCategory,
        verbose_name=_("category of all its events"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Only when the files do not say what happened."),
    )
    is_published = models.BooleanField(_("published"), default=False)
    order = models.PositiveSmallIntegerField(_("place in lists"), default=100)
    # Somebody sorted spellings: since then the counts wait to be made anew; how many months are.
    recount_asked_at = models.DateTimeField(null=True, blank=True, editable=False)
    recount_done = models.PositiveIntegerField(default=0, editable=False)

    objects = EventRegisterQuerySet.as_manager()

    # Which form Wagtail edits it with, said where the editors' screens are set up.
    base_form_class: ClassVar[type]

    class Meta:
        verbose_name = _("register of events")
        verbose_name_plural = _("registers of events")
        ordering = ("order", "key")
        constraints = [
            models.CheckConstraint(condition=~Q(name_cs="", name_pl="", name_en=""), name="event_register_has_name")
        ]

    def __str__(self) -> str:
        return self.name or self.key

    @property
    def name(self) -> str:
        """Name in the reader's language."""
        return in_language(self, "name")

    @property
    def definition(self) -> str:
        """What it counts, in the reader's language."""
        return in_language(self, "definition")

    @property
    def unit(self) -> str:
        """What is counted one by one, in the reader's language."""
        return unit_of_many(in_language(self, "unit")) or pgettext("intervention events", "events")


class EventLabel(models.Model):
    """One spelling of what happened, as a register writes it, and the category it means (empty: not yet sorted)."""

    id = models.BigAutoField(primary_key=True)
    register = models.ForeignKey(
        EventRegister, verbose_name=_("register"), on_delete=models.CASCADE, related_name="labels"
    )
    # Small letters, single spaces; what looks like a number plate or a phone number is left out.
    spelling = models.CharField(_("spelling"), max_length=160)
    category = models.ForeignKey(
        EventCategory,
        verbose_name=_("category"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="labels",
    )

    class Meta:
        verbose_name = _("spelling")
        verbose_name_plural = _("spellings")
        ordering = ("spelling",)
        constraints = [models.UniqueConstraint(fields=["register", "spelling"], name="event_spelling_once")]

    def __str__(self) -> str:
        return self.spelling


class InterventionEvent(models.Model):
    """One event: when, what, where. Rows of a month that was exchanged stay until nobody may undo that any more."""

    id = models.BigAutoField(primary_key=True)
    # The month as one file brought it; it says the register too.
    month = models.ForeignKey(
        "reports.EventMonth", verbose_name=_("month"), on_delete=models.CASCADE, related_name="events"
    )
    moment = models.DateTimeField(_("when"))
    label = models.ForeignKey(
        EventLabel,
        verbose_name=_("spelling"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="events",
        db_index=False,
    )
    town = models.ForeignKey(
        Town,
        verbose_name=_("town"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    district = models.ForeignKey(
        SecurityDistrict,
        verbose_name=_("district"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    lon = models.FloatField(
        _("longitude"), null=True, blank=True, validators=[MinValueValidator(-180), MaxValueValidator(180)]
    )
    lat = models.FloatField(
        _("latitude"), null=True, blank=True, validators=[MinValueValidator(-90), MaxValueValidator(90)]
    )
    camera_point = models.ForeignKey(
        CameraPoint,
        verbose_name=_("camera point"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    # As the register numbers it; registers repeat numbers within and between files.
    key = models.CharField(_("number in the register"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")

    def __str__(self) -> str:
        return f"{self.moment:%Y-%m-%d %H:%M}"
