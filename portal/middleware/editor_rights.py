"""At the door of the editors' screens: what somebody may do there is what the roles of this second say."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias

from region.domain.access import sync_access

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

Answer: TypeAlias = "Callable[[HttpRequest], HttpResponseBase]"
# Editors' screens, and documents, some of which only certain groups may read.
DOORS = ("/admin/", "/documents/")


class EditorRightsMiddleware:
    """Let groups and the superuser flag follow roles that began or ended by date, before Wagtail looks at them.

    Two queries on addresses of the editors' screens and of documents; nothing elsewhere, so that public pages do not
    depend on who reads them.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request after rights were compared."""
        if request.path.startswith(DOORS):
            user: Any = request.user
            if user.is_authenticated:
                sync_access(user=user)
        return self.get_response(request)
