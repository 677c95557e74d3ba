"""What a person says once for a whole file that is imported."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from region.enums import TownKind
from region.geometry.systems import SYSTEM_NAMES

_DAYS = ["%Y-%m-%d", "%d.%m.%Y", "%d. %m. %Y"]


def _day(label: Any, help_text: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=False,
        input_formats=_DAYS,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write the day as 31. 12. 2025.")},
    )


def system_field() -> forms.TypedChoiceField:
    """The coordinate system, unless it is to be found out."""
    choices = [("", _("Found out from the numbers")), *((str(code), name) for code, name in SYSTEM_NAMES.items())]
    return forms.TypedChoiceField(
        label=_("Coordinate system"), choices=choices, coerce=int, empty_value=None, required=False
    )


class TownValuesForm(forms.Form):
    """Year and source of inhabitants, kind, coordinate system."""

    use_required_attribute = False

    year = forms.IntegerField(
        label=_("Year of the numbers of inhabitants"),
        help_text=_("For rows that give none."),
        required=False,
        min_value=1850,
        max_value=2200,
    )
    source = forms.CharField(
        label=_("Source of the numbers of inhabitants"),
        help_text=_("Shown on pages, such as “Czech Statistical Office”."),
        required=False,
        max_length=200,
    )
    kind = forms.ChoiceField(
        label=_("Kind of towns whose row gives none"), choices=[("", _("As it is")), *TownKind.choices], required=False
    )
    crs = system_field()


class PeopleValuesForm(forms.Form):
    """First day of rows that give none; last day of assignments that the file lacks."""

    use_required_attribute = False

    since = _day(_("First day of assignments"), _("For rows that give none."))
    end_missing = _day(
        _("Last day of assignments that the file lacks"),
        _("Open assignments in the file's towns that it no longer has end on this day. Empty: nothing ends."),
    )


class AddressValuesForm(forms.Form):
    """Coordinate system; whether addresses that the file lacks are removed."""

    use_required_attribute = False

    crs = system_field()
    remove_missing = forms.BooleanField(
        label=_("Remove addresses of the file's towns that the file no longer has"), required=False
    )
