"""What a reader of the camera dashboard asks for: a town, one of its districts, a year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from region.clock import today
from reports.asked import Asked
from reports.forms.place_filters import PlaceFilters
from reports.queries.camera_dashboard import first_year, towns_with_points

if TYPE_CHECKING:
    from django.http import QueryDict

_NOW = pgettext_lazy("state of the register", "today")


class CameraDashboardForm(PlaceFilters):
    """Filters in the address."""

    until = forms.TypedChoiceField(
        label=_("At the end of the year"), required=False, coerce=int, empty_value=None, choices=[("", _NOW)]
    )

    def __init__(self, query: QueryDict) -> None:
        super().__init__(query, towns=towns_with_points())
        fields: dict[str, Any] = self.fields
        # The year that is not over is today's state.
        years = range(today().year - 1, first_year() - 1, -1)
        fields["until"].choices = [("", _NOW), *((year, str(year)) for year in years)]

    @property
    def asked(self) -> Asked:
        """What a valid form asks for."""
        chosen = self.cleaned_data
        return Asked(town=chosen.get("town"), district=chosen.get("district"), until=chosen.get("until"))
