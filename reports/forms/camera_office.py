"""Forms of the office about camera points, their stages and devices. The rules are the domain's."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from region.clock import today
from region.domain.editing import mark_of
from region.form_fields import DayField
from reports.domain.cameras import DEVICE_FIELDS, POINT_FIELDS
from reports.enums.cameras import Stage
from reports.models import CameraPoint, Consultation, Device, YearlyReview
from reports.queries.camera_office import free_devices
from reports.states.cameras import ENDED

_CHOOSE, _NONE = pgettext_lazy("list to choose from", "choose"), pgettext_lazy("list to choose from", "none")


def say_choose(form: forms.BaseForm) -> None:
    """Say in words what choosing nothing means."""
    for field in form.fields.values():
        if isinstance(field, forms.ModelChoiceField):
            field.empty_label = str(_CHOOSE if field.required else _NONE)
        elif isinstance(field, forms.TypedChoiceField):
            _say_choose_first(field)


def _say_choose_first(field: Any) -> None:
    """The empty choice of a column, if it has one."""
    if field.choices and not field.choices[0][0]:
        field.choices = [("", _CHOOSE), *field.choices[1:]]


def _today_in_words() -> Any:
    return DayField().prepare_value(today())


class DayForm(forms.Form):
    """When something happened, and the document that says so."""

    use_required_attribute = False

    on = DayField(
        label=_("Day"), help_text=_("The day it happened, not the day you write it down."), initial=_today_in_words
    )
    document = forms.CharField(label=_("Document"), required=False, max_length=300)


class ReasonForm(DayForm):
    """The same with a reason, which the office alone reads."""

    reason = forms.CharField(
        label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), error_messages={"required": _("Give a reason.")}
    )


class MistakeForm(forms.Form):
    """Why something that was noted is taken back."""

    use_required_attribute = False

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("What was noted by mistake. It stays in the history with your reason, and counts on no day."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Give a reason.")},
    )


class PointForm(forms.ModelForm[CameraPoint]):
    """Plain facts of a point; of a new one also the stage in which it comes into the register."""

    # Headings of the form, and what stands under them.
    parts = (
        (_("Which point"), ("system", "code", "name", "stage", "since", "document")),
        (_("Where it is"), ("town", "district", "address", "lon", "lat", "location_status", "surroundings")),
        (_("What is known of it"), ("planned_by", "expected_device_count", "source", "source_url", "note")),
    )

    stage = forms.ChoiceField(
        label=_("Stage now"),
        choices=Stage.choices,
        initial=Stage.PROPOSED,
        help_text=_("A point that stands already comes in as it is, without noting each step before."),
    )
    since = DayField(label=_("In this stage since"), help_text=_("The day it happened, not the day you write it down."))
    document = forms.CharField(label=_("Document"), required=False, max_length=300)

    planned_by = DayField(label=_("To be installed by"), required=False, help_text=_("What the operator announced."))
    source_url = forms.URLField(label=_("Address of the source"), required=False, assume_scheme="https")
    # What the person had before his or her eyes: two who write at once must not undo each other's changes unseen.
    seen = forms.CharField(required=False, max_length=32, widget=forms.HiddenInput)

    class Meta:
        model = CameraPoint
        fields = POINT_FIELDS
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("town", "district"):
            field: Any = self.fields[name]
            field.queryset = field.queryset.defer("boundary")
        say_choose(self)
        if self.instance.code:
            self.initial["seen"] = mark_of(self.instance, POINT_FIELDS)
        self._drop(("stage", "since", "document") if self.instance.code else ("seen",))

    def _drop(self, names: tuple[str, ...]) -> None:
        for name in names:
            del self.fields[name]

    def sections(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """Headings with the fields under them."""
        return [(title, [self[name] for name in names if name in self.fields]) for title, names in self.parts]

    def see_anew(self) -> None:
        """Show what was written beside what stands there now; sent again, it is meant."""
        self.data = {**{name: self.data.get(name) for name in self.data}, "seen": self.initial["seen"]}

    def _post_clean(self) -> None:
        """Leave the record alone: the domain function checks and saves it."""


class DeviceForm(forms.ModelForm[Device]):
    """A new device and the day it was put up."""

    since = DayField(label=_("At the point since"), initial=_today_in_words)
    document = forms.CharField(label=_("Document"), required=False, max_length=300)

    class Meta:
        model = Device
        fields = DEVICE_FIELDS
        widgets = {"network_note": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say_choose(self)

    def _post_clean(self) -> None:
        """Leave the record alone: the domain function checks and saves it."""


class MoveForm(DayForm):
    """Where a device went."""

    to = forms.ModelChoiceField(label=_("To the point"), queryset=CameraPoint.objects.none())

    field_order = ("to", "on", "document")

    def __init__(self, *args: Any, point: CameraPoint, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others: Any = self.fields["to"]
        others.queryset = (
            CameraPoint.objects.filter(system=point.system_id).exclude(pk=point.pk).exclude(stage__in=ENDED)
        )
        say_choose(self)


class ReplaceForm(DayForm):
    """What came in the place of a device: one of the system that stands nowhere now."""

    new = forms.ModelChoiceField(
        label=_("The new device"),
        queryset=Device.objects.none(),
        help_text=_("Devices of the system that stand nowhere now. A new one is added as a snippet first."),
    )

    field_order = ("new", "on", "document")

    def __init__(self, *args: Any, point: CameraPoint, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        free: Any = self.fields["new"]
        free.queryset = free_devices(point)
        say_choose(self)


class ReviewForm(forms.ModelForm[YearlyReview]):
    """The yearly review of a point."""

    reviewed_on = DayField(label=_("Date of the review"), initial=_today_in_words)
    is_necessary = forms.TypedChoiceField(
        label=_("Still necessary"),
        choices=[("yes", pgettext_lazy("yes or no", "yes")), ("no", pgettext_lazy("yes or no", "no"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )

    class Meta:
        model = YearlyReview
        fields = ("year", "reviewed_on", "is_necessary", "decision", "reasons")
        widgets = {"reasons": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("year", today().year)
        say_choose(self)

    def _post_clean(self) -> None:
        """Leave the record alone: the domain function checks and saves it."""


class ConsultationForm(forms.ModelForm[Consultation]):
    """Who was asked about a point and what was said."""

    asked_on = DayField(label=_("Asked on"), required=False)
    answered_on = DayField(label=_("Answered on"), required=False)
    document_url = forms.URLField(label=_("Address of the document"), required=False, assume_scheme="https")

    class Meta:
        model = Consultation
        fields = ("body", "body_name", "asked_on", "answered_on", "opinion", "text", "document", "document_url")
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say_choose(self)

    def _post_clean(self) -> None:
        """Leave the record alone: the domain function checks and saves it."""
