"""The camera register in the editors' screens: plain facts that no stage and no date of a device hangs on.

Points, stages and devices at points are kept in the office, where each act checks what it may do.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib.admin.utils import quote
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from region.forms.seen import SeenForm
from region.queries.profile import current_profile
from region.views.editing import ToldCreateView, ToldEditView, UnchosenViewSet
from reports.forms.cameras_admin import AssessmentForm, CostForm
from reports.models import (
    CameraSystem,
    Consultation,
    Cost,
    Device,
    Dpia,
    ExternalCameraSet,
    LegalBasis,
    Sensor,
    SystemOperator,
    Workstation,
)


def editors_url(model: Any, view: str = "list", key: Any = None, **asked: Any) -> str:
    """Address of a screen of a register; ``asked``: what it is narrowed to or filled with, ``next`` where it leads."""
    url = reverse(model.snippet_viewset.get_url_name(view), args=[quote(str(key))] if key else [])
    known = {name: value for name, value in asked.items() if value}
    return f"{url}?{urlencode(known)}" if known else url


class _LeadsBack:
    """A form that leads back to where it was opened from, such as a checklist in the office."""

    request: Any

    def _kept(self, url: str) -> str:
        there = get_valid_next_url_from_request(self.request)
        return f"{url}?{urlencode({'next': there})}" if there else url

    def get_success_url(self) -> str:
        """Where the form was opened from, or the list."""
        listed: Any = super()
        return get_valid_next_url_from_request(self.request) or str(listed.get_success_url())


class CameraCreateView(_LeadsBack, ToldCreateView):
    """A new record, of the system that the address names and in the region's country."""

    def get_add_url(self) -> str:
        """The form's own address."""
        return self._kept(super().get_add_url())

    def get_initial_form_instance(self) -> Any:
        """What is known already."""
        row = self.model()
        columns = {field.name for field in self.model._meta.concrete_fields}
        if "system" in columns:
            row.system_id = _asked_system(self.request)
        if "device" in columns and _is_key(device := self.request.GET.get("device", "")):
            row.device_id = device
        if "country" in columns:
            row.country = current_profile().country
        return row


def _asked_system(request: Any) -> UUID | None:
    """The system that an address names, or the only one there is."""
    known = list(CameraSystem.objects.values_list("pk", flat=True)[:2])
    asked = request.GET.get("system", "")
    found = CameraSystem.objects.filter(pk=asked).values_list("pk", flat=True).first() if _is_key(asked) else None
    return found or (known[0] if len(known) == 1 else None)


def _is_key(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


class CameraEditView(_LeadsBack, ToldEditView):
    """A record."""

    def get_edit_url(self) -> str:
        """The form's own address."""
        return self._kept(super().get_edit_url())


class CameraRegisterViewSet(UnchosenViewSet):
    """A register of cameras. Two who write at once do not undo each other's changes unseen."""

    list_per_page = 50
    add_view_class = CameraCreateView
    edit_view_class = CameraEditView
    base_form: type[SeenForm] = SeenForm

    def get_edit_handler(self) -> Any:
        """The panels, in a form that knows what the record held when it was opened."""
        return ObjectList(self.panels, base_form_class=self.base_form).bind_to_model(self.model)


def _three(name: str) -> list[FieldPanel]:
    return [FieldPanel(f"{name}_{language}") for language in ("cs", "pl", "en")]


_SLUG = _("Small letters without accents, digits and hyphens, such as plzen-mks.")
_PUBLISHED = _("Public pages show the system; its points are published one by one.")


class SystemViewSet(CameraRegisterViewSet):
    """Camera systems."""

    model = CameraSystem
    icon = "view"
    list_display = ["name", "town", "controller", "retention_days", "is_published"]
    list_filter = ["country", "town", "is_published"]
    search_fields = ["name_cs", "name_pl", "name_en", "controller"]
    panels = [
        MultiFieldPanel(
            [
                FieldRowPanel(_three("name")),
                FieldRowPanel([FieldPanel("slug", help_text=_SLUG), FieldPanel("country"), FieldPanel("town")]),
                *_three("note"),
                FieldRowPanel([FieldPanel("is_published", help_text=_PUBLISHED), FieldPanel("is_example")]),
            ],
            heading=_("Name and place"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("controller"), FieldPanel("controller_contact")]),
                FieldRowPanel([FieldPanel("dpo_office"), FieldPanel("dpo_contact")]),
                FieldPanel("processor"),
            ],
            heading=_("Who is responsible"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("retention_days"), FieldPanel("has_evidence_hold")]),
                FieldPanel("audio_note"),
                FieldRowPanel([FieldPanel("leaves_eea"), FieldPanel("automated_decisions")]),
                FieldRowPanel([FieldPanel("notice_url"), FieldPanel("code_of_practice_url")]),
            ],
            heading=_("What the law asks"),
        ),
        MultiFieldPanel(
            [FieldPanel("network_note"), FieldPanel("same_body_may_approve")], heading=_("Never published")
        ),
    ]


class OperatorViewSet(CameraRegisterViewSet):
    """Who runs a system, from when until when."""

    model = SystemOperator
    icon = "group"
    list_display = ["name", "system", "since", "until"]
    list_filter = ["system"]
    panels = [
        FieldRowPanel([FieldPanel("system"), FieldPanel("name")]),
        FieldRowPanel([FieldPanel("since"), FieldPanel("until")]),
        FieldPanel("source"),
    ]


