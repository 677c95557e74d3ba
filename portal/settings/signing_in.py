"""Who may come in, and how: part of the settings that every way of running shares."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from portal.settings.environment import env

# --- People and passwords -------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "region.User"
# One way only: Django's own would look addresses up by other rules than those that attempts are counted by.
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
# Whether roles that say so (region.roles) need a second factor before anything opens. Only the demo may go without.
SECOND_FACTOR_REQUIRED = env.bool("SECOND_FACTOR_REQUIRED", True)
LOGIN_REDIRECT_URL = "region:home"

# --- Signing in (allauth) -------------------------------------------------------------------------------------------
# Texts of letters and messages, the outbox, and keys of second factors: region.adapters.
ACCOUNT_ADAPTER = "region.adapters.AccountAdapter"
MFA_ADAPTER = "region.adapters.FactorAdapter"
ACCOUNT_FORMS = {
    "login": "region.forms.account.SignInForm",
    "request_login_code": "region.forms.account.AskForCodeForm",
    "confirm_login_code": "region.forms.account.SignInCodeForm",
    "confirm_email_verification_code": "region.forms.account.AddressCodeForm",
    "confirm_password_reset_code": "region.forms.account.ResetCodeForm",
    "add_email": "region.forms.account.NewAddressForm",
    "change_password": "region.forms.account.ChangePasswordForm",
    "set_password": "region.forms.account.SetPasswordForm",
    "reset_password": "region.forms.account.AskForResetForm",
    "reset_password_from_key": "region.forms.account.ResetPasswordForm",
    "reauthenticate": "region.forms.account.ConfirmPasswordForm",
}
MFA_FORMS = {
    "authenticate": "region.forms.account.SecondStepForm",
    "reauthenticate": "region.forms.account.ConfirmFactorForm",
    "activate_totp": "region.forms.account.ActivateAppForm",
    "authenticate_webauthn": "region.forms.account.PasskeyForm",
    "login_webauthn": "region.forms.account.PasskeySignInForm",
    "reauthenticate_webauthn": "region.forms.account.ConfirmPasskeyForm",
    "add_webauthn": "region.forms.account.AddPasskeyForm",
    "edit_webauthn": "region.forms.account.RenamePasskeyForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
# Nobody signs up by himself (the adapter says so); the field of a password here is what gives the sign-in form one.
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
# A code that came by e-mail works once, for ten minutes, and bears five mistakes.
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 8, "dashed": True}
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 10 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 10 * 60
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 10 * 60
ACCOUNT_PASSWORD_RESET_BY_CODE_MAX_ATTEMPTS = 5
# How often: amount / time / counted by. Ten wrong passwords or codes of one person, then a pause, and the page says
# how long; fifty of one network address, because a whole office may share it.
ACCOUNT_RATE_LIMITS = {
    "login_failed": "50/15m/ip,10/15m/key",
    "request_login_code": "30/15m/ip,5/15m/key",
    "reset_password": "30/15m/ip,5/15m/key",
    "confirm_email": "5/15m/key",
    # Of whoever sits at a computer that was left open: the present password once more.
    "reauthenticate": "10/15m/user",
    "change_password": "10/15m/user",
}
# The region's own identity provider (OpenID Connect), off unless its address and our name there are given. It opens
# accounts that exist and nothing more: whoever is not invited stays outside, and the second factor is asked for here.
OIDC_ISSUER = env.str("OIDC_ISSUER", "").rstrip("/")
OIDC_CLIENT_ID = env.str("OIDC_CLIENT_ID", "")
_AT = urlsplit(OIDC_ISSUER)
SOCIALACCOUNT_ADAPTER = "region.identity_provider.ProviderAdapter"
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {}
if OIDC_ISSUER and OIDC_CLIENT_ID:
    _PROVIDER = {
        "provider_id": "region",
        "name": env.str("OIDC_NAME", "") or _AT.hostname,
        "client_id": OIDC_CLIENT_ID,
        "secret": env.str("OIDC_CLIENT_SECRET", ""),
        "settings": {"server_url": OIDC_ISSUER, "email_authentication": True, "oauth_pkce_enabled": True},
    }
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {"APPS": [_PROVIDER]}
# Where browsers are sent to sign in there; empty without a provider.
OIDC_ORIGIN = f"{_AT.scheme}://{_AT.netloc}" if SOCIALACCOUNT_PROVIDERS else ""
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# A phone's clock may be half a minute off; that a code is used once is then seen to by our form.
MFA_TOTP_TOLERANCE = 1
# Each request would write a row. The list of sessions says when each of them began.
USERSESSIONS_TRACK_ACTIVITY = False
# Twelve hours at most, and no longer than the browser is open.
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
ACCOUNT_SESSION_REMEMBER = False
