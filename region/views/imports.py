"""The import screen: upload, columns, dry run, confirmation, progress, result, undo. Each step has its own address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

import django_filters
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from region.domain.batches import (
    Received,
    apply_batch,
    check_batch,
    correct_batch,
    drop_batch,
    look_at_batch,
    receive_file,
    start_again,
    start_batch,
    undo_batch,
)
from region.domain.documents import FileRefused
from region.enums import BatchStatus
from region.forms.imports import ColumnsForm, ConfirmForm, UploadForm
from region.importers import OPEN, importer_of, importers, permission_of
from region.listing import Column, Kind, ListFilters, Listing, View, trail_to
from region.memory import digest
from region.messages import Problem
from region.models import ImportBatch, User
from region.parts import Link
from region.progress import progress_of
from region.queries.batches import VIEW, batch_for, batches_for, has_task, importers_for, may_import
from region.tasks import work_later
from region.views.guards import permission_required, person_of
from region.views.import_report import report_context
from region.views.sending import sent_once
from region.wording import problem_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

INCOMPLETE = 422
POST_OR_READ = ["GET", "HEAD", "POST"]
_TONES = {
    BatchStatus.APPLIED: "done",
    BatchStatus.CHECKED: "run",
    BatchStatus.CHECKING: "run",
    BatchStatus.APPLYING: "run",
    BatchStatus.UNDOING: "run",
    BatchStatus.FAILED: "late",
}
# The page on which a batch stands, by its status; the others stand on the page of the result.
_PAGES = {
    BatchStatus.UPLOADED: "columns",
    BatchStatus.FAILED: "columns",
    BatchStatus.CHECKING: "progress",
    BatchStatus.APPLYING: "progress",
    BatchStatus.UNDOING: "progress",
    BatchStatus.CHECKED: "check",
}


class ImportFilters(ListFilters):
    """By what and by status."""

    importer = django_filters.ChoiceFilter(
        label=_("What"), choices=lambda: [(one.key, one.title) for one in importers()], empty_label=_("Any")
    )
    status = django_filters.ChoiceFilter(label=_("Status"), choices=BatchStatus.choices, empty_label=_("Any"))


def _title(batch: ImportBatch) -> str:
    try:
        return str(importer_of(batch.importer).title)
    except Problem:
        return batch.importer


def _count(name: str) -> Callable[[ImportBatch], int | None]:
    return lambda batch: batch.report.get(f"{name}_count")


IMPORTS = Listing(
    url_name="region:office-imports",
    title=_("Imports"),
    permissions=(VIEW, OPEN),
    rows=batches_for,
    columns=(
        Column(
            key="file",
            label=_("File"),
            value="file.name",
            sort="file__name",
            link=lambda batch: reverse("region:office-import", args=[batch.pk]),
        ),
        Column(key="importer", label=_("What"), value=_title),
        Column(
            key="status",
            label=_("Status"),
            value="get_status_display",
            kind=Kind.STATUS,
            tone=lambda batch: _TONES.get(batch.status, "neutral"),
        ),
        Column(key="added", label=_("New"), value=_count("added"), kind=Kind.NUMBER),
        Column(key="changed", label=_("Changed"), value=_count("changed"), kind=Kind.NUMBER),
        Column(key="rejected", label=_("Rejected"), value=_count("rejected"), kind=Kind.NUMBER),
        Column(key="created_by", label=_("Uploaded by"), value="created_by"),
        Column(key="created_at", label=_("Uploaded"), kind=Kind.DATETIME, sort="created_at"),
    ),
    order="-created_at",
    filters=ImportFilters,
    search=("file__name",),
    views=(View(label=_("All")), View(label=_("Waiting for confirmation"), query="status=checked")),
    create=lambda user: (
        Link(gettext("Import a file"), reverse("region:office-import-new")) if importers_for(user) else None
    ),
    # It says who uploaded each.
    is_personal=True,
    empty_title=_("Nothing was imported on screen yet"),
    empty_text=_("Towns, people and addresses come in from spreadsheets. Each import can be undone."),
)


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
        "steps": _steps(None),
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
    batch = _batch(request, batch_id)
    if batch.status in _PAGES:
        return redirect(_address(batch, _PAGES[BatchStatus(batch.status)]))
    return _page(request, "imports/result.html", batch, 5, **report_context(batch))


@require_http_methods(POST_OR_READ)
@permission_required(VIEW, OPEN)
def columns(request: HttpRequest, batch_id: UUID) -> HttpResponseBase:
    """The second step: what was recognised, to be corrected."""
    batch = _batch(request, batch_id)
    if batch.status not in (BatchStatus.UPLOADED, BatchStatus.FAILED, BatchStatus.CHECKED):
        return redirect("region:office-import", batch_id=batch.pk)
    try:
        look = look_at_batch(batch)
    except Problem as problem:
        return _page(request, "imports/columns.html", batch, 2, problem=problem_words(problem), status=INCOMPLETE)
    importer = importer_of(batch.importer)
    sent = request.POST if request.method == "POST" else None
    form = ColumnsForm(sent, look=look, importer=importer)
    values = importer.form(sent or batch.options.get("values") or None) if importer.form else None
    if request.method == "POST" and _is_read(form, values):
        return _corrected(request, batch, form, values)
    known = [importer.word(name) for name in look.missing]
    context = {"form": form, "values": values, "look": look, "missing": known, "doubled": look.doubled}
    wrong = request.method == "POST"
    return _page(request, "imports/columns.html", batch, 2, **context, status=INCOMPLETE if wrong else 200)


def _is_read(form: ColumnsForm, values: Any) -> bool:
    """Whether both forms are in order; a dry run needs every column that a file must have."""
    is_valid = form.is_valid() and (values is None or values.is_valid())
    if is_valid and form.data.get("do") == "check" and not form.is_cut_anew():
        for name in form.missing():
            form.add_error(None, gettext("No column was chosen for “%(name)s”.") % {"name": name})
    return is_valid and not form.errors


def _corrected(request: HttpRequest, batch: ImportBatch, form: ColumnsForm, values: Any) -> HttpResponseBase:
    told = {name: values.data.get(name, "") for name in values.fields} if values is not None else {}

    def correct() -> ImportBatch:
        return correct_batch(batch=batch, reading=form.reading(), values=told, by=person_of(request))

    if form.data.get("do") == "check" and not form.is_cut_anew():
        return _act(request, batch, lambda: check_batch(batch=correct(), by=person_of(request), later=work_later))

    def read_again() -> ImportBatch:
        row = correct()
        messages.info(request, gettext("The file was read again. See whether the columns are right now."))
        return row

    return _act(request, batch, read_again)


@require_safe
@permission_required(VIEW, OPEN)
def check(request: HttpRequest, batch_id: UUID) -> HttpResponseBase:
    """The third step: what would change."""
    batch = _batch(request, batch_id)
    if batch.status != BatchStatus.CHECKED:
        return redirect("region:office-import", batch_id=batch.pk)
    return _page(request, "imports/check.html", batch, 3, **report_context(batch))


@require_http_methods(POST_OR_READ)
@permission_required(VIEW, OPEN)
def confirm(request: HttpRequest, batch_id: UUID) -> HttpResponseBase:
    """The fourth step: yes or no."""
    batch = _batch(request, batch_id)
    if batch.status != BatchStatus.CHECKED:
        return redirect("region:office-import", batch_id=batch.pk)
    rejected = bool(batch.report.get("rejected_count"))
    sent, shown = request.POST if request.method == "POST" else None, digest(batch.report)
    if sent is not None and sent.get("shown", shown) != shown:
        messages.warning(request, gettext("Another dry run was made meanwhile. Look at what would change now."))
        return redirect("region:office-import-check", batch_id=batch.pk)
    form = ConfirmForm(sent) if rejected else None
    if request.method == "POST" and (form is None or form.is_valid()):
        return _act(
            request,
            batch,
            lambda: apply_batch(batch=batch, skip_rejected=rejected, by=person_of(request), later=work_later),
        )
    status = INCOMPLETE if form is not None and form.errors else 200
    context = {"form": form, "shown": shown, **report_context(batch)}
    return _page(request, "imports/confirm.html", batch, 4, **context, status=status)


@require_http_methods(POST_OR_READ)
@permission_required(VIEW, OPEN)
def progress(request: HttpRequest, batch_id: UUID) -> HttpResponseBase:
    """How far the work is; asked every second. Sent by POST it has the work begun again that nobody does any more."""
    batch = _batch(request, batch_id)
    if request.method == "POST":
        return _act(request, batch, lambda: start_again(batch=batch, by=person_of(request), later=work_later))
    is_at_work = _PAGES.get(BatchStatus(batch.status)) == "progress"
    is_fragment = bool(request.headers.get("HX-Request"))
    if not is_at_work:
        answer = HttpResponse() if is_fragment else redirect("region:office-import", batch_id=batch.pk)
        answer["HX-Redirect"] = reverse("region:office-import", args=[batch.pk])
        return answer
    template = "imports/_progress.html" if is_fragment else "imports/progress.html"
    step = 3 if batch.status == BatchStatus.CHECKING else 5
    return _page(request, template, batch, step, progress=progress_of(batch), is_lost=not has_task(batch))


@require_http_methods(POST_OR_READ)
@permission_required(VIEW, OPEN)
def undo(request: HttpRequest, batch_id: UUID) -> HttpResponseBase:
    """Asking whether to undo, and undoing."""
    batch = _batch(request, batch_id)
    if request.method == "POST":
        return _act(request, batch, lambda: undo_batch(batch=batch, by=person_of(request), later=work_later))
    if batch.status != BatchStatus.APPLIED:
        return redirect("region:office-import", batch_id=batch.pk)
    return _page(request, "imports/undo.html", batch, 5, **report_context(batch))


@require_http_methods(POST_OR_READ)
@permission_required(VIEW, OPEN)
def drop(request: HttpRequest, batch_id: UUID) -> HttpResponseBase:
    """Asking whether to give an unfinished import up, and doing so."""
    batch = _batch(request, batch_id)
    if request.method == "POST":
        return _act(request, batch, lambda: drop_batch(batch=batch, by=person_of(request)))
    if batch.status not in (BatchStatus.UPLOADED, BatchStatus.FAILED, BatchStatus.CHECKED):
        return redirect("region:office-import", batch_id=batch.pk)
    return _page(request, "imports/drop.html", batch, 5)


def _act(request: HttpRequest, batch: ImportBatch, act: Callable[[], ImportBatch]) -> HttpResponseBase:
    """Do it and go where the batch then stands. What cannot be done (any more) is told there."""
    try:
        act()
    except Problem as problem:
        messages.warning(request, problem_words(problem))
    return redirect("region:office-import", batch_id=batch.pk)


def _batch(request: HttpRequest, batch_id: UUID) -> ImportBatch:
    batch = batch_for(request.user, batch_id)
    if batch is None:
        raise Http404
    if request.method == "POST":
        _require(request, batch)
    return batch


def _require(request: HttpRequest, batch: ImportBatch) -> None:
    if not may_import(request.user, batch.importer):
        raise PermissionDenied(permission_of(batch.importer))


def _page(
    request: HttpRequest, template: str, batch: ImportBatch, current: int, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {
        "batch": batch,
        "title": _title(batch),
        "steps": _steps(batch),
        "current": current,
        "may_import": may_import(request.user, batch.importer),
        "trail": trail_to(IMPORTS, Link(batch.file.name)),
        **more,
    }
    return render(request, template, context, status=status)


def _steps(batch: ImportBatch | None) -> tuple[Link, ...]:
    """The steps; those that one may go back to are links."""
    is_open = batch is not None and batch.status in (BatchStatus.UPLOADED, BatchStatus.FAILED, BatchStatus.CHECKED)
    is_checked = batch is not None and batch.status == BatchStatus.CHECKED
    return (
        Link(gettext("Upload")),
        Link(gettext("Columns"), _address(batch, "columns") if batch and is_open else ""),
        Link(gettext("Dry run"), _address(batch, "check") if batch and is_checked else ""),
        Link(gettext("Confirmation")),
        Link(gettext("Result")),
    )


def _address(batch: ImportBatch, page: str) -> str:
    return reverse(f"region:office-import-{page}", args=[batch.pk])
