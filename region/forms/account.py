"""Forms of signing in and of one's account: allauth's, with our labels and hints, and limits for wrong codes."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from allauth.account import forms as account_forms
from allauth.core import context as current
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import get_adapter as factor_adapter
from allauth.mfa.base import forms as factor_forms
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from cryptography.exceptions import InvalidSignature
from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from region.models import User
from region.waits import APP, address_being_proved, code_key, count_of_address_kept
from region.ways_in import is_address_of

# Longer than any code of an app is taken (its half minute, and one before and after it).
USED_CODES_KEPT = 5 * 60
# What the library of passkeys raises when it is given none of its own words.
_NONSENSE = (AttributeError, LookupError, TypeError, ValueError, ArithmeticError, InvalidSignature, struct.error)
EMAIL = _("E-mail address")
CODE = pgettext_lazy("typed in by somebody who signs in", "Code")
EIGHT_DIGITS = _("Eight digits, for example 1234-5678.")
SIX_DIGITS = _("Six digits, for example 123456.")
NEW_PASSWORD = _("New password")
AGAIN = _("The same password again")


class Spoken(forms.Form):
    """Labels and hints of ours in place of those of the library; nothing is said by a placeholder."""

    labels: ClassVar[dict[str, Any]] = {}
    hints: ClassVar[dict[str, Any]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, "")


class Coded(Spoken):
    """A form with a code of digits."""

    labels: ClassVar[dict[str, Any]] = {"code": CODE}
    hints: ClassVar[dict[str, Any]] = {"code": EIGHT_DIGITS}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "autocomplete": "one-time-code"}


class Counted(Coded):
    """A form with a code that came by e-mail: too many wrong ones for an address, whoever types them, mean waiting."""

    def clean_code(self) -> str:
        """The code; raises ValidationError for a wrong one, and stops everything after ten."""
        key = code_key(address_being_proved(current.request))
        used = ratelimit.consume(current.request, app=APP, action="login_failed", key=key)
        if not used:
            raise account_forms.get_adapter().validation_error("too_many_login_attempts")
        library: Any = super()
        code: str = library.clean_code()
        used.rollback()
        return code


class OneUse(Coded):
    """A form with a code of an app: it is taken once, however long its half minute lasts."""

    hints: ClassVar[dict[str, Any]] = {"code": SIX_DIGITS}
    user: Any

    def clean_code(self) -> str:
        """The code; raises ValidationError for a wrong one and for one that was used already."""
        library: Any = super()
        with count_of_address_kept(current.request):
            code: str = library.clean_code()
        if not cache.add(f"factor-code:{self.user.pk}:{digits(code)}", 1, USED_CODES_KEPT):
            raise factor_adapter().validation_error("incorrect_code")
        return code


def digits(code: str) -> str:
    """A code without spaces and dashes."""
    return "".join(sign for sign in code if sign.isalnum())


class SignInForm(Spoken, account_forms.LoginForm):
    """E-mail address and password."""

    labels: ClassVar[dict[str, Any]] = {"login": EMAIL, "password": _("Password")}


class AskForCodeForm(Spoken, account_forms.RequestLoginCodeForm):
    """Where to send a code for signing in."""

    labels: ClassVar[dict[str, Any]] = {"email": EMAIL}
    hints: ClassVar[dict[str, Any]] = {"email": _("The one your invitation came to.")}


class SignInCodeForm(Counted, account_forms.ConfirmLoginCodeForm):
    """The code for signing in."""


class AddressCodeForm(Counted, account_forms.ConfirmEmailVerificationCodeForm):
    """The code that proves an address."""


class ResetCodeForm(Counted, account_forms.ConfirmPasswordResetCodeForm):
    """The code that allows choosing a new password."""


class NewAddressForm(Spoken, account_forms.AddEmailForm):
    """Another e-mail address."""

    labels: ClassVar[dict[str, Any]] = {"email": _("New e-mail address")}
    hints: ClassVar[dict[str, Any]] = {
        "email": _("We send a code to it. The present address works until you type it in.")
    }


class Chosen(Spoken):
    """A form that chooses a password; the rules stand under the field."""

    labels: ClassVar[dict[str, Any]] = {
        "oldpassword": _("Present password"),
        "password1": NEW_PASSWORD,
        "password2": AGAIN,
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = " ".join(str(text) for text in password_validators_help_texts())


class ChangePasswordForm(Chosen, account_forms.ChangePasswordForm):
    """The present password and a new one."""


class SetPasswordForm(Chosen, account_forms.SetPasswordForm):
    """The first password of somebody who signed in without one so far."""


class ResetPasswordForm(Chosen, account_forms.ResetPasswordKeyForm):
    """A new password for one that was forgotten."""

    def clean(self) -> dict[str, Any]:
        """Refuse it when the address that was proved is no longer the one of the account."""
        library: Any = super()
        values: dict[str, Any] = library.clean()
        if not is_address_of(self.user, address_being_proved(current.request)):
            raise forms.ValidationError(_("Your account has changed meanwhile. Ask for a new code."))
        return values


class AskForResetForm(Spoken, account_forms.ResetPasswordForm):
    """Where to send the code for a new password."""

    labels: ClassVar[dict[str, Any]] = {"email": EMAIL}


class ConfirmPasswordForm(Spoken, account_forms.ReauthenticateForm):
    """The password once more, before something important."""

    labels: ClassVar[dict[str, Any]] = {"password": _("Password")}


class SecondStepForm(OneUse, factor_forms.AuthenticateForm):
    """A code of the app, or a recovery code, after the password."""

    hints: ClassVar[dict[str, Any]] = {"code": _("Six digits from the app, or one of your recovery codes.")}


class ConfirmFactorForm(OneUse, factor_forms.ReauthenticateForm):
    """A code once more, before something important."""

    hints: ClassVar[dict[str, Any]] = {"code": _("Six digits from the app, or one of your recovery codes.")}


class ActivateAppForm(OneUse, ActivateTOTPForm):
    """The first code of a new app."""

    labels: ClassVar[dict[str, Any]] = {"code": _("The code that the app shows now")}

    @property
    def spelt_secret(self) -> str:
        """The key of the app in groups of four, to be typed by those who cannot scan it."""
        return " ".join(self.secret[start : start + 4] for start in range(0, len(self.secret), 4))


@contextmanager
def _refused_as_wrong() -> Iterator[None]:
    """Say of an answer that no device gives, and that the library stumbles over, what is said of a wrong one."""
    try:
        yield
    except _NONSENSE as error:
        raise factor_adapter().validation_error("incorrect_code") from error


class PasskeyForm(AuthenticateWebAuthnForm):
    """A passkey in place of a code, after the password."""

    def clean_credential(self) -> Any:
        """Whose it is; raises ValidationError for anything that does not fit."""
        library: Any = super()
        with _refused_as_wrong(), count_of_address_kept(current.request):
            return library.clean_credential()


class PasskeySignInForm(PasskeyForm, LoginWebAuthnForm):
    """A passkey alone."""


class ConfirmPasskeyForm(PasskeyForm, ReauthenticateWebAuthnForm):
    """A passkey once more, before something important."""


class AddPasskeyForm(Spoken, AddWebAuthnForm):
    """A new passkey; it always opens the account by itself, so the device must know its owner."""

    labels: ClassVar[dict[str, Any]] = {"name": _("Name of the passkey"), "credential": _("Passkey")}
    hints: ClassVar[dict[str, Any]] = {"name": _("So that you recognise it later, for example “Work phone”.")}
    passwordless = forms.BooleanField(initial=True, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """What the device says of the new passkey; raises ValidationError for anything that does not fit."""
        library: Any = super()
        with _refused_as_wrong():
            values: dict[str, Any] = library.clean()
        return values


class RenamePasskeyForm(Spoken, EditWebAuthnForm):
    """Another name for a passkey."""

    labels: ClassVar[dict[str, Any]] = {"name": _("Name of the passkey")}


class DetailsForm(forms.ModelForm[User]):
    """Name, and the language of letters."""

    class Meta:
        model = User
        fields = ("first_name", "last_name", "language")
        labels = {"first_name": _("First name"), "last_name": _("Last name"), "language": _("Language of letters")}
