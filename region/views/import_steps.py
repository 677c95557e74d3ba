"""What the pages of an import have in common: the import itself, its steps, what is done and where that leads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from region.enums import BatchStatus
from region.import_kinds import permission_of
from region.listing import trail_to
from region.messages import Problem
from region.models import ImportBatch
from region.parts import Link
from region.queries.batches import batch_for, may_import
from region.views.import_list import IMPORTS, title_of
from region.wording import problem_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

INCOMPLETE = 422
POST_OR_READ = ["GET", "HEAD", "POST"]
# The page on which a batch stands, by its status; the others stand on the page of the result.
PAGES = {
    BatchStatus.UPLOADED: "columns",
    BatchStatus.FAILED: "columns",
    BatchStatus.CHECKING: "progress",
    BatchStatus.APPLYING: "progress",
    BatchStatus.UNDOING: "progress",
    BatchStatus.CHECKED: "check",
}


def act(request: HttpRequest, batch: ImportBatch, step: Callable[[], object]) -> HttpResponseBase:
    """Do it and go where the batch then stands. What cannot be done (any more) is told there."""
    try:
        step()
    except Problem as problem:
        messages.warning(request, problem_words(problem))
    return redirect("region:office-import", batch_id=batch.pk)


def batch_or_404(request: HttpRequest, batch_id: UUID) -> ImportBatch:
    """An import that the reader may see, and by POST change."""
    batch = batch_for(request.user, batch_id)
    if batch is None:
        raise Http404
    if request.method == "POST":
        _require(request, batch)
    return batch


def _require(request: HttpRequest, batch: ImportBatch) -> None:
    if not may_import(request.user, batch.importer):
        raise PermissionDenied(permission_of(batch.importer))


def page_of(
    request: HttpRequest, template: str, batch: ImportBatch, current: int, *, status: int = 200, **more: Any
) -> HttpResponse:
    """A page of an import with its steps."""
    context = {
        "batch": batch,
        "title": title_of(batch),
        "steps": steps_of(batch),
        "current": current,
        "may_import": may_import(request.user, batch.importer),
        "trail": trail_to(IMPORTS, Link(batch.file.name)),
        **more,
    }
    return render(request, template, context, status=status)


def steps_of(batch: ImportBatch | None) -> tuple[Link, ...]:
    """The steps; those that one may go back to are links."""
    is_open = batch is not None and batch.status in (BatchStatus.UPLOADED, BatchStatus.FAILED, BatchStatus.CHECKED)
    is_checked = batch is not None and batch.status == BatchStatus.CHECKED
    return (
        Link(gettext("Upload")),
        Link(gettext("Columns"), address_of(batch, "columns") if batch and is_open else ""),
        Link(gettext("Dry run"), address_of(batch, "check") if batch and is_checked else ""),
        Link(gettext("Confirmation")),
        Link(gettext("Result")),
    )


def address_of(batch: ImportBatch, page: str) -> str:
    """Address of a page of an import."""
    return reverse(f"region:office-import-{page}", args=[batch.pk])
