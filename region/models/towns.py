"""Towns (municipalities or city districts) that take part in the programme."""

from __future__ import annotations

import uuid

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from region.enums import DatePrecision, TownKind, TownStatus
from region.models.geometry import Bounded, BoundedQuerySet


class TownQuerySet(BoundedQuerySet["Town"]):
    """Reads of towns by place."""


class Town(Bounded):
    """A member unit of the programme."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(
        _("code in the national register"),
        max_length=12,
        unique=True,
        validators=[RegexValidator(r"^[0-9A-Za-z_.-]+$")],
        help_text=_("RÚIAN code in Czechia, TERYT in Poland. Files are matched by it, never by name."),
    )
    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("part of the address"), max_length=120, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=TownKind, default=TownKind.TOWN)
    county_part = models.CharField(
        _("district of the county"), max_length=120, blank=True, help_text=_("okres, powiat")
    )
    status = models.CharField(_("in the programme"), max_length=20, choices=TownStatus, default=TownStatus.PREPARATION)
    preparing_since = models.DateField(_("in preparation since"), null=True, blank=True)
    member_since = models.DateField(_("member since"), null=True, blank=True)
    member_since_precision = models.CharField(
        _("date known to"), max_length=5, choices=DatePrecision, default=DatePrecision.DAY
    )
    member_until = models.DateField(_("member until"), null=True, blank=True)
    accession_document = models.CharField(_("document of accession"), max_length=300, blank=True)
    accession_url = models.URLField(_("link to the document"), blank=True)
    inhabitants = models.PositiveIntegerField(_("inhabitants"), null=True, blank=True)
    inhabitants_year = models.PositiveSmallIntegerField(
        _("year of the count"), null=True, blank=True, validators=[MinValueValidator(1850), MaxValueValidator(2200)]
    )
    inhabitants_source = models.CharField(_("source of the count"), max_length=200, blank=True)
    lon = models.FloatField(
        _("longitude"), null=True, blank=True, validators=[MinValueValidator(-180), MaxValueValidator(180)]
    )
    lat = models.FloatField(
        _("latitude"), null=True, blank=True, validators=[MinValueValidator(-90), MaxValueValidator(90)]
    )
    website = models.URLField(_("website"), blank=True)
    phone = models.CharField(_("phone of the town hall"), max_length=30, blank=True)
    email = models.EmailField(
        _("e-mail of the town hall"),
        blank=True,
        help_text=_("Messages from the contact form go here; never printed on a page."),
    )
    data_box = models.CharField(_("data box"), max_length=20, blank=True)
    summary = models.TextField(_("short text"), blank=True)
    photo = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("photo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    is_example = models.BooleanField(
        _("example"), default=False, help_text=_("Invented for a demonstration; pages say so.")
    )

    objects = TownQuerySet.as_manager()

    class Meta:
        verbose_name = _("town")
        verbose_name_plural = _("towns")
        ordering = ("name", "code")
        indexes = [models.Index(fields=["min_lon", "max_lon"]), models.Index(fields=["status", "member_since"])]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="member") | Q(member_since__isnull=False), name="town_member_has_since"
            ),
            models.CheckConstraint(
                condition=~Q(status="former") | Q(member_until__isnull=False), name="town_former_has_until"
            ),
            models.CheckConstraint(
                condition=Q(member_until__isnull=True) | Q(member_until__gte=models.F("member_since")),
                name="town_until_after_since",
            ),
            models.CheckConstraint(
                condition=Q(inhabitants__isnull=True) | (Q(inhabitants_year__isnull=False) & ~Q(inhabitants_source="")),
                name="town_inhabitants_have_source",
            ),
            models.CheckConstraint(
                condition=Q(lon__isnull=True, lat__isnull=True) | Q(lon__isnull=False, lat__isnull=False),
                name="town_point_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.name
