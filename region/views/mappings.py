"""Kept ways of reading files: the list, another name, and forgetting one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from region.domain.mappings import delete_mapping, rename_mapping
from region.forms.imports import MappingNameForm
from region.import_kinds import OPEN
from region.importers import importer_of
from region.listing import Column, Kind, Listing, trail_to
from region.messages import Problem
from region.models import SavedMapping
from region.parts import Link
from region.queries.mappings import mapping_for, mappings_for
from region.views.asking import Question, ask
from region.views.guards import permission_required, person_of
from region.views.import_list import IMPORTS
from region.views.import_steps import POST_OR_READ

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase


def _kind(mapping: SavedMapping) -> str:
    try:
        return str(importer_of(mapping.importer).title)
    except Problem:
        return mapping.importer


MAPPINGS = Listing(
    url_name="region:office-mappings",
    title=_("Kept ways of reading files"),
    permissions=(OPEN,),
    rows=mappings_for,
    columns=(
        Column(
            key="name",
            label=_("Name"),
            sort="name",
            link=lambda mapping: reverse("region:office-mapping", args=[mapping.pk]),
        ),
        Column(key="importer", label=_("What"), value=_kind),
        Column(key="created_by", label=_("Kept by"), value="created_by"),
        Column(key="used_at", label=_("Last used"), kind=Kind.DATETIME, sort="used_at"),
    ),
    order="name",
    search=("name",),
    is_exported=False,
    empty_title=_("No way of reading was kept yet"),
    empty_text=_("In the step “Columns” of an import it can be kept under a name for the next file of the same kind."),
)


@require_http_methods(POST_OR_READ)
@permission_required(OPEN)
def rename(request: HttpRequest, mapping_id: UUID) -> HttpResponseBase:
    """Another name for a way of reading."""
    mapping = _mapping(request, mapping_id)
    form = MappingNameForm(request.POST if request.method == "POST" else None, initial={"name": mapping.name})
    question = Question(
        title=gettext("Way of reading “%(name)s”") % {"name": mapping.name},
        lead=gettext("It is used by itself for files of “%(kind)s” with the same headings.") % {"kind": _kind(mapping)},
        button=gettext("Keep the name"),
        action="mapping.rename",
        back=_back(),
        done=gettext("The name was changed."),
        trail=_trail(mapping),
        template="imports/mapping.html",
        more={"mapping": mapping, "columns": _columns(mapping)},
    )
    return ask(
        request, question, lambda data: rename_mapping(mapping=mapping, name=data["name"], by=person_of(request)), form
    )


@require_http_methods(POST_OR_READ)
@permission_required(OPEN)
def delete(request: HttpRequest, mapping_id: UUID) -> HttpResponseBase:
    """Asking whether to forget it, and doing so."""
    mapping = _mapping(request, mapping_id)
    question = Question(
        title=gettext("Delete the way of reading “%(name)s”?") % {"name": mapping.name},
        lead=gettext("Imports that were read so stay as they are. The next such file is recognised by itself again."),
        button=gettext("Delete"),
        action="mapping.delete",
        back=_back(),
        done=gettext("The way of reading was deleted."),
        trail=_trail(mapping),
        is_danger=True,
    )
    return ask(request, question, lambda _data: delete_mapping(mapping=mapping, by=person_of(request)))


def _mapping(request: HttpRequest, mapping_id: UUID) -> SavedMapping:
    mapping = mapping_for(request.user, mapping_id)
    if mapping is None:
        raise Http404
    return mapping


def _columns(mapping: SavedMapping) -> list[tuple[str, Any]]:
    """Headings of the file with what they are, in words."""
    try:
        importer = importer_of(mapping.importer)
    except Problem:
        return []
    columns = mapping.reading.get("columns", {})
    return [(heading, importer.word(name)) for name, (_key, heading) in columns.items()]


def _back() -> Link:
    return Link(gettext("Kept ways of reading files"), reverse("region:office-mappings"))


def _trail(mapping: SavedMapping) -> tuple[Link, ...]:
    return trail_to(IMPORTS, _back(), Link(mapping.name))
