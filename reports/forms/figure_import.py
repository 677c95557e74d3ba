"""What a person says once for a whole file of values."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from region.form_fields import DayField
from reports.models import SourceDocument


class PeriodForm(forms.Form):
    """A period of whole days; both ends or none."""

    use_required_attribute = False

    period_from = DayField(label=_("Period from"), required=False)
    period_until = DayField(label=_("Period until"), help_text=_("The last day."), required=False)

    def clean(self) -> dict[str, Any]:
        """Both days or none, in order."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = told.get("period_from"), told.get("period_until")
        if (first is None) != (last is None) and not self.errors:
            self.add_error("period_until" if last is None else "period_from", _("Give both days of the period."))
        if first and last and last < first:
            self.add_error("period_until", _("The end lies before the beginning."))
        return told

    @property
    def period(self) -> tuple[date, date] | None:
        """First and last day, when they were given."""
        first, last = self.cleaned_data.get("period_from"), self.cleaned_data.get("period_until")
        return (first, last) if first and last else None


def source_field(*, required: bool) -> forms.ModelChoiceField[SourceDocument]:
    """The document that says it."""
    return forms.ModelChoiceField(
        label=_("Source document"),
        queryset=SourceDocument.objects.all(),
        required=required,
        empty_label=pgettext_lazy("list to choose from", "choose"),
        help_text=_("It must be in the register of sources; an editor adds it there first."),
        error_messages={"required": _("Choose the document that the values come from.")},
    )


class ObservationValuesForm(PeriodForm):
    """Source and period of rows that give none."""

    source = source_field(required=False)
    field_order = ("source", "period_from", "period_until")

    def clean(self) -> dict[str, Any]:
        """The period as one value."""
        told = super().clean()
        return {**told, "period": self.period}