class WorkstationViewSet(CameraRegisterViewSet):
    """Where pictures are watched."""

    model = Workstation
    icon = "desktop"
    list_display = ["organisation", "system", "since", "until"]
    list_filter = ["system"]
    panels = [
        FieldRowPanel([FieldPanel("system"), FieldPanel("organisation")]),
        FieldRowPanel([FieldPanel("since"), FieldPanel("until")]),
        FieldRowPanel([FieldPanel("place"), FieldPanel("staffing")]),
    ]


class LegalBasisViewSet(CameraRegisterViewSet):
    """Purposes and articles."""

    model = LegalBasis
    icon = "doc-full"
    list_display = ["article", "system", "point", "since", "until"]
    list_filter = ["system", "regime"]
    panels = [
        FieldPanel("system"),
        FieldPanel("point"),
        FieldPanel("regime"),
        FieldRowPanel([FieldPanel("article"), FieldPanel("national_act")]),
        *_three("purpose"),
        *_three("necessity"),
        *_three("milder_means"),
        FieldRowPanel([FieldPanel("since"), FieldPanel("until")]),
    ]


class DpiaViewSet(CameraRegisterViewSet):
    """Impact assessments."""

    model = Dpia
    base_form = AssessmentForm
    icon = "doc-full-inverse"
    list_display = ["system", "done_on", "outcome", "next_review"]
    list_filter = ["system", "outcome"]
    panels = [
        FieldPanel("system"),
        FieldRowPanel([FieldPanel("done_on"), FieldPanel("outcome"), FieldPanel("next_review")]),
        *_three("summary"),
        FieldPanel("document_url"),
        FieldPanel("officer_opinion"),
    ]


class ConsultationViewSet(CameraRegisterViewSet):
    """Consultations about whole systems, and mending of those about points."""

    model = Consultation
    icon = "comment"
    list_display = ["system", "point", "body", "opinion", "answered_on"]
    list_filter = ["system", "body", "opinion"]
    panels = [
        FieldPanel("system"),
        FieldPanel("point"),
        FieldRowPanel([FieldPanel("body"), FieldPanel("body_name")]),
        FieldRowPanel([FieldPanel("asked_on"), FieldPanel("answered_on"), FieldPanel("opinion")]),
        FieldPanel("text"),
        FieldRowPanel([FieldPanel("document"), FieldPanel("document_url")]),
    ]


class CostViewSet(CameraRegisterViewSet):
    """Costs."""

    model = Cost
    base_form = CostForm
    icon = "tag"
    list_display = ["kind", "system", "amount", "currency", "tax", "period", "per"]
    list_filter = ["system", "kind", "period"]
    panels = [
        FieldRowPanel([FieldPanel("system"), FieldPanel("kind")]),
        FieldRowPanel([FieldPanel("amount"), FieldPanel("currency"), FieldPanel("tax")]),
        FieldRowPanel([FieldPanel("period"), FieldPanel("per"), FieldPanel("point_count")]),
        FieldPanel("points"),
        FieldRowPanel([FieldPanel("since"), FieldPanel("until")]),
        FieldRowPanel([FieldPanel("contract"), FieldPanel("is_shared_contract"), FieldPanel("funding_source")]),
        FieldRowPanel([FieldPanel("source"), FieldPanel("source_url")]),
    ]


class ExternalViewSet(CameraRegisterViewSet):
    """Cameras of others, as numbers."""

    model = ExternalCameraSet
    icon = "site"
    list_display = ["owner", "count", "joinable", "as_of", "is_published"]
    list_filter = ["joinable", "is_published"]
    panels = [
        FieldRowPanel([FieldPanel("owner"), FieldPanel("town"), FieldPanel("system")]),
        FieldRowPanel([FieldPanel("count"), FieldPanel("joinable"), FieldPanel("as_of")]),
        FieldRowPanel([FieldPanel("contact"), FieldPanel("agreement")]),
        FieldRowPanel([FieldPanel("source"), FieldPanel("source_url")]),
        FieldPanel("is_published"),
    ]


class DeviceViewSet(CameraRegisterViewSet):
    """Devices, wherever they stand."""

    model = Device
    icon = "mobile-alt"
    list_display = ["inventory_number", "kind", "system", "sensor_count", "face_recognition"]
    list_filter = ["system", "kind", "has_audio", "face_recognition"]
    search_fields = ["inventory_number"]
    panels = [
        FieldRowPanel([FieldPanel("system"), FieldPanel("inventory_number")]),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("sensor_count")]),
        FieldRowPanel([FieldPanel("has_audio"), FieldPanel("analytics"), FieldPanel("face_recognition")]),
        FieldRowPanel([FieldPanel("model"), FieldPanel("network_note")]),
    ]


class SensorViewSet(CameraRegisterViewSet):
    """Where sensors look."""

    model = Sensor
    icon = "crosshairs"
    list_display = ["device", "number", "since", "removed_on"]
    list_filter = ["device__system"]
    panels = [
        FieldRowPanel([FieldPanel("device"), FieldPanel("number")]),
        FieldRowPanel([FieldPanel("azimuth"), FieldPanel("field_of_view"), FieldPanel("range_m")]),
        FieldRowPanel([FieldPanel("since"), FieldPanel("removed_on")]),
    ]


class CameraViewSetGroup(SnippetViewSetGroup):
    """The register under one entry of the menu."""

    items = (
        SystemViewSet,
        OperatorViewSet,
        WorkstationViewSet,
        LegalBasisViewSet,
        DpiaViewSet,
        ConsultationViewSet,
        CostViewSet,
        DeviceViewSet,
        SensorViewSet,
        ExternalViewSet,
    )
    menu_label = _("Cameras")
    menu_icon = "view"
    menu_name = "cameras"
    menu_order = 170
