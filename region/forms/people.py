"""Forms about people: inviting, giving and ending a role, blocking."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from region.clock import today, zone
from region.domain.grants import may_give
from region.enums import Language
from region.form_fields import DayField
from region.models import Organisation, Town
from region.queries.organisations import organisations_for
from region.roles import ORGANISATION_ROLES, ROLES

if TYPE_CHECKING:
    from region.models import User

UNTIL_HELP = _("Last day, such as 31. 12. 2027. Empty: until somebody ends the role.")


def first_moment(day: date | None) -> datetime | None:
    """When a role from that day on begins: at once if it is today, else at midnight in the region."""
    if day is None or day == today():
        return None
    return datetime.combine(day, time.min, tzinfo=zone())


def last_moment(day: date | None) -> datetime | None:
    """When a role until that day (included) ends: at the midnight after it, in the region."""
    return datetime.combine(day + timedelta(days=1), time.min, tzinfo=zone()) if day else None


def roles_to_give(by: User, organisation: Organisation | None = None) -> list[tuple[str, Any]]:
    """Roles that somebody may give, for a field's choices."""
    probe = organisation or Organisation()
    found = [code for code in ROLES if may_give(role=code, organisation=probe, by=by)]
    return [(code, ROLES[code].name) for code in found if organisation is None or code in ORGANISATION_ROLES]


class RoleForm(forms.Form):
    """A role and where; only roles that the person may give. With ``organisation`` the place is settled."""

    role = forms.ChoiceField(label=_("Role"), error_messages={"required": _("Choose a role.")})
    organisation = forms.ModelChoiceField(
        queryset=Organisation.objects.none(),
        required=False,
        label=_("Organisation"),
        empty_label=pgettext_lazy("organisation", "none"),
        help_text=_("Needed for the roles drafter, signatory, accountant and reader."),
    )
    town = forms.ModelChoiceField(
        queryset=Town.objects.none(),
        required=False,
        label=_("Town"),
        empty_label=pgettext_lazy("town", "none"),
        help_text=_("Needed for the role town editor alone."),
    )

    def __init__(self, *args: Any, by: User, organisation: Organisation | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.own = organisation
        choices: Any = self.fields["role"]
        choices.choices = [("", pgettext_lazy("role", "choose")), *roles_to_give(by, organisation)]
        if organisation is not None:
            del self.fields["organisation"], self.fields["town"]
            return
        places: Any = self.fields["organisation"]
        places.queryset = organisations_for(by).order_by("name")
        towns: Any = self.fields["town"]
        towns.queryset = Town.objects.defer("boundary").order_by("name")
        if "town_editor" not in dict(choices.choices):
            del self.fields["town"]
            places.required = True

    def place(self) -> dict[str, Any]:
        """Role, organisation and town as domain functions take them."""
        values = self.cleaned_data
        organisation = self.own or values.get("organisation")
        return {"role": values["role"], "organisation": organisation, "town": values.get("town")}


class GiveRoleForm(RoleForm):
    """A role with its period."""

    first_day = DayField(label=_("First day"), required=False, help_text=_("Empty: from now on."))
    last_day = DayField(label=_("Last day"), required=False, help_text=UNTIL_HELP)

    def period(self) -> dict[str, Any]:
        """From when until when."""
        return {
            "valid_from": first_moment(self.cleaned_data["first_day"]),
            "valid_until": last_moment(self.cleaned_data["last_day"]),
        }


class InviteForm(RoleForm):
    """Whom to invite, to what, in which language."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        help_text=_("The letter with the link goes there. The address becomes the name for signing in."),
        error_messages={"required": _("Write the e-mail address.")},
    )
    last_day = DayField(label=_("Last day of the role"), required=False, help_text=UNTIL_HELP)
    language = forms.ChoiceField(label=_("Language of the letter"), choices=Language.choices)
    field_order = ("email", "role", "organisation", "town", "last_day", "language")


class EndRoleForm(forms.Form):
    """Until when."""

    last_day = DayField(
        label=_("Last day"),
        required=False,
        help_text=_("Empty: the role stops working this moment."),
    )

    def moment(self) -> datetime:
        """When the role ends."""
        return last_moment(self.cleaned_data["last_day"]) or timezone.now()


class BlockForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        help_text=_("The audit trail keeps it for good: write no names and nothing about health."),
        error_messages={"required": _("Say why. The audit trail keeps it.")},
    )
