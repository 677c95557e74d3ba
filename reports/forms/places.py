"""What a person says once for a whole register of places."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from region.forms.import_values import system_field
from reports.enums.places import PlaceKind


class PlaceValuesForm(forms.Form):
    """Source and licence of the register, kind of its places, coordinate system."""

    use_required_attribute = False

    source = forms.CharField(
        label=_("Source"),
        help_text=_("Whose register it is, with its year: shown beside what is computed from it."),
        max_length=200,
        error_messages={"required": _("Say whose register it is.")},
    )
    licence = forms.CharField(label=_("Licence"), required=False, max_length=100)
    kind = forms.ChoiceField(
        label=_("What the places are"),
        choices=[("", _("As each row says")), *PlaceKind.choices],
        required=False,
    )
    crs = system_field()
