"""Staff without a second factor get no further than the pages for setting one up, whatever they ask for."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import Resolver404, resolve, reverse

from portal.middleware.doors import has_session, leads_to_sign_in
from region.second_factor import Protection, protection
from region.security_log import note

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

_ALWAYS = {
    "second_factor",
    "account_login",
    "account_logout",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
}
# What opens to the person. Everything else is answered as if nobody were signed in, so that public pages stay
# readable and nothing else opens: a new address is closed without anybody thinking of it.
FREE = {
    # Whoever has a factor and has not shown it may show it, and not add another one in its place.
    Protection.UNUSED: _ALWAYS,
    Protection.MISSING: _ALWAYS
    | {
        "account_reauthenticate",
        "account_email",
        "account_email_verification_sent",
        "mfa_index",
        "mfa_activate_totp",
        "mfa_list_webauthn",
        "mfa_add_webauthn",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_download_recovery_codes",
    },
}


class SecondFactorMiddleware:
    """Leads to ``second_factor`` what only a signed-in person may do."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not settings.SECOND_FACTOR_REQUIRED or not has_session(request) or not request.user.is_authenticated:
            return self.get_response(request)
        state = protection(request)
        if state is Protection.ENOUGH or _name(request) in FREE[state]:
            return self.get_response(request)
        return self._as_stranger(request)

    def _as_stranger(self, request: HttpRequest) -> HttpResponseBase:
        person, asker = request.user, getattr(request, "auser", None)
        _set_user(request, AnonymousUser(), _nobody)
        try:
            response = self.get_response(request)
        finally:
            _set_user(request, person, asker)
        if leads_to_sign_in(response) or response.status_code == HTTPStatus.FORBIDDEN:
            note("access.denied", request=request, outcome="denied", reason="second_factor")
            return _lead(request)
        return response


async def _nobody() -> AnonymousUser:
    return AnonymousUser()


def _set_user(request: HttpRequest, user: Any, asker: Any) -> None:
    for name, value in (("user", user), ("auser", asker)):
        setattr(request, name, value)


def _name(request: HttpRequest) -> str:
    try:
        return resolve(request.path_info).view_name
    except Resolver404:
        return ""


def _lead(request: HttpRequest) -> HttpResponse:
    """To the page that says what to do; HTMX must be told to leave the page it stands in."""
    page = reverse("second_factor")
    if "HX-Request" in request.headers:
        return HttpResponse(headers={"HX-Redirect": page})
    if request.method == "GET":
        return HttpResponseRedirect(f"{page}?{urlencode({'next': request.get_full_path()})}")
    return HttpResponseRedirect(page, status=HTTPStatus.SEE_OTHER)
