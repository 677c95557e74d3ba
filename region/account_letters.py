"""Letters about somebody's own account: codes to type in, and news of what was changed. Plain text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

# A text that is translated when it is read.
Text = Any


@dataclass(frozen=True, slots=True)
class Letter:
    """One kind of letter; ``told`` may name values of its context. News also say when it happened and what to do."""

    subject: Text
    told: Text
    is_secret: bool = False
    is_news: bool = True


def _code(subject: Text, told: Text) -> Letter:
    return Letter(subject, told, is_secret=True, is_news=False)


UNKNOWN = Letter(
    _("There is no account with this address"),
    _(
        "somebody, perhaps you, wanted to sign in with the address %(email)s. There is no account with it.\n\n"
        "Perhaps you use another address here. Accounts are opened by invitation: ask the person who leads the "
        "programme in your town or office."
    ),
    is_news=False,
)
LETTERS: dict[str, Letter] = {
    "account/email/login_code": _code(_("Your code for signing in"), _("this is your code for signing in:")),
    "account/email/password_reset_code": _code(
        _("Your code for a new password"), _("this is your code for choosing a new password:")
    ),
    "account/email/email_confirmation": _code(
        _("Confirm your e-mail address"), _("this code confirms that this address is yours:")
    ),
    "account/email/email_confirmation_signup": _code(
        _("Confirm your e-mail address"), _("this code confirms that this address is yours:")
    ),
    "account/email/unknown_account": UNKNOWN,
    "account/email/account_already_exists": Letter(
        _("This address has an account already"),
        _("somebody, perhaps you, wanted to use the address %(email)s for another account. It has one already."),
        is_news=False,
    ),
    "account/email/email_changed": Letter(
        _("Your e-mail address was changed"),
        _("the e-mail address of your account was changed from %(from_email)s to %(to_email)s."),
    ),
    "account/email/email_confirm": Letter(
        _("Your e-mail address was confirmed"), _("an e-mail address of your account was confirmed.")
    ),
    "account/email/email_deleted": Letter(
        _("An e-mail address was removed"), _("the address %(deleted_email)s was removed from your account.")
    ),
    "account/email/password_changed": Letter(
        _("Your password was changed"), _("the password of your account was changed.")
    ),
    "account/email/password_set": Letter(_("You have a password now"), _("a password was set for your account.")),
    "account/email/password_reset": Letter(
        _("Your password was changed"), _("a new password was chosen with a code from this mailbox.")
    ),
    "mfa/email/totp_activated": Letter(
        _("Codes from an app protect your account"), _("an app that makes codes was added to your account.")
    ),
    "mfa/email/totp_deactivated": Letter(
        _("The app for codes was removed"), _("the app that makes codes was removed from your account.")
    ),
    "mfa/email/webauthn_added": Letter(_("A passkey was added"), _("a passkey was added to your account.")),
    "mfa/email/webauthn_removed": Letter(_("A passkey was removed"), _("a passkey was removed from your account.")),
    "mfa/email/recovery_codes_generated": Letter(
        _("You have new recovery codes"),
        _("new recovery codes were made for your account. The old ones no longer work."),
    ),
    "socialaccount/email/account_connected": Letter(
        _("Another way to sign in was added"), _("your account can now be entered through %(provider)s.")
    ),
    "socialaccount/email/account_disconnected": Letter(
        _("A way to sign in was removed"), _("your account can no longer be entered through %(provider)s.")
    ),
}


def subject_of(letter: Letter) -> str:
    """The subject in the active language."""
    return str(letter.subject)


def body_of(letter: Letter, context: Mapping[str, Any]) -> str:
    """The text in the active language, filled with what happened."""
    parts = [gettext("Good day,"), str(letter.told) % context]
    if letter.is_secret:
        parts += [f"    {context['code']}", *_about_codes()]
    if letter.is_news:
        parts += [_when(), gettext("If it was not you, sign in, change your password and tell an administrator.")]
    return "\n\n".join(parts) + "\n"


def _about_codes() -> tuple[str, ...]:
    return (
        gettext("Type it into the page where you asked for it. It works once and for ten minutes."),
        gettext("Tell it to nobody: we never ask for it by phone or e-mail. If you did not want it, do nothing."),
    )


def _when() -> str:
    now = timezone.localtime()
    # Translators: moment of a change of an account: day, then time with hours and minutes
    return gettext("It happened on %(day)s at %(time)s.") % {
        "day": date_format(now, "DATE_FORMAT"),
        "time": date_format(now, "H:i"),
    }


def kind_of(prefix: str) -> str:
    """Stable word of a letter for the outbox: "account.login-code"."""
    return f"account.{prefix.rsplit('/', 1)[-1].replace('_', '-')}"[:40]
