"""Figures in the editors' screens: metrics, documents, values and decisions, each written by the domain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.forms.models import construct_instance
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import View
from django.views.generic.edit import FormMixin
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.snippets import CreateView, EditView, IndexView, SnippetViewSetGroup

from region.listing.exports import csv_value, xlsx_value
from region.rules import can, require
from region.views.editing import ToldCreateView, ToldDeleteView, ToldEditView, UnchosenViewSet
from reports.domain.figures import (
    MANAGE,
    add_observation,
    change_observation,
    correct_observation,
    withdraw_observation,
)
from reports.domain.figures_conflicts import end_resolution, resolve_conflict
from reports.domain.figures_metrics import check_unused
from reports.forms.figures_admin import MetricForm, ObservationForm, ResolutionForm, SourceForm
from reports.models import Metric, Observation, Resolution, SourceDocument
from reports.queries.figures_history import history_of
from reports.views.figures_ways import PERIOD, PUBLISHED, VALUE, WaysOn, adding, with_relations

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase
    from django.urls import URLPattern

    AnyForm = FormMixin[Any]
else:
    AnyForm = FormMixin

EXPORT = "reports.export_figures"


def address_of(model: Any, view: str, *args: Any) -> str:
    """Address of one of Wagtail's screens of a register."""
    return reverse(model.snippet_viewset.get_url_name(view), args=args)


class FiguresOnly(View):
    """Only who keeps figures gets in: the superuser flag, which serves Wagtail, does not open them."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Ask our own roles besides Wagtail's permissions."""
        require(request.user, MANAGE)
        return super().dispatch(request, *args, **kwargs)


class FigureIndexView(FiguresOnly, IndexView):
    """A list whose files are given only to who may take them, and hold no formula."""

    list_export: list[str]

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Refuse files; leave out their buttons."""
        super().setup(request, *args, **kwargs)
        if not can(request.user, EXPORT):
            if self.is_export:
                raise PermissionDenied
            self.list_export = []

    def get_base_queryset(self) -> Any:
        """Rows with what the columns name."""
        return with_relations(super().get_base_queryset())

    def preprocess_field_value(self, _field: str, value: Any, export_format: str) -> Any:
        """A value that no spreadsheet takes for a formula."""
        return xlsx_value(value) if export_format == self.FORMAT_XLSX else csv_value(value)


class DomainForm(AnyForm):
    """Saves through the domain; what that refuses is shown in the form."""

    form: Any
    request: Any
    object: Any

    def write(self) -> Any:
        """One call of the domain; gives the record."""
        raise NotImplementedError

    def form_valid(self, form: Any) -> HttpResponse:
        """Save, or show why not."""
        view: Any = self
        try:
            answer = super().form_valid(form)
        except ValidationError as error:
            form.add_error(None, error.messages)
            self.produced_error_code = "validation_error"
            self.produced_error_message = view.get_error_message()
            answer = self.form_invalid(form)
        return answer

    def save_instance(self) -> Any:
        """The record as the domain wrote it."""
        return self.write()

    @property
    def by(self) -> Any:
        """Who writes."""
        return self.request.user


class ObservationCreateView(FiguresOnly, DomainForm, WaysOn, CreateView):
    """A new value."""

    def write(self) -> Observation:
        """Add what the source says."""
        row = construct_instance(self.form, Observation())
        names = [field.attname for field in Observation._meta.concrete_fields if field.attname != "id"]
        return add_observation(by=self.by, **{name: getattr(row, name) for name in names})


class ObservationEditView(FiguresOnly, DomainForm, EditView):
    """A value, its correction or its end."""

    def write(self) -> Observation:
        """Correct, withdraw or change, whichever the form asks for."""
        form, row = self.form, Observation.objects.select_related("metric").get(pk=self.object.pk)
        if form.is_correction(row):
            correct_observation(observation=row, reasons=form.reasons(), by=self.by, **form.changes())
        else:
            change_observation(observation=row, by=self.by, **form.changes())
        if form.cleaned_data.get("withdraw"):
            withdraw_observation(observation=row, reasons=form.reasons(), by=self.by)
        return Observation.objects.get(pk=row.pk)


class ResolutionCreateView(FiguresOnly, DomainForm, WaysOn, CreateView):
    """A new decision."""

    def write(self) -> Resolution:
        """Prefer one source."""
        form = self.form
        return resolve_conflict(
            preferred=form.cleaned_data["preferred"],
            reason=form.cleaned_data["reason"],
            public_notes=form.notes(),
            by=self.by,
        )


class ResolutionEditView(FiguresOnly, DomainForm, EditView):
    """A decision, to be read or ended."""

    def write(self) -> Resolution:
        """End it when told."""
        row = Resolution.objects.get(pk=self.object.pk)
        return end_resolution(resolution=row, by=self.by) if self.form.cleaned_data.get("end") else row


class KeptCreateView(FiguresOnly, WaysOn, ToldCreateView):
    """A new metric or document, told to the audit trail."""


class KeptEditView(FiguresOnly, ToldEditView):
    """A changed metric or document, told to the audit trail."""


class MetricEditView(KeptEditView):
    """A metric, with the way to the history of its values."""

    @property
    def header_more_buttons(self) -> list[Any]:
        """Wagtail's buttons and ours."""
        url = address_of(Metric, "values", self.object.pk)
        history = Button(gettext("History of values"), url=url, icon_name="history", priority=50)
        listed = f"{address_of(Observation, 'list')}?metric={self.object.pk}"
        values = Button(gettext("Values"), url=listed, icon_name="table", priority=51)
        add = Button(
            gettext("Add a value"), url=adding(Observation, metric=self.object.pk), icon_name="plus", priority=52
        )
        return [*super().header_more_buttons, history, values, add]


