"""The contact form: what a resident writes, and the guards against machines."""

from __future__ import annotations

import time
import uuid
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

SALT = "region.message"
SHORTEST_SECONDS = 3
LONGEST_SECONDS = 24 * 3600
LONGEST_TEXT = 5_000
SHORTEST_TEXT = 10


def new_token(*, now: float | None = None) -> str:
    """A signed token: when the form was shown (seconds of the epoch), and a key so that sending twice is harmless."""
    return signing.dumps({"at": time.time() if now is None else now, "key": uuid.uuid4().hex}, salt=SALT)


class MessageForm(forms.Form):
    """Name (may be empty), e-mail for the answer, text; a trap field that people never see, and the token."""

    use_required_attribute = False

    name = forms.CharField(
        label=_("Your name"), required=False, max_length=100, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=_("Your e-mail"),
        help_text=_("The answer comes here. We use it for nothing else."),
        error_messages={
            "required": _("Write your e-mail, so that the answer can reach you."),
            "invalid": _("Write the e-mail whole, such as jana@example.org."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    text = forms.CharField(
        label=_("Your message"),
        help_text=_("What happens, where and when. Leave out what you do not want to tell."),
        min_length=SHORTEST_TEXT,
        max_length=LONGEST_TEXT,
        error_messages={
            "required": _("Write what you want to say or ask."),
            "min_length": _("Write at least one sentence."),
        },
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    subject = forms.CharField(required=False, widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}))
    token = forms.CharField(required=False, max_length=300, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Refuse what a machine sent: the trap filled in, a token that is missing, forged, too fresh or too old."""
        values = super().clean() or self.cleaned_data
        if values.get("subject"):
            raise forms.ValidationError(
                _("A field that stays hidden was filled in. Please send the message once more."), code="trap"
            )
        payload = _payload(values.get("token", ""))
        if payload is None:
            raise forms.ValidationError(
                _("This page was open for too long. Your text is kept: please send it once more."), code="token"
            )
        if time.time() - payload["at"] < SHORTEST_SECONDS:
            raise forms.ValidationError(
                _("That was very quick. Please read the message again and send it once more."), code="quick"
            )
        values["key"] = uuid.UUID(payload["key"])
        return values

    def renew(self) -> None:
        """Make a refused form ready to be sent again: a new token, the trap emptied, all else as it was typed."""
        typed = {name: self.data.get(name, "") for name in self.fields}
        self.data = {**typed, "token": new_token(), "subject": ""}


def _payload(token: str) -> dict[str, Any] | None:
    """What a valid token says, or nothing."""
    try:
        found: dict[str, Any] = signing.loads(token, salt=SALT, max_age=LONGEST_SECONDS)
    except signing.BadSignature:
        return None
    return found
