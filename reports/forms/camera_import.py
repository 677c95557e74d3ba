"""What a person says once for a whole file of camera points."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from region.clock import today
from region.form_fields import DayField
from region.forms.import_values import system_field
from region.models import Town
from reports.domain.camera_areas import FILE, MAP
from reports.enums.cameras import LocationStatus, Stage
from reports.models import CameraSystem


class CameraValuesForm(forms.Form):
    """The system, stage of new points, how well their places are known, which district holds."""

    use_required_attribute = False

    system = forms.ModelChoiceField(
        label=_("Camera system"),
        queryset=CameraSystem.objects.all(),
        empty_label=pgettext_lazy("list to choose from", "choose"),
        help_text=_("New points belong to it."),
        error_messages={"required": _("Choose the system that the points belong to.")},
    )
    stage = forms.ChoiceField(
        label=_("Stage of new points whose row gives none"), choices=Stage.choices, initial=Stage.ACTIVE
    )
    since = DayField(
        label=_("In this stage since"),
        help_text=_("Empty: since today. The stage of known points is not changed by a file."),
        required=False,
    )
    location = forms.ChoiceField(
        label=_("How well the places are known"),
        choices=[choice for choice in LocationStatus.choices if choice[0] != LocationStatus.NONE],
        initial=LocationStatus.EXACT,
    )
    prefer = forms.ChoiceField(
        label=_("Where the district in the file differs from the one on the map"),
        choices=[(FILE, _("keep the one in the file")), (MAP, _("keep the one on the map"))],
        initial=FILE,
        widget=forms.RadioSelect,
    )
    town = forms.ModelChoiceField(
        label=_("Town of rows that give none"),
        queryset=Town.objects.defer("boundary"),
        required=False,
        empty_label=_("As the map says"),
    )
    source = forms.CharField(label=_("Source of rows that give none"), required=False, max_length=300)
    crs = system_field()

    def clean_since(self) -> object:
        """A stage that has not begun is none."""
        since = self.cleaned_data["since"]
        if since and since > today():
            raise forms.ValidationError(_("This day has not come yet."))
        return since
