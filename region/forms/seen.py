"""Wagtail's forms of records that two people may have open at once."""

from __future__ import annotations

from typing import Any

from django import forms
from wagtail.admin.forms import WagtailAdminModelForm

from region.domain.editing import check_unchanged, mark_of


class SeenForm(WagtailAdminModelForm):
    """A form that knows what the record held when it was opened, and writes over nothing that came since.

    The reader is told what stands there now; sending the form again writes it over that. Rows edited in the same form
    are not looked at.
    """

    seen = forms.CharField(required=False, widget=forms.HiddenInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if type(self.instance)._base_manager.filter(pk=self.instance.pk).exists():
            self.initial["seen"] = mark_of(self.instance, self._columns())

    def _columns(self) -> list[str]:
        return [field.name for field in self.instance._meta.concrete_fields if field.name in self.fields]

    def clean(self) -> dict[str, Any]:
        """Compare the record with what was seen. Raises ChangedMeanwhile."""
        cleaned: dict[str, Any] = super().clean() or {}
        now = self.initial.get("seen", "")
        if cleaned.get("seen") and now and cleaned["seen"] != now:
            # Sending the form again is a decision of whoever has read what stands there.
            form: Any = self
            form.data = form.data.copy()
            form.data["seen"] = now
            row = type(self.instance)._base_manager.get(pk=self.instance.pk)
            written = {name: cleaned[name] for name in self._columns() if name in cleaned}
            check_unchanged(row=row, seen="", values=written)
        return cleaned
