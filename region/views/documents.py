"""Streaming private documents to those who may read them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import FileResponse, Http404
from django.views.decorators.http import require_safe

from region.domain.documents import open_document
from region.models import User
from region.queries.documents import document_for
from region.security_log import note
from region.views.guards import sign_in_required

if TYPE_CHECKING:
    from django.http import HttpRequest

# A browser shows nothing of it in our name, whatever the file turns out to be.
POLICY = "default-src 'none'; sandbox"


@require_safe
@sign_in_required
def private_file(request: HttpRequest, document_id: UUID) -> FileResponse:
    """The file as a download. What the reader may not see is not there: 404."""
    document = document_for(request.user, document_id) if isinstance(request.user, User) else None
    if document is None:
        raise Http404
    try:
        stored = open_document(document=document)
    except FileNotFoundError as error:
        raise Http404 from error
    note("document.view", request=request, what="region.privatedocument", target_id=str(document.pk))
    answer = FileResponse(stored, as_attachment=True, filename=document.name, content_type=document.content_type)
    answer["Content-Length"] = str(document.size)
    answer["Content-Security-Policy"] = POLICY
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
