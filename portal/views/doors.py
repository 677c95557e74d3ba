"""The one door: what Wagtail offers for signing in and for accounts leads to our own pages."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from allauth.account.internal.flows.logout import logout
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from wagtail.admin.views.account import AccountView
from wagtail.documents.views import serve
from wagtail.views import authenticate_with_password

from region.domain.rate_limit import take
from region.navigation import safe_next

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

# Nothing of these is a way into an account: language, time zone, colours, letters about pages.
PANELS = frozenset({"locale", "theme", "notifications"})
# Many readers of a private page may share one network address.
MOST_PASSWORDS, MINUTES = 30, 15


@never_cache
def to_sign_in(request: HttpRequest, otherwise: str = "") -> HttpResponse:
    """To the page for signing in, and then to where one wanted to go, if that is on this site, or to ``otherwise``.

    Who is signed in already goes there at once.
    """
    target = safe_next(request) or otherwise
    if target and request.user.is_authenticated:
        # The middleware of the one door refuses to send somebody to sign in who is signed in already.
        return redirect(target)
    query = f"?{urlencode({REDIRECT_FIELD_NAME: target})}" if target else ""
    return redirect(f"{reverse('account_login')}{query}")


@never_cache
def to_reset(_request: HttpRequest, **_parts: Any) -> HttpResponse:
    """To the page for a new password."""
    return redirect("account_reset_password")


@never_cache
def to_people(_request: HttpRequest, **_parts: Any) -> HttpResponse:
    """To the people of the office, where accounts and roles are looked after."""
    return redirect("region:office-people")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out from the editors' screens; a plain link only asks."""
    if request.method == "POST":
        logout(request)
        return redirect("account_login")
    return redirect("account_logout")


@never_cache
def page_password(request: HttpRequest, **ids: int) -> HttpResponse:
    """The password of a private page; whoever tries many must wait."""
    return _slowed(request) or authenticate_with_password(request, **ids)


@never_cache
def document_password(request: HttpRequest, **ids: int) -> HttpResponse:
    """The password of private documents, likewise."""
    return _slowed(request) or serve.authenticate_with_password(request, **ids)


def _slowed(request: HttpRequest) -> HttpResponse | None:
    """The page that asks to wait, for a network address that has tried often enough."""
    if request.method != "POST":
        return None
    address = request.META.get("REMOTE_ADDR", "")
    if take(action="page-password", address=address, limit=MOST_PASSWORDS, seconds=MINUTES * 60):
        return None
    response = render(request, "429.html", {"minutes": MINUTES}, status=HTTPStatus.TOO_MANY_REQUESTS)
    response["Retry-After"] = str(MINUTES * 60)
    return response


class EditorSettings(AccountView):
    """An editor's own settings of the editors' screens."""

    def get_panels(self) -> list[Any]:
        """Those of Wagtail's panels that do not touch the account."""
        return [panel for panel in super().get_panels() if panel.name in PANELS]
