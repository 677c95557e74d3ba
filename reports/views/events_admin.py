"""Registers of events and their categories in the editors' screens; rows come by import, spellings in the office."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from region.views.editing import UnchosenViewSet
from reports.forms.events_admin import EventRegisterForm
from reports.models import EventCategory, EventRegister


def _three(name: str) -> list[FieldPanel]:
    return [FieldPanel(f"{name}_{language}") for language in ("cs", "pl", "en")]


EventRegister.base_form_class = EventRegisterForm


class EventRegisterViewSet(UnchosenViewSet):
    """Registers of events."""

    model = EventRegister
    icon = "list-ul"
    list_display = ["name", "key", "issuer", "is_published"]
    list_filter = ["is_published"]
    search_fields = ["key", "name_cs", "name_pl", "name_en", "issuer"]
    panels = [
        MultiFieldPanel(
            [
                FieldRowPanel(_three("name")),
                *_three("definition"),
                FieldRowPanel(_three("unit")),
                FieldRowPanel([FieldPanel("key"), FieldPanel("order"), FieldPanel("is_published")]),
            ],
            heading=_("What it counts"),
        ),
        MultiFieldPanel(
            [FieldPanel("issuer"), FieldRowPanel([FieldPanel("source_url"), FieldPanel("licence")])],
            heading=_("Source"),
        ),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("town"), FieldPanel("category")])], heading=_("What files leave out")
        ),
    ]


class EventCategoryViewSet(UnchosenViewSet):
    """Categories of events."""

    model = EventCategory
    icon = "tag"
    list_display = ["name", "key", "order"]
    search_fields = ["key", "name_cs", "name_pl", "name_en"]
    panels = [FieldRowPanel(_three("name")), FieldRowPanel([FieldPanel("key"), FieldPanel("order")])]


class EventViewSetGroup(SnippetViewSetGroup):
    """Both under one entry of the menu."""

    items = (EventRegisterViewSet, EventCategoryViewSet)
    menu_label = pgettext_lazy("intervention events", "Events")
    menu_icon = "list-ul"
    menu_order = 320
