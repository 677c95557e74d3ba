"""Forms about organisations and their bank accounts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from region.domain.editing import mark_of
from region.domain.organisations import FIELDS
from region.form_fields import DayField
from region.models import BankAccount, Organisation
from region.queries.profile import current_profile


class OrganisationForm(forms.ModelForm[Organisation]):
    """Facts of an organisation; ``fields`` are those that the person may change. The rules are the domain's."""

    member_since = DayField(label=_("Member of the programme since"), required=False)
    member_until = DayField(
        label=_("Member of the programme until"), required=False, help_text=_("Last day. Empty: still a member.")
    )

    # What the person had before his or her eyes: two who write at once must not undo each other's changes unseen.
    seen = forms.CharField(required=False, max_length=32, widget=forms.HiddenInput)

    class Meta:
        model = Organisation
        fields = FIELDS

    def __init__(self, *args: Any, fields: Sequence[str] = FIELDS, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in set(self.fields) - {*fields, "seen"}:
            del self.fields[name]
        self._speak()
        if not self.instance.name:
            self.initial["country"] = current_profile().country
            del self.fields["seen"]
        else:
            self.initial["seen"] = mark_of(self.instance, fields)

    def _speak(self) -> None:
        """Say in words what choosing nothing means."""
        if "town" in self.fields:
            towns: Any = self.fields["town"]
            towns.queryset = towns.queryset.defer("boundary")
            towns.empty_label = pgettext_lazy("town", "none")
        for name in {"kind", "country"} & set(self.fields):
            field: Any = self.fields[name]
            field.choices = [
                ("", pgettext_lazy("organisation", "choose")),
                *(pair for pair in field.choices if pair[0]),
            ]

    def see_anew(self) -> None:
        """Show what was written beside what stands there now; sent again, it is meant."""
        self.data = {**{name: self.data.get(name) for name in self.data}, "seen": self.initial["seen"]}

    def _post_clean(self) -> None:
        """Leave the record alone: the domain function checks and saves it."""


class AccountForm(forms.Form):
    """A bank account."""

    iban = forms.CharField(
        label="IBAN",
        max_length=50,
        help_text=_("Such as CZ65 0800 0000 1920 0014 5399; spaces do not matter."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Write the IBAN.")},
    )
    label = forms.CharField(
        label=_("What it is for"),
        required=False,
        max_length=BankAccount._meta.get_field("label").max_length,
    )
