"""The language of the editors' screens, whose addresses name none: that of whoever works there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import override

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from portal.middleware.editor_rights import Answer

SCREENS = "/admin/"


class EditorLanguageMiddleware:
    """Speak the language of the account, not that of the browser; a language chosen in Wagtail's own account wins."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request in that language."""
        user: Any = request.user if request.path.startswith(SCREENS) else None
        if user is None or not user.is_authenticated:
            return self.get_response(request)
        with override(user.language):
            return self.get_response(request)
