"""Forms of the calendar: an exception, and a deadline to be counted."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from region.calendar import Unit
from region.form_fields import DayField

UNITS = [
    (Unit.DAYS.value, pgettext_lazy("count in", "calendar days")),
    (Unit.WORKING_DAYS.value, pgettext_lazy("count in", "working days")),
    (Unit.MONTHS.value, pgettext_lazy("count in", "months")),
]


class OverrideForm(forms.Form):
    """A day that is decided about otherwise than the calendar says."""

    use_required_attribute = False

    day = DayField(
        label=_("Day"), help_text=_("Such as 24. 12. 2026"), error_messages={"required": _("Write the day.")}
    )
    is_working = forms.TypedChoiceField(
        label=_("What holds on it"),
        choices=[("no", _("The office is closed")), ("yes", _("People work"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what holds on the day.")},
    )
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Everybody who looks at a deadline reads it."),
        max_length=160,
        error_messages={"required": _("Write the reason.")},
    )


class RemovalForm(forms.Form):
    """The day whose exception goes."""

    day = DayField()


class CountForm(forms.Form):
    """A deadline to be counted: from which day, how long."""

    use_required_attribute = False

    start = DayField(label=_("Day of the event"), error_messages={"required": _("Write the day of the event.")})
    count = forms.IntegerField(
        label=_("How many"),
        min_value=0,
        max_value=3000,
        error_messages={"required": _("Write a number."), "invalid": _("Write a whole number, such as 15.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": "4"}),
    )
    unit = forms.ChoiceField(label=_("Of what"), choices=UNITS)
