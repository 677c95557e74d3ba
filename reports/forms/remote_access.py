"""Forms about remote accesses to cameras. The rules are the domain's."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from region.form_fields import DayField
from reports.forms.camera_office import say_choose
from reports.models import RemoteAccess
from reports.states.remote_access import ASKED


class AccessForm(forms.ModelForm[RemoteAccess]):
    """A request for access."""

    use_required_attribute = False
    # Headings of the form, and what stands under them.
    parts = (
        (_("Who asks and why"), ("system", "body", "purpose", "legal_basis")),
        (_("What is to be allowed"), ("may_watch", "may_replay", "may_export", "scope")),
        (_("For how long"), ("asked_from", "asked_until")),
    )

    asked_from = DayField(label=_("From"))
    asked_until = DayField(label=_("Until"), help_text=_("The last day, 24 months later at most."))

    class Meta:
        model = RemoteAccess
        fields = ("system", *ASKED)
        widgets = {"purpose": forms.Textarea(attrs={"rows": 3}), "scope": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, is_renewal: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_renewal or self.instance.system_id:
            del self.fields["system"]
        say_choose(self)

    def sections(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """Headings with the fields under them."""
        return [(title, [self[name] for name in names if name in self.fields]) for title, names in self.parts]

    def _post_clean(self) -> None:
        """Leave the record alone: the domain function checks and saves it."""


class VersionForm(forms.Form):
    """A decision about what the person had before his or her eyes, and not about what came since."""

    use_required_attribute = False

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class ReasonForm(VersionForm):
    """A decision that has to say why."""

    reason = forms.CharField(
        label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), error_messages={"required": _("Give a reason.")}
    )


class TechnicalForm(VersionForm):
    """Conditions of the technical side."""

    technical_note = forms.CharField(
        label=_("Technical conditions"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class FinancialForm(VersionForm):
    """Conditions of the financial side."""

    financial_note = forms.CharField(
        label=_("Financial conditions"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class GrantForm(VersionForm):
    """From when until when access is granted."""

    valid_from = DayField(label=_("From"))
    valid_until = DayField(label=_("Until"), help_text=_("The last day, 24 months later at most."))


class ReviewForm(VersionForm):
    """What the review found."""

    review_note = forms.CharField(label=_("Result of the review"), widget=forms.Textarea(attrs={"rows": 3}))


FORMS: dict[str, type[VersionForm]] = {
    "approve_technically": TechnicalForm,
    "return_technically": ReasonForm,
    "approve_financially": FinancialForm,
    "return_financially": ReasonForm,
    "withdraw": VersionForm,
    "grant": GrantForm,
    "review": ReviewForm,
    "revoke": ReasonForm,
}
