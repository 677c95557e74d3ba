"""Forms of the screens for personal data."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class PersonSearchForm(forms.Form):
    """Whom somebody looks for."""

    q = forms.CharField(label=_("Name or e-mail address"), required=False, max_length=100, strip=True)


class ErasureForm(forms.Form):
    """The words that confirm an erasure: the person's address, or the name where there is none."""

    confirmation = forms.CharField(
        label=_("To confirm"), max_length=200, widget=forms.TextInput({"autocomplete": "off"})
    )

    def __init__(self, *args: Any, words: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.words = words
        self.fields["confirmation"].help_text = gettext("Write here: %(words)s") % {"words": words}

    def clean_confirmation(self) -> str:
        """The words as asked for, whatever the letter case."""
        written: str = self.cleaned_data["confirmation"]
        if written.casefold() != self.words.casefold():
            raise forms.ValidationError(gettext("This is not the same as “%(words)s”.") % {"words": self.words})
        return written
