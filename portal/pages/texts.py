"""Pages of text: any subject, contacts, accessibility, privacy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from portal.pages.base import SitePage
from portal.pages.body import BodyPage
from portal.pages.readable import readable
from portal.templatetags.words import day, phone, tel
from region.parts import Fact

if TYPE_CHECKING:
    from django.http import HttpRequest


class StandardPage(BodyPage):
    """Text on any subject; its own pages below are listed at the end."""

    template = "portal/standard_page.html"
    parent_page_types = ["portal.HomePage", "portal.StandardPage", "portal.ProgrammePage"]
    subpage_types = ["portal.StandardPage"]

    class Meta:
        verbose_name = _("page of text")
        verbose_name_plural = _("pages of text")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the pages below."""
        context = super().get_context(request, *args, **kwargs)
        context["below"] = list(readable(self.get_children()).specific()) if self.numchild else []
        return context


class ContactPage(BodyPage):
    """Whom to turn to in the office that runs the programme; address and phone come from the region's profile."""

    template = "portal/contact_page.html"
    max_count_per_parent = 1
    parent_page_types = ["portal.HomePage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("contacts")
        verbose_name_plural = _("contacts")


class Conformance(models.TextChoices):
    """How far the site meets the accessibility standard."""

    FULL = "full", pgettext_lazy("accessibility", "fully meets the standard")
    PARTIAL = "partial", pgettext_lazy("accessibility", "partly meets the standard")
    NONE = "none", pgettext_lazy("accessibility", "does not meet the standard")


class AccessibilityStatementPage(BodyPage):
    """The statement that the law asks for: how far the site is accessible, who tested it when, whom to write to."""

    conformance = models.CharField(_("state"), max_length=10, choices=Conformance, default=Conformance.PARTIAL)
    tested_on = models.DateField(_("tested on"), null=True, blank=True)
    tested_by = models.CharField(
        _("tested by"), max_length=200, blank=True, help_text=_("Own check, or the name of an independent body.")
    )
    reviewed_on = models.DateField(_("statement reviewed on"), null=True, blank=True)
    contact_name = models.CharField(_("whom to write to"), max_length=160, blank=True)
    contact_email = models.EmailField(_("e-mail"), blank=True)
    contact_phone = models.CharField(_("phone"), max_length=30, blank=True)

    template = "portal/accessibility_page.html"
    max_count_per_parent = 1
    parent_page_types = ["portal.HomePage"]
    subpage_types: list[str] = []
    content_panels = [
        *SitePage.content_panels,
        FieldPanel("conformance"),
        FieldRowPanel([FieldPanel("tested_on"), FieldPanel("tested_by"), FieldPanel("reviewed_on")]),
        MultiFieldPanel(
            [FieldPanel("contact_name"), FieldRowPanel([FieldPanel("contact_email"), FieldPanel("contact_phone")])],
            heading=_("Contact"),
        ),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("accessibility statement")
        verbose_name_plural = _("accessibility statements")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the state, the days and the contact as a line of facts."""
        context = super().get_context(request, *args, **kwargs)
        facts = [
            Fact(gettext("State"), self.get_conformance_display()),
            Fact(gettext("Tested on"), day(self.tested_on)),
            Fact(gettext("Tested by"), self.tested_by),
            Fact(gettext("Statement reviewed on"), day(self.reviewed_on)),
            Fact(gettext("Whom to write to"), self.contact_name),
            Fact(gettext("E-mail"), self.contact_email, f"mailto:{self.contact_email}"),
            Fact(gettext("Telephone"), phone(self.contact_phone), tel(self.contact_phone)),
        ]
        context["facts"] = [fact for fact in facts if fact.value]
        return context


class PrivacyPage(BodyPage):
    """What personal data the site handles; the data-protection officer comes from the region's profile."""

    reviewed_on = models.DateField(_("reviewed on"), null=True, blank=True)

    template = "portal/privacy_page.html"
    max_count_per_parent = 1
    parent_page_types = ["portal.HomePage"]
    subpage_types: list[str] = []
    content_panels = [*SitePage.content_panels, FieldPanel("reviewed_on"), FieldPanel("body")]

    class Meta:
        verbose_name = _("privacy page")
        verbose_name_plural = _("privacy pages")
