"""Pictures that editors uploaded, as pages show them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.http import Http404
from django.views.decorators.http import require_safe
from django.views.static import serve

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase


@require_safe
def picture(request: HttpRequest, path: str) -> HttpResponseBase:
    """A rendition. Its name changes with its content; uploaded originals and documents have no public address here."""
    try:
        response = serve(request, path, document_root=str(Path(settings.MEDIA_ROOT) / "images"))
    except SuspiciousFileOperation as error:  # a path that leads out of the folder names no picture
        raise Http404 from error
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
