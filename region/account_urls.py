"""Addresses of signing in and of one's own account: what we offer of allauth's, and nothing else."""

from __future__ import annotations

from allauth.account.decorators import reauthentication_required
from allauth.account.views import password_set
from django.urls import URLPattern, URLResolver, include, path

from region.views import account, identity_provider, second_factor

urlpatterns: list[URLPattern | URLResolver] = [
    path("", account.account, name="account"),
    path("details/", account.details, name="account_details"),
    path("second-factor/", second_factor.second_factor, name="second_factor"),
    path("password/set/", reauthentication_required(password_set, app="allauth.account"), name="account_set_password"),
    path("", include("allauth.account.urls")),
    path("2fa/authenticate/", second_factor.SecondStep.as_view(), name="mfa_authenticate"),
    path("2fa/webauthn/keys/<int:pk>/remove/", second_factor.RemovePasskey.as_view(), name="mfa_remove_webauthn"),
    path("2fa/", include("allauth.mfa.urls")),
    path("sessions/", include("allauth.usersessions.urls")),
    # The region's own identity provider, when one is switched on.
    path("3rdparty/", include("allauth.socialaccount.urls")),
    path("oidc/<slug:provider_id>/login/", identity_provider.login, name="openid_connect_login"),
    path("oidc/<slug:provider_id>/login/callback/", identity_provider.callback, name="openid_connect_callback"),
]
