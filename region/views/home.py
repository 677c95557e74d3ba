"""Where somebody lands after signing in: what waits, until when, one button."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from region.navigation import ENTER
from region.office import Place
from region.rules import can
from region.views.guards import permission_required, person_of, sign_in_required
from region.work import waiting_for

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from region.views.guards import View


def told_without_role(view: View[[]]) -> View[[]]:
    """Send somebody who is signed in and may enter no place to the page that says what to do."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponseBase:
        is_asking = request.user.is_authenticated and request.method in {"GET", "HEAD"}
        if is_asking and not any(can(request.user, permission) for permission in ENTER.values()):
            return redirect("region:home")
        return view(request)

    return guarded


@sign_in_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The home that fits the person: the office for staff, else My; without any role, what to do."""
    if can(request.user, "region.enter_office"):
        return redirect("region:office")
    if can(request.user, "region.enter_my"):
        return redirect("region:my")
    return render(request, "region/no_role.html")


@told_without_role
@permission_required("region.enter_office")
@require_safe
def office(request: HttpRequest) -> HttpResponse:
    """Home of the office."""
    return _home(request, Place.OFFICE, "region/office_home.html")


@told_without_role
@permission_required("region.enter_my")
@require_safe
def my(request: HttpRequest) -> HttpResponse:
    """Home of My."""
    return _home(request, Place.MY, "region/my_home.html")


def _home(request: HttpRequest, place: Place, template: str) -> HttpResponse:
    waiting = waiting_for(person_of(request), place, timezone.now())
    return render(request, template, {"waiting": waiting, "without_factor": not settings.SECOND_FACTOR_REQUIRED})


@require_safe
def office_in_own_language(request: HttpRequest) -> HttpResponse:
    """``/office/``: the office in the language of whoever asks."""
    return redirect(_in_own_language(request, "region:office"))


@require_safe
def my_in_own_language(request: HttpRequest) -> HttpResponse:
    """``/my/``: the same for My."""
    return redirect(_in_own_language(request, "region:my"))


def _in_own_language(request: HttpRequest, name: str) -> str:
    """Address under the person's language; for those who are not signed in, under the browser's."""
    own = getattr(request.user, "language", "")
    known = dict(settings.LANGUAGES)
    with translation.override(own if own in known else translation.get_language_from_request(request)):
        return reverse(name)
