"""Reading kept ways of reading files: who may use which."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from region.models import SavedMapping
from region.queries.batches import kinds_for

if TYPE_CHECKING:
    from django.db.models import QuerySet


def mappings_for(user: Any) -> QuerySet[SavedMapping]:
    """Kept ways of reading the kinds of files that ``user`` may import, with who kept them."""
    return SavedMapping.objects.filter(importer__in=kinds_for(user)).select_related("created_by")


def mappings_of(importer: str) -> QuerySet[SavedMapping]:
    """Kept ways of reading files of one kind, by name."""
    return SavedMapping.objects.filter(importer=importer)


def mapping_for(user: Any, mapping_id: UUID) -> SavedMapping | None:
    """One of them; None when it is not there for ``user``."""
    return mappings_for(user).filter(pk=mapping_id).first()
