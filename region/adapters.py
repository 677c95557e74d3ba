"""What is ours about signing in: who may open an account, letters through the outbox, keys of factors, plain words."""

from __future__ import annotations

import logging
from base64 import b32encode
from secrets import token_bytes
from typing import TYPE_CHECKING, Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import clear_login
from allauth.account.models import EmailAddress
from allauth.core import context as current
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from region.account_letters import LETTERS, body_of, kind_of, subject_of
from region.domain import outbox
from region.factor_keys import InvalidToken, seal, unseal
from region.models import User
from region.queries.profile import current_profile
from region.second_factor import is_last_factor, needs_factor
from region.views.too_many import too_many
from region.waits import count_of_address_kept
from region.ways_in import is_address_of, may_finish, must_sign_in_again, remember_beginning

if TYPE_CHECKING:
    from django.http import HttpRequest

log = logging.getLogger(__name__)
# After these, one may only wait: the page says how long.
LIMITS = {"too_many_login_attempts", "rate_limited"}
# What is said above the next page. Anything else of allauth's is left unsaid: the page itself shows it.
MESSAGES: dict[str, Any] = {
    "account/messages/logged_out.txt": _("You have signed out."),
    "account/messages/email_confirmed.txt": _("Your e-mail address is confirmed."),
    "account/messages/email_deleted.txt": _("The change of your e-mail address was cancelled."),
    "account/messages/email_confirmation_failed.txt": _("This address belongs to another account."),
    "account/messages/password_changed.txt": _("Your password is changed."),
    "account/messages/password_set.txt": _("You have a password now."),
    "mfa/messages/totp_activated.txt": _("The app is connected."),
    "mfa/messages/totp_deactivated.txt": _("The app is no longer connected."),
    "mfa/messages/webauthn_added.txt": _("The passkey is added."),
    "mfa/messages/webauthn_removed.txt": _("The passkey is removed."),
    "mfa/messages/recovery_codes_generated.txt": _("You have new recovery codes."),
    "usersessions/messages/sessions_logged_out.txt": _("You are signed out everywhere else."),
    "socialaccount/messages/account_connected.txt": _("You can now sign in this way too."),
    "socialaccount/messages/account_connected_other.txt": _("This way to sign in belongs to another account."),
    "socialaccount/messages/account_disconnected.txt": _("You can no longer sign in that way."),
}


