"""Pictures that editors uploaded, as pages show them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.views.static import serve

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase


def picture(request: HttpRequest, path: str) -> HttpResponseBase:
    """A rendition. Its name changes with its content; uploaded originals and documents have no public address here."""
    response = serve(request, path, document_root=str(Path(settings.MEDIA_ROOT) / "images"))
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
