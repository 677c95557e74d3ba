"""What the audit screen is asked: filters that stand in the address."""

from __future__ import annotations

from typing import Any

from django import forms
from django.apps import apps
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from region.audit_words import act_choices
from region.domain.editing import AREAS
from region.form_fields import DayField
from region.queries.audit import known_acts


def _kinds() -> list[tuple[str, Any]]:
    """Our own models by their words, in alphabetical order."""
    ours = (model for model in apps.get_models() if model._meta.app_label in AREAS)
    named = [(model._meta.label, capfirst(str(model._meta.verbose_name))) for model in ours]
    return [("", _("Anything")), *sorted(named, key=lambda pair: pair[1])]


def _acts() -> list[tuple[str, Any]]:
    """What the trail tells of, in words."""
    return [("", _("Anything")), *act_choices(known_acts())]


class AuditFilterForm(forms.Form):
    """Filters of the audit trail; all may be empty."""

    who = forms.CharField(label=_("Who (name or e-mail)"), required=False, max_length=100)
    act = forms.ChoiceField(label=_("Act"), required=False, choices=_acts)
    kind = forms.ChoiceField(label=_("Kind of thing"), required=False, choices=_kinds)
    thing = forms.CharField(label=_("Thing (id)"), required=False, max_length=64)
    since = DayField(label=_("From"), required=False)
    until = DayField(label=_("To"), required=False)
    q = forms.CharField(label=_("Words in names and values"), required=False, max_length=100)

    def clean(self) -> dict[str, Any]:
        """The first day is not after the last."""
        found = super().clean() or {}
        since, until = found.get("since"), found.get("until")
        if since and until and since > until:
            self.add_error("until", _("This day is before the first one."))
        return found