class AccountAdapter(DefaultAccountAdapter):
    """Accounts, passwords and codes."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is blocked. Ask an administrator."),
        "duplicate_email": _("This is your address already."),
        "email_password_mismatch": _(
            "The address or the password is not right. Check both, or ask for a code by e-mail."
        ),
        "email_taken": _("This address belongs to another account."),
        "enter_current_password": _("This is not your present password."),
        "incorrect_code": _("This code is not right. Check it, or ask for a new one."),
        "incorrect_password": _("This is not your password."),
        "same_as_current": _("This is your address already."),
        "too_many_login_attempts": _("This code was mistyped too often and no longer works. Ask for a new one."),
        "rate_limited": _("A code was sent a moment ago. Wait a little before you ask for another one."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are opened by invitation."""
        return False

    def validation_error(self, code: str, *args: Any) -> ValidationError:
        """An error in our words; whoever has tried too often gets the page that says how long to wait."""
        if code in LIMITS:
            raise ImmediateHttpResponse(too_many(current.request))
        return super().validation_error(code, *args)

    def get_client_ip(self, request: HttpRequest) -> str:
        """The reader's address, which our own middleware has found behind a proxy already."""
        return str(request.META["REMOTE_ADDR"])

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """What wrong passwords are counted by: the library adds the host, which whoever asks may write as he likes."""
        return str(credentials.get("email", "")).lower()

    def _delete_login_attempts_cached_email(self, request: HttpRequest, **credentials: Any) -> None:
        """Forget wrong passwords of somebody who has chosen a new one, and nothing of the network address."""
        with count_of_address_kept(request):
            super()._delete_login_attempts_cached_email(request, **credentials)

    def pre_login(self, request: HttpRequest, user: Any, *, email: str | None, **more: Any) -> HttpResponse | None:
        """Stop whoever proves an address that the account had once."""
        if email and not is_address_of(user, email):
            return self._start_again(request)
        remember_beginning(request, user)
        answer: HttpResponse | None = super().pre_login(request, user, email=email, **more)
        return answer

    def login(self, request: HttpRequest, user: Any) -> None:
        """Open the session after the last step, if nothing happened to the account since the first."""
        if not may_finish(request, user):
            raise ImmediateHttpResponse(self._start_again(request))
        super().login(request, user)

    def is_reauthentication_required(self, *, app: str, **more: Any) -> bool:
        """As the library has it; who can confirm nothing but his mailbox signs in anew before something important."""
        request = current.request
        if must_sign_in_again(request):
            self.logout(request)
            self.add_message(request, messages.INFO, message=gettext("Sign in once more before you change this."))
            query = urlencode({"next": request.get_full_path()})
            raise ImmediateHttpResponse(redirect(f"{reverse('account_request_login_code')}?{query}"))
        return bool(super().is_reauthentication_required(app=app, **more))

    def _start_again(self, request: HttpRequest) -> HttpResponse:
        clear_login(request)
        self.add_message(request, messages.ERROR, message=gettext("Your account has changed meanwhile. Sign in again."))
        return redirect("account_login")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to one's account."""
        return reverse("account")

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """The page for signing in, which says that one has signed out."""
        return reverse("account_login")

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Say in our words what was done; nothing where the next page shows it anyway."""
        words = message or MESSAGES.get(message_template or "")
        if words:
            messages.add_message(request, level, str(words), extra_tags=extra_tags)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Put the letter into the outbox, in the language of whoever gets it."""
        letter = LETTERS[template_prefix]
        user = _owner(email) or context.get("user")
        with translation.override(user.language if user else translation.get_language()):
            outbox.put(
                to=email,
                subject=subject_of(letter),
                body=body_of(letter, {**context, "email": email}),
                kind=kind_of(template_prefix),
                user=user,
                is_secret=letter.is_secret,
            )


class FactorAdapter(DefaultMFAAdapter):
    """Second factors: passkeys, codes of an app, recovery codes."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This is not right, or it was used already. Wait for the next code and type that one."),
        "cannot_generate_recovery_codes": _("Recovery codes need a passkey or an app first."),
        "cannot_delete_authenticator": _(
            "Your role needs a second factor. Add another one before you remove this one."
        ),
        "unverified_email": _("Confirm your e-mail address first."),
    }

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Whether a factor may go: not the last one of somebody whose role needs one."""
        return not (needs_factor(authenticator.user) and is_last_factor(authenticator))

    def encrypt(self, text: str) -> str:
        """As the secret is kept in the database."""
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """The secret again; one that no key opens any more lets nobody in, and the log says so."""
        try:
            return unseal(encrypted_text)
        except InvalidToken:
            log.warning("A second factor cannot be read: was SECRET_KEY changed without SECRET_KEY_FALLBACKS?")
            return b32encode(token_bytes(20)).decode()

    def get_totp_issuer(self) -> str:
        """What the app shows above the code."""
        return _programme()

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """For whom a passkey is: this host, under the name of the programme."""
        return {**super().get_public_key_credential_rp_entity(), "name": _programme()}

    def generate_authenticator_name(self, user: Any, kind: str) -> str:
        """What a new passkey is called unless its owner says otherwise."""
        count = Authenticator.objects.filter(user_id=user.pk, type=kind).count()
        return gettext("Passkey %(number)d") % {"number": count + 1}


def _programme() -> str:
    profile = current_profile()
    return f"{profile.name} – {profile.programme}"


def _owner(email: str) -> User | None:
    owner = User.objects.filter(email__iexact=email).first()
    if owner is None:
        address = EmailAddress.objects.filter(email__iexact=email).select_related("user").first()
        owner = address.user if address else None
    return owner
