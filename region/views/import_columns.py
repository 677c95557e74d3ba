"""The second step of an import: which column is which, what holds for the whole file, a kept way of reading."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from region.domain.batches import (
    check_batch,
    correct_batch,
    keep_reading,
    look_at_batch,
    read_as,
    values_form_of,
)
from region.enums import BatchStatus
from region.forms.imports import ColumnsForm, KeepForm, MappingForm
from region.import_kinds import OPEN
from region.importers import importer_of
from region.messages import Problem
from region.models import ImportBatch, SavedMapping
from region.queries.batches import VIEW
from region.queries.mappings import mappings_of
from region.tasks import work_later
from region.views.guards import permission_required, person_of
from region.views.import_steps import INCOMPLETE, POST_OR_READ, act, batch_or_404, page_of
from region.wording import problem_words

if TYPE_CHECKING:
    from django.forms import Form
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from region.tables.looking import Look

_OPEN = (BatchStatus.UPLOADED, BatchStatus.FAILED, BatchStatus.CHECKED)


@require_http_methods(POST_OR_READ)
@permission_required(VIEW, OPEN)
def columns(request: HttpRequest, batch_id: UUID) -> HttpResponseBase:
    """What was recognised, to be corrected."""
    batch = batch_or_404(request, batch_id)
    if batch.status not in _OPEN:
        return redirect("region:office-import", batch_id=batch.pk)
    kept = list(mappings_of(batch.importer))
    if request.method == "POST" and request.POST.get("do") == "use":
        return _used(request, batch, kept)
    try:
        look = look_at_batch(batch)
        return _corrections(request, batch, look, kept)
    except Problem as problem:
        context = {"problem": problem_words(problem), "mappings": _choice_of(batch, kept)}
        return page_of(request, "imports/columns.html", batch, 2, **context, status=INCOMPLETE)


def _corrections(request: HttpRequest, batch: ImportBatch, look: Look, kept: list[SavedMapping]) -> HttpResponseBase:
    """The forms of the page, or what they ask for."""
    importer = importer_of(batch.importer)
    sent = request.POST if request.method == "POST" else None
    form, keep = ColumnsForm(sent, look=look, importer=importer), KeepForm(sent)
    values = _values_form(batch, sent)
    if request.method == "POST" and _is_read(form, values) and keep.is_valid():
        return _corrected(request, batch, form, values, keep.cleaned_data["keep_as"])
    context = {
        "form": form,
        "values": values,
        "keep": keep,
        "look": look,
        "missing": [importer.word(name) for name in look.missing],
        "doubled": look.doubled,
        "used": batch.options.get("mapping"),
        "mappings": _choice_of(batch, kept),
    }
    status = INCOMPLETE if request.method == "POST" else 200
    return page_of(request, "imports/columns.html", batch, 2, **context, status=status)


def _choice_of(batch: ImportBatch, kept: list[SavedMapping]) -> MappingForm | None:
    """The choice among kept ways of reading; None while there are none."""
    used = batch.options.get("mapping") or {}
    return MappingForm(initial={"mapping": used.get("id", "")}, mappings=kept) if kept else None


def _values_form(batch: ImportBatch, sent: Any) -> Form | None:
    """What holds for the whole file: as sent, as told before, or as a kept way of reading says."""
    with values_form_of(batch) as make:
        if make is None:
            return None
        told = batch.options.get("values")
        if sent is None and batch.status != BatchStatus.FAILED:
            return make(initial=told or batch.options.get("kept_values") or {})
        return make(sent if sent is not None else told)


def _is_read(form: ColumnsForm, values: Form | None) -> bool:
    """Whether the forms are in order; a dry run needs every column that a file must have, and all values."""
    is_check = form.data.get("do") == "check" and not form.is_cut_anew()
    is_valid = form.is_valid() and (values is None or not is_check or values.is_valid())
    for name in form.missing() if is_valid and is_check else ():
        form.add_error(None, gettext("No column was chosen for “%(name)s”.") % {"name": name})
    return is_valid and not form.errors


def _corrected(
    request: HttpRequest, batch: ImportBatch, form: ColumnsForm, values: Form | None, keep_as: str
) -> HttpResponseBase:
    told = {name: values.data.get(name, "") for name in values.fields} if values is not None else {}
    by = person_of(request)

    def correct() -> ImportBatch:
        row = correct_batch(batch=batch, reading=form.reading(), values=told, by=by)
        if keep_as:
            mapping = keep_reading(batch=row, name=keep_as, by=by)
            messages.success(request, gettext("Files like this one will be read as “%(name)s”.") % {"name": mapping})
        return row

    if form.data.get("do") == "check" and not form.is_cut_anew():
        return act(request, batch, lambda: check_batch(batch=correct(), by=by, later=work_later))

    def read_again() -> None:
        correct()
        messages.info(request, gettext("The file was read again. See whether the columns are right now."))

    return act(request, batch, read_again)


def _used(request: HttpRequest, batch: ImportBatch, kept: list[SavedMapping]) -> HttpResponseBase:
    """Read the file in the chosen way, or as it is recognised by itself."""
    form = MappingForm(request.POST, mappings=kept)
    chosen = form.cleaned_data["mapping"] if form.is_valid() else ""
    mapping = next((one for one in kept if str(one.pk) == chosen), None)
    return act(request, batch, lambda: read_as(batch=batch, mapping=mapping, by=person_of(request)))
