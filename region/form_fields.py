"""Form fields for facts as people write them: days, and lists that are words or ticks."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from region.messages import Problem
from region.office_hours import parse_office_hours
from region.wording import problem_words

FIRST_DAY = date(1900, 1, 1)
LAST_DAY = date(2199, 12, 31)
DAY_FORMATS = ("%Y-%m-%d", "%d.%m.%Y", "%d. %m. %Y", "%d/%m/%Y")


class DayField(forms.DateField):
    """A day written as 31. 12. 2025, 31.12.2025, 31/12/2025 or 2025-12-31."""

    default_error_messages = {
        "invalid": _("Write the day as 31. 12. 2025."),
        "range": _("Choose a day between 1900 and 2199."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("input_formats", DAY_FORMATS)
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "text", "autocomplete": "off"}))
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        """A day that is known already, as people write it: 1. 7. 2025, in Polish 1.07.2025."""
        if not isinstance(value, date):
            return super().prepare_value(value)
        if (get_language() or "").startswith("pl"):
            return f"{value.day}.{value.month:02}.{value.year}"
        return f"{value.day}. {value.month}. {value.year}"

    def to_python(self, value: Any) -> date | None:
        """The day; refuses one that no record can have."""
        # No-break spaces come along when a day is copied from a page.
        day = super().to_python(value.replace("\u00a0", " ").strip() if isinstance(value, str) else value)
        if day and not FIRST_DAY <= day <= LAST_DAY:
            raise forms.ValidationError(self.error_messages["range"], code="range")
        return day


class TicksFormField(forms.MultipleChoiceField):
    """Codes to tick, for a column of JSON."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        kwargs.pop("encoder", None)
        kwargs.pop("decoder", None)
        super().__init__(**{**kwargs, "widget": self.widget})


class LanguagesFormField(TicksFormField):
    """Languages of the installation to tick, by their own names."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{**kwargs, "choices": settings.LANGUAGES})


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
