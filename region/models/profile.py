"""The region that this installation serves: one record, edited in the Wagtail settings."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting
from wagtail.contrib.settings.registry import register_setting
from wagtail.models import Orderable

from region.enums import Country, Currency, RegionKind
from region.models.fields import LanguagesField
from region.models.geometry import Bounded
from region.validators import (
    validate_brand_colour,
    validate_coordinate_system,
    validate_languages,
    validate_tile_address,
    validate_time_zone,
)


def in_language(record: models.Model, field: str) -> str:
    """Value of ``<field>_<language>``, falling back to Czech, Polish, English: whichever is filled first."""
    for code in (get_language() or "cs", "cs", "pl", "en"):
        value: str = getattr(record, f"{field}_{code[:2]}", "")
        if value:
            return value
    return ""


@register_setting(icon="site", order=1)
class RegionProfile(Bounded, BaseGenericSetting, ClusterableModel):
    """Name, kind, country, words, look and contacts of the region."""

    name_cs = models.CharField(_("name (Czech)"), max_length=120, blank=True)
    name_pl = models.CharField(_("name (Polish)"), max_length=120, blank=True)
    name_en = models.CharField(_("name (English)"), max_length=120, blank=True)
    programme_cs = models.CharField(_("programme (Czech)"), max_length=120, default="bezpečný kraj")
    programme_pl = models.CharField(_("programme (Polish)"), max_length=120, default="bezpieczny region")
    programme_en = models.CharField(_("programme (English)"), max_length=120, default="safe county")
    kind = models.CharField(_("kind"), max_length=10, choices=RegionKind, default=RegionKind.COUNTY)
    country = models.CharField(
        _("country"),
        max_length=2,
        choices=Country,
        default=Country.CZ,
        help_text=_("Decides public holidays, statutory deadlines and which law the legal pages cite."),
    )
    currency = models.CharField(_("currency"), max_length=3, choices=Currency, default=Currency.CZK)
    time_zone = models.CharField(
        _("time zone"), max_length=40, default="Europe/Prague", validators=[validate_time_zone]
    )
    coordinate_system = models.PositiveIntegerField(
        _("national coordinate system (EPSG)"),
        default=5514,
        validators=[validate_coordinate_system],
        help_text=_("Distances are measured in it: 5514 in Czechia, 2180 in Poland."),
    )
    languages = LanguagesField(_("languages shown"), default=list, blank=True, validators=[validate_languages])
    brand_colour = models.CharField(
        _("brand colour"),
        max_length=7,
        default="#14513f",
        validators=[
            RegexValidator(r"^#[0-9a-fA-F]{6}$", _("Write the colour as # and six digits, such as #14513f.")),
            validate_brand_colour,
        ],
    )
    logo = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("logo or coat of arms"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    operator = models.CharField(_("who runs this site"), max_length=200, blank=True)
    address = models.TextField(_("address"), blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    data_protection_contact = models.TextField(_("data-protection officer"), blank=True)
    tile_url = models.CharField(
        _("map tiles"),
        max_length=300,
        blank=True,
        validators=[validate_tile_address],
        help_text=_("Address with {z}, {x} and {y}. Empty: no request leaves this site, maps show our own outlines."),
    )
    tile_attribution = models.CharField(_("attribution of the map tiles"), max_length=300, blank=True)
    boundary_note = models.CharField(_("note under the map"), max_length=300, blank=True)

    # Which form Wagtail edits it with, said where the editors' screens are set up.
    base_form_class: ClassVar[type]

    panels = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("name_cs"), FieldPanel("name_pl"), FieldPanel("name_en")]),
                FieldRowPanel([FieldPanel("programme_cs"), FieldPanel("programme_pl"), FieldPanel("programme_en")]),
                FieldPanel("kind"),
            ],
            heading=_("Name and kind"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("country"),
                FieldPanel("currency"),
                FieldPanel("time_zone"),
                FieldPanel("coordinate_system"),
                FieldPanel("languages"),
            ],
            heading=_("Country and languages"),
        ),
        InlinePanel("emergency_numbers", heading=_("Emergency numbers"), label=_("Emergency number")),
        MultiFieldPanel([FieldPanel("brand_colour"), FieldPanel("logo")], heading=_("Look")),
        MultiFieldPanel(
            [
                FieldPanel("operator"),
                FieldPanel("address"),
                FieldPanel("phone"),
                FieldPanel("email"),
                FieldPanel("data_protection_contact"),
            ],
            heading=_("Contacts"),
        ),
        MultiFieldPanel(
            [FieldPanel("tile_url"), FieldPanel("tile_attribution"), FieldPanel("boundary_note")], heading=_("Map")
        ),
        InlinePanel("social_links", heading=_("Social profiles"), label=_("Social profile")),
    ]

    class Meta:
        verbose_name = _("region profile")
        verbose_name_plural = _("region profile")

    def __str__(self) -> str:
        return self.name or "—"

    @property
    def name(self) -> str:
        """Name in the reader's language."""
        return in_language(self, "name")

    @property
    def programme(self) -> str:
        """Name of the programme in the reader's language."""
        return in_language(self, "programme")


class EmergencyNumber(Orderable):
    """One number to call in danger, in the order in which pages show them."""

    profile = ParentalKey(RegionProfile, on_delete=models.CASCADE, related_name="emergency_numbers")
    number = models.CharField(_("number"), max_length=12, validators=[RegexValidator(r"^\+?[0-9 ]{3,12}$")])
    label_cs = models.CharField(_("label (Czech)"), max_length=60)
    label_pl = models.CharField(_("label (Polish)"), max_length=60)
    label_en = models.CharField(_("label (English)"), max_length=60)

    class Meta(Orderable.Meta):
        verbose_name = _("emergency number")
        verbose_name_plural = _("emergency numbers")

    def __str__(self) -> str:
        return f"{self.number} {self.label}"

    @property
    def label(self) -> str:
        """Who answers, in the reader's language."""
        return in_language(self, "label")


class SocialLink(Orderable):
    """A profile elsewhere: shown as a plain link, never embedded."""

    profile = ParentalKey(RegionProfile, on_delete=models.CASCADE, related_name="social_links")
    label = models.CharField(_("name"), max_length=60)
    url = models.URLField(_("address"))

    class Meta(Orderable.Meta):
        verbose_name = _("social profile")
        verbose_name_plural = _("social profiles")

    def __str__(self) -> str:
        return self.label
