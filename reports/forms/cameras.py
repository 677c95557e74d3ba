"""Which camera points a reader asks for, by the address of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from region.clock import today
from region.form_fields import DayField
from region.models import Town
from reports.enums.cameras import DeviceKind, Stage, Surroundings
from reports.models import CameraSystem

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

_ANY = ("", pgettext_lazy("filter", "any"))


class PointFilterForm(forms.Form):
    """Filters of the public list of points."""

    system = forms.ModelChoiceField(
        label=_("System"),
        queryset=CameraSystem.objects.none(),
        to_field_name="slug",
        required=False,
        empty_label=_ANY[1],
    )
    town = forms.ModelChoiceField(
        label=_("Town"), queryset=Town.objects.none(), to_field_name="slug", required=False, empty_label=_ANY[1]
    )
    stage = forms.ChoiceField(label=_("Stage"), choices=[_ANY, *Stage.choices], required=False)
    surroundings = forms.ChoiceField(label=_("Surroundings"), choices=[_ANY, *Surroundings.choices], required=False)
    kind = forms.ChoiceField(label=_("Kind of device"), choices=[_ANY, *DeviceKind.choices], required=False)
    day = DayField(label=_("As of the day"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        systems: Any = self.fields["system"]
        systems.queryset = CameraSystem.objects.filter(is_published=True)
        towns: Any = self.fields["town"]
        towns.queryset = (
            Town.objects.filter(camera_points__is_published=True, camera_points__system__is_published=True)
            .defer("boundary")
            .order_by("name")
            .distinct()
        )

    def clean_day(self) -> date | None:
        """Nothing is known of days to come."""
        day: date | None = self.cleaned_data["day"]
        if day and day > today():
            raise forms.ValidationError(_("This day has not come yet."))
        return day

    @property
    def in_use(self) -> int:
        """How many filters say something."""
        return sum(bool(self.data.get(name)) for name in self.fields)

    def narrowed(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Rows of ``shown_points`` that match; call it on a valid form."""
        chosen = self.cleaned_data
        plain = {name: chosen[name] for name in ("system", "town", "surroundings") if chosen.get(name)}
        rows = rows.filter(**plain)
        return rows.filter(stage_on=chosen["stage"]) if chosen.get("stage") else rows
