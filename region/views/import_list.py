"""The list of imports."""

from __future__ import annotations

from typing import TYPE_CHECKING

import django_filters
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from region.enums import BatchStatus
from region.import_kinds import OPEN
from region.importers import importer_of, importers, importers_for
from region.listing import Column, Kind, ListFilters, Listing, View
from region.messages import Problem
from region.models import ImportBatch
from region.parts import Link
from region.queries.batches import VIEW, batches_for

if TYPE_CHECKING:
    from collections.abc import Callable

_TONES = {
    BatchStatus.APPLIED: "done",
    BatchStatus.CHECKED: "run",
    BatchStatus.CHECKING: "run",
    BatchStatus.APPLYING: "run",
    BatchStatus.UNDOING: "run",
    BatchStatus.FAILED: "late",
}


def title_of(batch: ImportBatch) -> str:
    """What the import is of, in words; the key of a kind that is gone."""
    try:
        return str(importer_of(batch.importer).title)
    except Problem:
        return batch.importer


class ImportFilters(ListFilters):
    """By what and by status."""

    importer = django_filters.ChoiceFilter(
        label=_("What"), choices=lambda: [(one.key, one.title) for one in importers()], empty_label=_("Any")
    )
    status = django_filters.ChoiceFilter(label=_("Status"), choices=BatchStatus.choices, empty_label=_("Any"))


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
        Column(key="importer", label=_("What"), value=title_of),
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