class MetricDeleteView(FiguresOnly, ToldDeleteView):
    """A metric that stands on no page; one with values is protected by the database."""

    def form_valid(self, form: Any) -> HttpResponseBase:
        """Delete, or say on which pages it stands."""
        try:
            check_unused(metric=self.object)
        except ValidationError as error:
            messages.error(self.request, " ".join(error.messages))
            return redirect(address_of(Metric, "edit", self.object.pk))
        return super().form_valid(form)


class FigureDeleteView(FiguresOnly, ToldDeleteView):
    """A document that no value comes from. Values and decisions are ended: no role may delete them."""


class FigureViewSet(UnchosenViewSet):
    """What the lists of figures share."""

    index_view_class = FigureIndexView
    add_view_class = KeptCreateView
    edit_view_class = KeptEditView
    delete_view_class = FigureDeleteView
    list_per_page = 50


def _three(name: str) -> list[FieldPanel]:
    return [FieldPanel(f"{name}_{code}") for code in ("cs", "pl", "en")]


class MetricViewSet(FigureViewSet):
    """Metrics."""

    model = Metric
    icon = "order"
    edit_view_class = MetricEditView
    delete_view_class = MetricDeleteView
    list_display = ["name", "key", "topic", "counting_unit", PUBLISHED]
    list_filter = ["topic", "counting_unit", "is_published"]
    list_export = ["key", "topic", "name_cs", "name_pl", "name_en", "counting_unit", "decimals", "is_published"]
    search_fields = ["key", "name_cs", "name_pl", "name_en"]
    panels = [
        MultiFieldPanel(
            [
                FieldRowPanel(_three("name")),
                FieldRowPanel([FieldPanel("key"), FieldPanel("topic"), FieldPanel("order")]),
                FieldPanel("is_published"),
            ],
            heading=_("Name and topic"),
        ),
        MultiFieldPanel(
            [
                *_three("definition"),
                FieldRowPanel(
                    _three("unit"),
                    help_text=_("What is counted has a form after 1, after 2 to 4 and after 5: camera | cameras."),
                ),
                FieldRowPanel([FieldPanel("counting_unit"), FieldPanel("decimals"), FieldPanel("is_state")]),
                *_three("who_counts"),
                *_three("method"),
                *_three("limits"),
                FieldPanel("next_update"),
            ],
            heading=_("What it counts and how"),
        ),
        InlinePanel("breaks", heading=_("Breaks in the series"), label=_("Break in the series")),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("numerator"), FieldPanel("denominator")]), FieldPanel("similar")],
            heading=_("Other figures"),
        ),
    ]

    def get_urlpatterns(self) -> list[URLPattern]:
        """Wagtail's addresses and the history of values."""
        return [*super().get_urlpatterns(), path("values/<uuid:pk>/", values_history, name="values")]


