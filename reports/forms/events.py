"""What is said once for a whole file of events; what spellings are sorted into."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from region.domain.places import System
from region.form_fields import DayField
from region.forms.import_values import system_field
from reports.domain.events_checks import LoadOptions
from reports.enums.events import DistrictRule, DoubledHour, LoadMode, SkippedHour, SlashOrder
from reports.models import EventCategory, EventRegister


class EventValuesForm(forms.Form):
    """The register, what may happen to months that are there, the days covered, and rules for doubtful values."""

    use_required_attribute = False

    register = forms.ModelChoiceField(
        label=_("Register of events"),
        queryset=EventRegister.objects.none(),
        to_field_name="key",
        empty_label=None,
        error_messages={"required": _("Choose a register. A new one is made in the editors' screens, under Events.")},
    )
    mode = forms.ChoiceField(
        label=_("Months that are there already"),
        help_text=_("Exchanged months keep nothing of what was there; undoing brings it back."),
        choices=LoadMode.choices,
        initial=LoadMode.APPEND,
    )
    reason = forms.CharField(
        label=_("Why published months change"),
        help_text=_("Readers see it in the list of corrections."),
        required=False,
        max_length=300,
    )
    since = DayField(
        label=_("First day that the file covers"),
        required=False,
        help_text=_("With both days, a month without a row counts as zero, and a month not covered whole as a part."),
    )
    until = DayField(label=_("Last day that the file covers"), required=False)
    doubled = forms.ChoiceField(
        label=_("Local times that exist twice"), choices=DoubledHour.choices, initial=DoubledHour.FIRST
    )
    skipped = forms.ChoiceField(
        label=_("Local times that do not exist"), choices=SkippedHour.choices, initial=SkippedHour.REJECT
    )
    slashes = forms.ChoiceField(
        label=_("What stands first in dates such as 3/4/2024"),
        choices=SlashOrder.choices,
        initial=SlashOrder.FOUND,
        required=False,
    )
    district = forms.ChoiceField(
        label=_("When the file's district is not the one of the point"),
        choices=DistrictRule.choices,
        initial=DistrictRule.POINT,
    )
    crs = system_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["register"].queryset = EventRegister.objects.all()


def load_options(values: dict[str, Any]) -> LoadOptions:
    """What a valid form says, as the loader takes it."""
    return LoadOptions(
        mode=LoadMode(values["mode"]),
        doubled=DoubledHour(values["doubled"]),
        skipped=SkippedHour(values["skipped"]),
        district=DistrictRule(values["district"]),
        slashes=SlashOrder(values["slashes"] or SlashOrder.FOUND),
        system=System(values["crs"]) if values["crs"] else None,
        since=values["since"],
        until=values["until"],
        reason=values["reason"],
    )


class SortForm(forms.Form):
    """The category that chosen spellings mean; none: they wait to be sorted."""

    category = forms.ModelChoiceField(
        label=_("Category"),
        queryset=EventCategory.objects.none(),
        required=False,
        empty_label=_("not yet sorted"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["category"].queryset = EventCategory.objects.all()
