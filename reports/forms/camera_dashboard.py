"""What a reader of the camera dashboard asks for: a town, one of its districts, a year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from region.clock import today
from region.models import SecurityDistrict, Town
from reports.asked import Asked
from reports.queries.camera_dashboard import first_year, towns_with_points

if TYPE_CHECKING:
    from django.http import QueryDict

_ANY = pgettext_lazy("filter", "any")
_NOW = pgettext_lazy("state of the register", "today")


class CameraDashboardForm(forms.Form):
    """Filters in the address; districts can be chosen once a town is."""

    town = forms.ModelChoiceField(
        label=_("Town"), queryset=Town.objects.none(), to_field_name="slug", required=False, empty_label=_ANY
    )
    district = forms.ModelChoiceField(
        label=_("District"),
        queryset=SecurityDistrict.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=_ANY,
    )
    until = forms.TypedChoiceField(
        label=_("At the end of the year"), required=False, coerce=int, empty_value=None, choices=[("", _NOW)]
    )

    def __init__(self, query: QueryDict) -> None:
        super().__init__(query)
        fields: dict[str, Any] = self.fields
        fields["town"].queryset = towns_with_points()
        fields["district"].queryset = _districts_of(query.get("town", ""))
        # The year that is not over is today's state.
        years = range(today().year - 1, first_year() - 1, -1)
        fields["until"].choices = [("", _NOW), *((year, str(year)) for year in years)]
        if not query.get("town"):
            del self.fields["district"]

    @property
    def in_use(self) -> int:
        """How many filters say something."""
        return sum(bool(self.data.get(name)) for name in self.fields)

    @property
    def asked(self) -> Asked:
        """What a valid form asks for."""
        chosen = self.cleaned_data
        return Asked(town=chosen.get("town"), district=chosen.get("district"), until=chosen.get("until"))


def _districts_of(slug: str) -> Any:
    return SecurityDistrict.objects.filter(town__slug=slug).defer("boundary").order_by("code")
