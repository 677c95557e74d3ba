"""The import screen: upload, columns, dry run, confirmation, progress, result, undo. Each step has its own address."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from region.domain.batches import (
    Received,
    apply_batch,
    drop_batch,
    receive_file,
    start_again,
    start_batch,
    undo_batch,
)
from region.domain.documents import FileRefused
from region.enums import BatchStatus
from region.forms.imports import ConfirmForm, UploadForm
from region.import_kinds import OPEN
from region.importers import importers, importers_for
from region.listing import trail_to
from region.memory import digest
from region.messages import Problem
from region.models import User
from region.parts import Link
from region.progress import progress_of
from region.queries.batches import VIEW, has_task
from region.tasks import work_later
from region.views.guards import permission_required, person_of
from region.views.import_list import IMPORTS
from region.views.import_report import report_context
from region.views.import_steps import (
    INCOMPLETE,
    PAGES,
    POST_OR_READ,
    act,
    address_of,
    batch_or_404,
    page_of,
    steps_of,
)
from region.views.sending import sent_once
from region.wording import problem_words

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from region.models import ImportBatch


@require_http_methods(POST_OR_READ)
@permission_required(OPEN)
def upload(request: HttpRequest) -> HttpResponseBase:
    """The first step: what the file holds, and the file."""
    kinds = importers_for(request.user)
    form = (
        UploadForm(request.POST, request.FILES, importers=kinds)
        if request.method == "POST"
        else UploadForm(initial=request.GET.dict(), importers=kinds)
    )
    if form.is_bound and form.is_valid():
        try:
            # A scanner that does not answer, or a large table, must not hold up whoever writes meanwhile.
            chosen, by = form.cleaned_data, person_of(request)
            received = receive_file(importer=chosen["importer"], upload=chosen["file"], by=by)
            return sent_once(request, "import.uploaded", lambda: _started(received, by))
        except FileRefused as refused:
            form.add_error("file", refused)
        except Problem as problem:
            form.add_error("file", problem_words(problem))
    context = {
        "form": form,
        "steps": steps_of(None),
        "current": 1,
        "trail": trail_to(IMPORTS, Link(gettext("Import a file"))),
    }
    return render(request, "imports/upload.html", context, status=INCOMPLETE if form.errors else 200)


def _started(received: Received, by: User) -> str:
    batch = start_batch(received=received, by=by)
    return reverse("region:office-import-columns", args=[batch.pk])


@require_safe
@permission_required(VIEW, OPEN)
def batch_page(request: HttpRequest, batch_id: UUID) -> HttpResponseBase:
    """Where an import stands: its present step, or its result."""
    batch = batch_or_404(request, batch_id)
    if batch.status in PAGES:
        return redirect(address_of(batch, PAGES[BatchStatus(batch.status)]))
    return page_of(request, "imports/result.html", batch, 5, leads=_leads(batch), **report_context(batch))


def _leads(batch: ImportBatch) -> list[Link]:
    """Where the work goes on with what was written."""
    known = {one.key: one.leads_to for one in importers()}.get(batch.importer, ())
    return [Link(str(label), reverse(name)) for label, name in known] if batch.status == BatchStatus.APPLIED else []


@require_safe
@permission_required(VIEW, OPEN)
def check(request: HttpRequest, batch_id: UUID) -> HttpResponseBase:
    """The third step: what would change."""
    batch = batch_or_404(request, batch_id)
    if batch.status != BatchStatus.CHECKED:
        return redirect("region:office-import", batch_id=batch.pk)
    return page_of(request, "imports/check.html", batch, 3, **report_context(batch))


@require_http_methods(POST_OR_READ)
@permission_required(VIEW, OPEN)
def confirm(request: HttpRequest, batch_id: UUID) -> HttpResponseBase:
    """The fourth step: yes or no."""
    batch = batch_or_404(request, batch_id)
    if batch.status != BatchStatus.CHECKED:
        return redirect("region:office-import", batch_id=batch.pk)
    rejected = bool(batch.report.get("rejected_count"))
    sent, shown = request.POST if request.method == "POST" else None, digest(batch.report)
    if sent is not None and sent.get("shown", shown) != shown:
        messages.warning(request, gettext("Another dry run was made meanwhile. Look at what would change now."))
        return redirect("region:office-import-check", batch_id=batch.pk)
    form = ConfirmForm(sent) if rejected else None
    if request.method == "POST" and (form is None or form.is_valid()):
        return act(
            request,
            batch,
            lambda: apply_batch(batch=batch, skip_rejected=rejected, by=person_of(request), later=work_later),
        )
    status = INCOMPLETE if form is not None and form.errors else 200
    context = {"form": form, "shown": shown, **report_context(batch)}
    return page_of(request, "imports/confirm.html", batch, 4, **context, status=status)


@require_http_methods(POST_OR_READ)
@permission_required(VIEW, OPEN)
def progress(request: HttpRequest, batch_id: UUID) -> HttpResponseBase:
    """How far the work is; asked every second. Sent by POST it has the work begun again that nobody does any more."""
    batch = batch_or_404(request, batch_id)
    if request.method == "POST":
        return act(request, batch, lambda: start_again(batch=batch, by=person_of(request), later=work_later))
    is_at_work = PAGES.get(BatchStatus(batch.status)) == "progress"
    is_fragment = bool(request.headers.get("HX-Request"))
    if not is_at_work:
        answer = HttpResponse() if is_fragment else redirect("region:office-import", batch_id=batch.pk)
        answer["HX-Redirect"] = reverse("region:office-import", args=[batch.pk])
        return answer
    template = "imports/_progress.html" if is_fragment else "imports/progress.html"
    step = 3 if batch.status == BatchStatus.CHECKING else 5
    return page_of(request, template, batch, step, progress=progress_of(batch), is_lost=not has_task(batch))


@require_http_methods(POST_OR_READ)
@permission_required(VIEW, OPEN)
def undo(request: HttpRequest, batch_id: UUID) -> HttpResponseBase:
    """Asking whether to undo, and undoing."""
    batch = batch_or_404(request, batch_id)
    if request.method == "POST":
        return act(request, batch, lambda: undo_batch(batch=batch, by=person_of(request), later=work_later))
    if batch.status != BatchStatus.APPLIED:
        return redirect("region:office-import", batch_id=batch.pk)
    return page_of(request, "imports/undo.html", batch, 5, **report_context(batch))


@require_http_methods(POST_OR_READ)
@permission_required(VIEW, OPEN)
def drop(request: HttpRequest, batch_id: UUID) -> HttpResponseBase:
    """Asking whether to give an unfinished import up, and doing so."""
    batch = batch_or_404(request, batch_id)
    if request.method == "POST":
        return act(request, batch, lambda: drop_batch(batch=batch, by=person_of(request)))
    if batch.status not in (BatchStatus.UPLOADED, BatchStatus.FAILED, BatchStatus.CHECKED):
        return redirect("region:office-import", batch_id=batch.pk)
    return page_of(request, "imports/drop.html", batch, 5)