class SourceViewSet(FigureViewSet):
    """Documents."""

    model = SourceDocument
    icon = "doc-full"
    list_display = ["title", "key", "issuer", "dated_earliest", "dated_latest"]
    list_filter = ["language", "is_official"]
    list_export = [
        "key",
        "title_cs",
        "title_pl",
        "title_en",
        "issuer",
        "dated_earliest",
        "dated_latest",
        "url",
        "sha256",
    ]
    search_fields = ["key", "title_cs", "title_pl", "title_en", "issuer"]
    panels = [
        *_three("title"),
        FieldRowPanel(_three("short")),
        FieldRowPanel([FieldPanel("key"), FieldPanel("language"), FieldPanel("is_official")]),
        FieldRowPanel([FieldPanel("issuer"), FieldPanel("signer_office")]),
        FieldRowPanel([FieldPanel("dated_earliest"), FieldPanel("dated_latest")]),
        FieldRowPanel([FieldPanel("document"), FieldPanel("url")]),
        FieldPanel("sha256"),
    ]


class ObservationViewSet(FigureViewSet):
    """Values."""

    model = Observation
    icon = "table"
    add_view_class = ObservationCreateView
    edit_view_class = ObservationEditView
    list_display = ["metric", PERIOD, VALUE, "source", "status", "town", "district"]
    list_filter = ["metric", "source", "status", "town"]
    list_export = [
        "metric.key", "source.key", "town", "district", "period_from", "period_until", "value", "missing", "precision",
        "status", "as_of_earliest", "as_of_latest", "page", "quote",
    ]  # fmt: skip
    search_fields = ["metric__key", "metric__name_en", "source__key", "quote"]
    panels = [
        MultiFieldPanel(
            [
                FieldPanel("metric"),
                FieldPanel("source"),
                FieldRowPanel([FieldPanel("town"), FieldPanel("district")]),
                FieldRowPanel([FieldPanel("period_from"), FieldPanel("period_until")]),
            ],
            heading=_("What it is about"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("value"), FieldPanel("missing")]),
                FieldRowPanel([FieldPanel("precision"), FieldPanel("status")]),
                FieldRowPanel([FieldPanel("as_of_earliest"), FieldPanel("as_of_latest")]),
                FieldPanel("page"),
                FieldPanel("quote"),
                *_three("note"),
            ],
            heading=_("What the source says"),
        ),
        MultiFieldPanel(
            [FieldPanel("reason_cs"), FieldPanel("reason_pl"), FieldPanel("reason_en"), FieldPanel("withdraw")],
            heading=_("Correction of a published value"),
        ),
    ]


class ResolutionViewSet(FigureViewSet):
    """Decisions between sources."""

    model = Resolution
    icon = "tick"
    add_view_class = ResolutionCreateView
    edit_view_class = ResolutionEditView
    list_display = ["metric", "period_from", "preferred", "made_at", "made_by", "ended_at"]
    list_filter = ["metric"]
    list_export = ["metric.key", "period_from", "period_until", "preferred.source.key", "made_at", "ended_at", "reason"]
    panels = [
        FieldPanel("preferred"),
        FieldPanel("reason"),
        *_three("public_note"),
        FieldPanel("end"),
    ]


# The forms that the panels build upon.
Metric.base_form_class = MetricForm
SourceDocument.base_form_class = SourceForm
Observation.base_form_class = ObservationForm
Resolution.base_form_class = ResolutionForm


def values_history(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """What was done to each value of a metric, column by column."""
    require(request.user, "reports.view_figures")
    metric = get_object_or_404(Metric, pk=pk)
    context = {
        "metric": metric,
        "changes": history_of(metric),
        "edit_url": address_of(Metric, "edit", metric.pk),
    }
    return TemplateResponse(request, "reports/figure_values_admin.html", context)


class FiguresViewSetGroup(SnippetViewSetGroup):
    """Figures under one entry of the menu."""

    items = (MetricViewSet, SourceViewSet, ObservationViewSet, ResolutionViewSet)
    menu_label = _("Figures")
    menu_icon = "order"
    menu_name = "figures"
    menu_order = 165
