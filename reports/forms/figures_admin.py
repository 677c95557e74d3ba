"""Wagtail's forms of figures: they ask, the domain decides."""

from __future__ import annotations

from decimal import Decimal
from hashlib import file_digest
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from region.forms.seen import SeenForm
from reports.domain.figures import BESIDE, FACT
from reports.domain.figures_metrics import check_change
from reports.models import Metric, Observation, Resolution
from reports.queries.figures_history import value_words
from reports.queries.figures_math import places_of
from reports.queries.figures_words import period

if TYPE_CHECKING:
    from collections.abc import Mapping

    ChoiceOfValue = forms.ModelChoiceField[Observation]
else:
    ChoiceOfValue = forms.ModelChoiceField

LANGUAGES = ("cs", "pl", "en")


class MetricForm(SeenForm):
    """A metric in use keeps its key and stays published; a published one says what it counts."""

    def clean(self) -> dict[str, Any]:
        """Ask the domain, with the record as it stood."""
        cleaned = super().clean() or {}
        row = self.instance
        known = Metric.objects.filter(pk=row.pk).values("key", "is_published").first() or {}
        after = Metric(**{name: cleaned.get(name, getattr(row, name)) for name in _told(Metric)})
        check_change(metric=after, was_key=known.get("key", ""), was_published=known.get("is_published", False))
        return cleaned


def _told(model: type[Metric]) -> list[str]:
    return [field.name for field in model._meta.concrete_fields if field.name != "id"]


class SourceForm(SeenForm):
    """A document with its digest: told, or reckoned from the file."""

    def clean(self) -> dict[str, Any]:
        """Give a stored file the digest that Wagtail knows of it not: SHA-256 of its content."""
        cleaned = super().clean() or {}
        if cleaned.get("document") and not cleaned.get("sha256"):
            cleaned["sha256"] = digest_of(cleaned["document"])
        return cleaned


def digest_of(document: Any) -> str:
    """SHA-256 of a stored file."""
    with document.open_file() as file:
        return file_digest(file, "sha256").hexdigest()


def _lines() -> forms.Textarea:
    return forms.Textarea({"rows": 2})


class ObservationForm(SeenForm):
    """A value; of a published metric it is changed only as a correction, which says why."""

    reason_cs = forms.CharField(label=_("Why it was wrong (Czech)"), required=False, widget=_lines())
    reason_pl = forms.CharField(label=_("Why it was wrong (Polish)"), required=False, widget=_lines())
    reason_en = forms.CharField(label=_("Why it was wrong (English)"), required=False, widget=_lines())
    withdraw = forms.BooleanField(label=_("Withdraw this value"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        value = self.initial.get("value")
        if isinstance(value, Decimal):
            # As it was written, without the zeros that the column adds.
            self.initial["value"] = round(value, places_of(value))

    def clean(self) -> dict[str, Any]:
        """A correction and a withdrawal want a reason; what the value is about stays."""
        cleaned = super().clean() or {}
        row = self._stored()
        if row is None:
            return cleaned
        if any(getattr(row, name) != cleaned.get(name, getattr(row, name)) for name in IDENTITY_FIELDS):
            words = gettext("A value stays with its metric, source, area and period. Withdraw it and add another one.")
            raise ValidationError(words)
        if (cleaned.get("withdraw") or self.is_correction(row)) and not any(self.reasons().values()):
            raise ValidationError(gettext("This value is published. Say why it is wrong, and it will be corrected."))
        return cleaned

    def _stored(self) -> Observation | None:
        return Observation.objects.select_related("metric").filter(pk=self.instance.pk).first()

    def is_correction(self, row: Observation) -> bool:
        """Whether readers have seen the fact that this form changes."""
        return row.metric.is_published and any(getattr(row, name) != self.cleaned_data.get(name) for name in FACT)

    def reasons(self) -> Mapping[str, str]:
        """Why, by language."""
        return {code: self.cleaned_data.get(f"reason_{code}", "") for code in LANGUAGES}

    def changes(self) -> dict[str, Any]:
        """Columns that the form writes."""
        return {name: self.cleaned_data[name] for name in (*FACT, *BESIDE) if name in self.cleaned_data}


IDENTITY_FIELDS = ("metric", "source", "town", "district", "period_from", "period_until")


class ValueChoice(ChoiceOfValue):
    """Values told apart by period and source."""

    def label_from_instance(self, obj: Observation) -> str:
        """Metric, period, source and value in one line."""
        when = period(obj.period_from, obj.period_until, known=obj.as_of_latest)
        return f"{obj.metric}, {when}: {value_words(obj, obj.metric.decimals)} ({obj.source.short})"


class ResolutionForm(WagtailAdminModelForm):
    """A decision is made once; later it can only be ended."""

    end = forms.BooleanField(label=_("End this decision"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        values = Observation.objects.select_related("metric", "source").order_by("metric", "-period_from", "source")
        self.fields["preferred"] = ValueChoice(queryset=values, label=self.fields["preferred"].label)

    def notes(self) -> Mapping[str, str]:
        """Words for readers, by language."""
        return {code: self.cleaned_data.get(f"public_note_{code}", "") for code in LANGUAGES}

    def clean(self) -> dict[str, Any]:
        """What was decided stays as it was decided."""
        cleaned = super().clean() or {}
        row = Resolution.objects.filter(pk=self.instance.pk).first()
        if row and any(getattr(row, name) != value for name, value in cleaned.items() if name != "end"):
            raise ValidationError(gettext("A decision is not changed: end it and make another one."))
        return cleaned
