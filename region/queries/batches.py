"""Reading imports: who sees which, and what waits for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import QuerySet
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from region.enums import BatchStatus
from region.import_kinds import OPEN, kinds, permission_of
from region.models import ImportBatch, PrivateDocument
from region.rules import can

if TYPE_CHECKING:
    from region.models import User

VIEW = "region.view_imports"
RULE = "import"


def may_import(user: Any, importer: str) -> bool:
    """Whether ``user`` may import files of this kind (the key of an importer)."""
    return can(user, OPEN) and can(user, permission_of(importer))


def kinds_for(user: Any) -> list[str]:
    """Kinds of files that ``user`` may import."""
    return [kind for kind in kinds() if can(user, permission_of(kind))] if can(user, OPEN) else []


def batches_for(user: Any) -> QuerySet[ImportBatch]:
    """Imports that ``user`` may see, the newest first, with files and people: all, or those of his or her kinds."""
    found = ImportBatch.objects.select_related("file", "rejected_file", "journal", "created_by", "undone_by")
    return found if can(user, VIEW) else found.filter(importer__in=kinds_for(user))


def batch_for(user: Any, batch_id: UUID) -> ImportBatch | None:
    """One of them; None when it is not there for ``user``."""
    return batches_for(user).filter(pk=batch_id).first()


def may_read(user: User, document: PrivateDocument) -> bool:
    """Whether ``user`` may read a file of an import. What undoing needs is for nobody."""
    batch = batches_for(user).filter(pk=document.target_id).first()
    return batch is not None and document.pk in (batch.file_id, batch.rejected_file_id)


def waiting_for_confirmation(user: User) -> QuerySet[ImportBatch]:
    """Imports of ``user`` whose dry run is done and that wait for a yes or no."""
    found = ImportBatch.objects.filter(created_by=user, status=BatchStatus.CHECKED, importer__in=kinds_for(user))
    return found.select_related("file")


def has_task(batch: ImportBatch) -> bool:
    """Whether some worker has the batch in hand, or will take it."""
    waiting = DBTaskResult.objects.filter(
        task_path="region.tasks.work_on_import",
        status__in=(TaskResultStatus.READY, TaskResultStatus.RUNNING),
        args_kwargs={"args": [str(batch.pk)], "kwargs": {}},
    )
    return waiting.exists()
