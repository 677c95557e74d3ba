"""A town and one of its districts, as dashboards ask for them in the address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from region.models import SecurityDistrict, Town
from region.text import natural_key

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import QueryDict

ANY = pgettext_lazy("filter", "any")


class PlaceFilters(forms.Form):
    """Filters in the address; districts can be chosen once a town is."""

    town = forms.ModelChoiceField(
        label=_("Town"), queryset=Town.objects.none(), to_field_name="slug", required=False, empty_label=ANY
    )
    district = forms.ModelChoiceField(
        label=_("District"),
        queryset=SecurityDistrict.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=ANY,
    )

    def __init__(self, query: QueryDict, *, towns: QuerySet[Town]) -> None:
        super().__init__(query)
        fields: dict[str, Any] = self.fields
        fields["town"].queryset = towns
        # A sign that PostgreSQL takes in no text; the field itself refuses it.
        slug = query.get("town", "").replace("\x00", "")
        if not slug:
            del self.fields["district"]
            return
        rows = SecurityDistrict.objects.filter(town__slug=slug).defer("boundary")
        fields["district"].queryset = rows
        ordered = sorted(rows, key=lambda row: natural_key(row.code))
        fields["district"].choices = [("", ANY), *((row.code, str(row)) for row in ordered)]

    @property
    def in_use(self) -> int:
        """How many filters say something."""
        return sum(bool(self.data.get(name)) for name in self.fields)
