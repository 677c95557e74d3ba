"""What a reader of the interventions dashboard asks for: a source, a town, one of its districts, years, a category."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from reports.asked import Asked
from reports.forms.place_filters import ANY, PlaceFilters
from reports.models import EventCategory, EventRegister
from reports.queries.event_counts import categories_with_events, event_years, towns_with_events

if TYPE_CHECKING:
    from django.http import QueryDict

    from reports.models import EventCategory as Category


class _ByName(forms.ModelChoiceField[Any]):
    def label_from_instance(self, obj: Any) -> str:
        """Its name in the reader's language."""
        return str(obj.name)


class EventDashboardForm(PlaceFilters):
    """Filters in the address; sources can be chosen when there are several."""

    field_order = ("source", "town", "district", "category", "since", "until")

    source = _ByName(
        label=_("Source"),
        queryset=EventRegister.objects.none(),
        to_field_name="key",
        required=False,
        empty_label=pgettext_lazy("filter of sources", "all"),
    )
    category = _ByName(
        label=_("Category"),
        queryset=EventCategory.objects.none(),
        to_field_name="key",
        required=False,
        empty_label=ANY,
    )
    since = forms.TypedChoiceField(label=_("From year"), required=False, coerce=int, empty_value=None)
    until = forms.TypedChoiceField(label=_("Until year"), required=False, coerce=int, empty_value=None)

    def __init__(self, query: QueryDict) -> None:
        super().__init__(query, towns=towns_with_events())
        fields: dict[str, Any] = self.fields
        fields["source"].queryset = EventRegister.objects.published()
        fields["category"].queryset = categories_with_events()
        for name in ("since", "until"):
            fields[name].choices = [("", ANY), *((year, str(year)) for year in event_years())]

    def clean(self) -> dict[str, Any]:
        """The first year comes before the last."""
        cleaned = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and since > until:
            raise ValidationError({"until": gettext("The last year lies before the first.")})
        return cleaned

    @property
    def is_useful(self) -> bool:
        """Whether there is anything to choose, or a choice to take back: without events all fields are empty."""
        fields: dict[str, Any] = self.fields
        return len(fields["since"].choices) > 1 or self.in_use > 0

    @property
    def asked(self) -> Asked:
        """What a valid form asks for."""
        chosen = self.cleaned_data
        category: Category | None = chosen.get("category")
        source: EventRegister | None = chosen.get("source")
        return Asked(
            town=chosen.get("town"),
            district=chosen.get("district"),
            since=chosen.get("since"),
            until=chosen.get("until"),
            category=category.key if category else "",
            source=source.key if source else "",
        )
