"""Who may open a view: anonymous people are sent to sign in, others without the permission get 403.

What belongs to somebody else is not forbidden but not there: views look records up in ``visible_to(user)`` (404).
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeAlias

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.utils.cache import add_never_cache_headers

from region.rules import can

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from region.models import User

P = ParamSpec("P")
View: TypeAlias = "Callable[Concatenate[HttpRequest, P], HttpResponseBase]"


def permission_required(*names: str) -> Callable[[View[P]], View[P]]:
    """Let in people who have at least one of the permissions ``names``; ``tests/permissions/`` proves it by asking."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not any(can(request.user, name) for name in names):
                raise PermissionDenied(", ".join(names))
            response = view(request, *args, **kwargs)
            add_never_cache_headers(response)
            return response

        return guarded

    return decorate


def person_of(request: HttpRequest) -> User:
    """Whoever is signed in: for views that a guard opens to people with an account alone."""
    person: Any = request.user
    return person


def sign_in_required(view: View[P]) -> View[P]:
    """Let in everybody who is signed in."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        response: Any = view(request, *args, **kwargs)
        add_never_cache_headers(response)
        return response

    return guarded
