"""What a browser may do with our answers: content policy, permissions, nothing of a signed-in person kept."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings

from region.queries.profile import current_profile

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

# The finder may ask for the reader's position; nothing else of the device is ever wanted.
PERMISSIONS = "camera=(), geolocation=(self), microphone=(), payment=(), usb=()"
_SOURCE = re.compile(r"https://[\w.*-]+(:\d+)?")


class ReaderSafetyMiddleware:
    """Permissions of pages; answers made for one person are kept nowhere."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        if _is_own(request, response):
            response["Cache-Control"] = "private, no-store"
        return response


def _is_own(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether the answer is made for one person, who is signed in or is about to."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return request.path_info.split("/")[2:3] == ["account"]
    # Wagtail marks as public what is the same for everybody, such as its icons.
    return "public" not in response.get("Cache-Control", "")


class PolicyMiddleware(CSPMiddleware):
    """The strict policy of public pages, which follows the region's map tiles; the editors' one under /admin/."""

    def get_policy_parts(
        self,
        request: HttpRequest,
        response: HttpResponseBase,
        report_only: bool = False,
    ) -> PolicyParts:
        """Policy for this answer."""
        parts: PolicyParts = super().get_policy_parts(request, response, report_only)
        if report_only:
            return parts
        if request.path_info.startswith("/admin/"):
            parts.config = settings.ADMIN_CONTENT_SECURITY_POLICY
            return parts
        if source := tile_source(current_profile().tile_url):
            parts.update = {**(parts.update or {}), "img-src": [source]}
        if getattr(request, "is_dummy", False):  # a preview, which stands in a frame of the editor
            parts.replace = {**(parts.replace or {}), "frame-ancestors": ["'self'"]}
        return parts


def tile_source(address: str) -> str:
    """Source for the policy of a tile address such as ``https://{s}.tiles.example/{z}/{x}/{y}.png``; empty for none."""
    parts = urlsplit(address.replace("{s}", "*"))
    source = f"{parts.scheme}://{parts.netloc}"
    return source if _SOURCE.fullmatch(source) else ""
