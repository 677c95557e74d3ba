"""The first page."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page


class HomePage(Page):
    """What the programme is, who is responsible where, what is new."""

    lead = models.CharField(_("lead sentence"), max_length=300, blank=True)
    template = "portal/home_page.html"
    content_panels = [*Page.content_panels, FieldPanel("lead")]

    class Meta:
        verbose_name = _("home page")
