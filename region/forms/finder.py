"""What the finder may be asked by its address line."""

from __future__ import annotations

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from region.address_words import LONGEST_ADDRESS

FIRST_DAY = date(1990, 1, 1)
LAST_DAY = date(2199, 12, 31)
# Keys of database rows; larger numbers would be refused by the database with an error.
LARGEST_KEY = 2**63 - 1


class FinderForm(forms.Form):
    """An address, or a street chosen from a list, or a point in degrees."""

    address = forms.CharField(label=_("Your address"), required=False, max_length=LONGEST_ADDRESS)
    street = forms.IntegerField(required=False, min_value=1, max_value=LARGEST_KEY)
    lat = forms.FloatField(required=False, min_value=-90, max_value=90)
    lon = forms.FloatField(required=False, min_value=-180, max_value=180)

    def has_point(self) -> bool:
        """Whether both degrees were given."""
        return self.cleaned_data.get("lat") is not None and self.cleaned_data.get("lon") is not None

    def has_position_errors(self) -> bool:
        """Whether the position, rather than the address, cannot be read."""
        return bool({"lat", "lon", "street"} & set(self.errors))


class DayForm(forms.Form):
    """The day for which the people are wanted."""

    day = forms.DateField(
        label=_("Who was responsible on this day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d.%m.%Y", "%d. %m. %Y"],
        error_messages={"invalid": _("Write the day as 31. 12. 2025.")},
    )

    def clean_day(self) -> date | None:
        """Refuse days in which the programme cannot have people."""
        day: date | None = self.cleaned_data["day"]
        if day and not FIRST_DAY <= day <= LAST_DAY:
            raise forms.ValidationError(_("Choose a day between 1990 and 2199."))
        return day
