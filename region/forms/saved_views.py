"""The name of a view that somebody keeps."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from region.models import SavedView

LONGEST_QUERY = SavedView._meta.get_field("query").max_length


class SavedViewForm(forms.Form):
    """A name; the filters come along from the address."""

    name = forms.CharField(
        label=_("Name of the view"),
        max_length=60,
        help_text=_("A few words, such as “Waiting for me”. It will stand above the list."),
        error_messages={"required": _("Give the view a name.")},
    )
    query = forms.CharField(
        required=False,
        max_length=LONGEST_QUERY,
        widget=forms.HiddenInput,
        error_messages={"max_length": _("These filters are too long to be kept. Use fewer of them.")},
    )
