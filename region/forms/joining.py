"""What somebody says of himself when accepting an invitation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from region.domain.invitations import Newcomer
from region.models import User

PASSWORD, CODE = "password", "code"


class NewcomerForm(forms.Form):
    """Name, and how one will sign in."""

    first_name = forms.CharField(
        label=_("First name"),
        max_length=User._meta.get_field("first_name").max_length,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
        error_messages={"required": _("Write your first name.")},
    )
    last_name = forms.CharField(
        label=_("Last name"),
        max_length=User._meta.get_field("last_name").max_length,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
        error_messages={"required": _("Write your last name.")},
    )
    way = forms.ChoiceField(
        label=_("How will you sign in?"),
        choices=[
            (CODE, _("With a code that we send to your e-mail address each time")),
            (PASSWORD, _("With a password")),
        ],
        initial=CODE,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how you will sign in.")},
    )
    password = forms.CharField(
        label=_("Password"),
        required=False,
        strip=False,
        help_text=_(
            "At least 12 characters; a few words in a row are easiest to remember. Only if you chose a password."
        ),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the password where one was chosen."""
        values = super().clean() or {}
        if values.get("way") == PASSWORD and not values.get("password"):
            self.add_error("password", gettext("Write the password that you want to use."))
        return values

    @property
    def newcomer(self) -> Newcomer:
        """Who it is, once the form is valid."""
        values = self.cleaned_data
        password = values["password"] if values["way"] == PASSWORD else None
        return Newcomer(values["first_name"], values["last_name"], password)
