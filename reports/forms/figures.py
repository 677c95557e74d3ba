"""What the address of a figure asks for."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.timezone import is_naive, make_aware
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from region.clock import now, zone
from region.models import SecurityDistrict, Town
from reports.asked import Asked
from reports.models import EventCategory

if TYPE_CHECKING:
    from django.http import QueryDict

EARLIEST, LATEST = 1900, 2200


class AskedForm(forms.Form):
    """Town, district, years and the moment of knowledge, as they stand in the address."""

    town = forms.SlugField(label=_("Town"), required=False)
    district = forms.CharField(label=_("District"), required=False, max_length=12)
    since = forms.IntegerField(label=_("From year"), required=False, min_value=EARLIEST, max_value=LATEST)
    until = forms.IntegerField(label=_("Until year"), required=False, min_value=EARLIEST, max_value=LATEST)
    category = forms.SlugField(label=_("Category"), required=False)
    source = forms.SlugField(label=_("Source"), required=False)
    as_of = forms.CharField(label=_("As it stood on"), required=False, max_length=40)

    def clean_as_of(self) -> datetime | None:
        """A moment; of a day, its last one in the region. What lies ahead is now."""
        text = self.cleaned_data["as_of"]
        moment = _moment(text) if text else None
        return moment if moment and moment < now() else None

    def clean_category(self) -> str:
        """A category that there is: of another one it would be said that nothing of it happened."""
        key: str = self.cleaned_data["category"]
        if key and not EventCategory.objects.filter(key=key).exists():
            raise ValidationError(gettext("There is no such category."))
        return key

    def clean(self) -> dict[str, Any]:
        """Look town and district up: at most one query each."""
        cleaned = super().clean() or {}
        cleaned["place"] = self._place(cleaned.get("town", ""), cleaned.get("district", ""))
        return cleaned

    def _place(self, slug: str, code: str) -> tuple[Town | None, SecurityDistrict | None]:
        town = Town.objects.defer("boundary").filter(slug=slug).first() if slug else None
        if slug and town is None:
            raise ValidationError({"town": gettext("There is no such town.")})
        if not code:
            return town, None
        district = SecurityDistrict.objects.defer("boundary").filter(town=town, code=code).first()
        if district is None:
            raise ValidationError({"district": gettext("There is no such district.")})
        return town, district


def _moment(text: str) -> datetime:
    try:
        day, moment = parse_date(text), parse_datetime(text)
    except ValueError:
        day, moment = None, None
    if day:
        moment = datetime.combine(day, time.max)
    if moment is None or not EARLIEST <= moment.year <= LATEST:
        raise ValidationError(gettext("Write the day as 2025-12-31."))
    return make_aware(moment, zone()) if is_naive(moment) else moment


def asked_of(query: QueryDict) -> Asked | None:
    """What an address asks for; None when it names a place, a category or a day that there is not."""
    form = AskedForm(query)
    if not form.is_valid():
        return None
    town, district = form.cleaned_data["place"]
    return Asked(
        town=town,
        district=district,
        since=form.cleaned_data["since"],
        until=form.cleaned_data["until"],
        category=form.cleaned_data["category"],
        source=form.cleaned_data["source"],
        as_of=form.cleaned_data["as_of"],
    )
