"""Form fields for facts that are stored as lists but written by people as words or ticks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext_lazy as _

from region.messages import Problem
from region.office_hours import parse_office_hours
from region.wording import problem_words


class LanguagesFormField(forms.MultipleChoiceField):
    """Languages of the installation to tick, by their own names."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        kwargs.pop("encoder", None)
        kwargs.pop("decoder", None)
        super().__init__(choices=settings.LANGUAGES, **{**kwargs, "widget": self.widget})


class OfficeHoursFormField(forms.CharField):
    """Office hours as people write them: "Mon 15:00-17:00, Wed 8-12"."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.pop("encoder", None)
        kwargs.pop("decoder", None)
        words = _("Such as “Mon 15:00-17:00, Wed 8-12”; days in Czech, Polish or English.")
        super().__init__(**{"help_text": words, **kwargs, "widget": forms.TextInput})

    def prepare_value(self, value: Any) -> Any:
        """Stored rows as words that can be read back."""
        if not isinstance(value, list):
            return value
        return ", ".join(f"{WEEKDAYS_ABBR[day]} {start}-{end}" for day, start, end in value)

    def to_python(self, value: Any) -> Any:
        """Words as rows to store."""
        if isinstance(value, list):
            return value
        try:
            return parse_office_hours(super().to_python(value) or "")
        except Problem as problem:
            raise ValidationError(problem_words(problem)) from problem

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether other words were written."""
        return str(self.prepare_value(initial) or "") != str(data or "")
