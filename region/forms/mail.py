"""Forms about mail on its way."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class HoldForm(forms.Form):
    """Why all mail is to be held back."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        help_text=_("Colleagues see it on their home page. For example: the mail server is being moved until noon."),
    )
