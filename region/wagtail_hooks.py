"""The region's registers in the editors' screens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from region.domain.editing import note_removal
from region.forms.told import ToldSettingForm
from region.models import Officer, OfficerAssignment, RegionProfile, SecurityDistrict, Town
from region.views.editing import ToldViewSet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import Model
    from django.http import HttpRequest


class RegisterViewSet(ToldViewSet):
    """A register: Wagtail's list and forms, with the audit trail told of every change."""

    list_per_page = 50


class TownViewSet(RegisterViewSet):
    """Towns of the programme."""

    model = Town
    icon = "home"
    list_display = ["name", "county_part", "status", "member_since", "inhabitants"]
    list_filter = ["status", "kind"]
    search_fields = ["name", "code"]
    panels = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("name"), FieldPanel("slug"), FieldPanel("code")]),
                FieldRowPanel([FieldPanel("kind"), FieldPanel("county_part")]),
                FieldPanel("is_example"),
            ],
            heading=_("Name and kind"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("status"),
                FieldRowPanel([FieldPanel("preparing_since"), FieldPanel("member_since"), FieldPanel("member_until")]),
                FieldPanel("member_since_precision"),
                FieldRowPanel([FieldPanel("accession_document"), FieldPanel("accession_url")]),
            ],
            heading=_("In the programme"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("inhabitants"), FieldPanel("inhabitants_year")]),
                FieldPanel("inhabitants_source"),
            ],
            heading=_("Inhabitants"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("lat"), FieldPanel("lon")]),
                FieldRowPanel([FieldPanel("website"), FieldPanel("data_box")]),
                FieldRowPanel([FieldPanel("phone"), FieldPanel("email")]),
            ],
            heading=_("Place and contacts"),
        ),
        MultiFieldPanel([FieldPanel("summary"), FieldPanel("photo")], heading=_("About the town")),
    ]


class DistrictViewSet(RegisterViewSet):
    """Security districts."""

    model = SecurityDistrict
    icon = "thumbtack"
    list_display = ["code", "name", "town"]
    list_filter = ["town"]
    search_fields = ["name", "code", "streets"]
    panels = [
        FieldPanel("town"),
        FieldRowPanel([FieldPanel("code"), FieldPanel("name")]),
        FieldPanel("streets"),
        FieldPanel("is_example"),
    ]


class OfficerViewSet(RegisterViewSet):
    """People responsible."""

    model = Officer
    icon = "user"
    list_display = ["name", "rank", "organisation", "phone"]
    search_fields = ["name", "organisation", "code"]
    panels = [
        FieldRowPanel([FieldPanel("rank"), FieldPanel("name")]),
        FieldRowPanel([FieldPanel("organisation"), FieldPanel("code")]),
        FieldRowPanel([FieldPanel("phone"), FieldPanel("email")]),
        FieldPanel("office_hours"),
        FieldPanel("photo"),
        FieldPanel("is_example"),
    ]


class AssignmentViewSet(RegisterViewSet):
    """Who answers for what, from when until when."""

    model = OfficerAssignment
    icon = "group"
    list_display = ["officer", "role", "town", "district", "since", "until"]
    list_filter = ["town", "role"]
    search_fields = ["officer__name", "town__name", "district__name"]
    panels = [
        FieldRowPanel([FieldPanel("officer"), FieldPanel("role")]),
        FieldRowPanel([FieldPanel("town"), FieldPanel("district")]),
        FieldRowPanel([FieldPanel("since"), FieldPanel("until")]),
        FieldPanel("substitute"),
    ]


class RegionViewSetGroup(SnippetViewSetGroup):
    """Towns, districts and people under one entry of the menu."""

    items = (TownViewSet, DistrictViewSet, OfficerViewSet, AssignmentViewSet)
    menu_label = _("Region")
    menu_icon = "globe"
    menu_name = "region"
    menu_order = 150


register_snippet(RegionViewSetGroup)

# Settings are saved by Wagtail's own view, which asks the model for the form to use.
RegionProfile.base_form_class = ToldSettingForm


@hooks.register("before_bulk_action")
def note_bulk_removal(request: HttpRequest, action: str, objects: Sequence[Model], view: Any) -> None:
    """Tell the audit trail of every record of a register deleted with others at once, in the deletion's transaction."""
    viewset = getattr(view.model, "snippet_viewset", None)
    if action == "delete" and isinstance(viewset, ToldViewSet):
        for one in objects:
            note_removal(target=one, by=request.user)  # type: ignore[arg-type] # the hook runs for signed-in users only
