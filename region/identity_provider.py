"""The region's own identity provider, when one is switched on: it opens accounts that exist, and makes none."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.base.constants import AuthProcess
from django.shortcuts import redirect, render

from region.security_log import note

if TYPE_CHECKING:
    from allauth.socialaccount.models import SocialLogin
    from django.http import HttpRequest

# Some providers write it as a word; anything else, "false" among it, is no.
YES = (True, "true")


class ProviderAdapter(DefaultSocialAccountAdapter):
    """People are found by the address that the provider has verified, each time anew; nothing is connected for good."""

    def authenticate_by_email(self, sociallogin: SocialLogin) -> Any:
        """The account of a verified address, or None."""
        for address in sociallogin.email_addresses:
            address.verified = address.verified in YES
        return super().authenticate_by_email(sociallogin)

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Stop whoever has no account, and whoever would connect another one with his."""
        if sociallogin.state.get("process") == AuthProcess.CONNECT:
            raise ImmediateHttpResponse(redirect("account"))
        if not sociallogin.is_existing:
            is_verified = any(address.verified for address in sociallogin.email_addresses)
            reason = "no_account" if is_verified else "unverified_address"
            note("session.sign_in_failed", request=request, outcome="failure", kind="provider", reason=reason)
            page = render(
                request,
                "socialaccount/no_account.html",
                {"is_verified": is_verified, "provider": sociallogin.provider},
                status=HTTPStatus.FORBIDDEN,
            )
            raise ImmediateHttpResponse(page)
