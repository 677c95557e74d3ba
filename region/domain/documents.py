"""Keeping private documents: checked, hashed, scanned, stored under a name that says nothing."""

from __future__ import annotations

import hashlib
import logging
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from region.domain.audit import record
from region.enums import ScanState
from region.messages import Problem
from region.models import PrivateDocument
from region.queries.documents import has_rule
from region.scanning import ScannerDown, scan
from region.uploads import TYPES, Limits, check_file, clean_name, without_macros
from region.wording import problem_words

if TYPE_CHECKING:
    from django.core.files import File
    from django.core.files.storage import Storage

    from region.models import User

logger = logging.getLogger(__name__)
NO_LIMITS = Limits()
# No transaction lasts this long: bytes without a row that are older belong to one that was rolled back.
ORPHAN_AFTER = timedelta(hours=6)


class FileRefused(ValidationError):
    """The file is not kept; ``messages`` say why and what to do (``form.add_error("file", error)``)."""


@dataclass(frozen=True, slots=True)
class Inspected:
    """A file that may be kept, with what was found out of it."""

    upload: File[bytes]
    name: str
    content_type: str
    scan: ScanState
    sha256: str


def inspect_upload(*, upload: File[bytes], limits: Limits = NO_LIMITS) -> Inspected:
    """Check a file's size and kind, scan and hash it: up to half a minute, so call it before any transaction.

    With a scanner set (CLAMD_SOCKET) what it finds is refused, and so is everything while it is down; without one the
    file is marked as not scanned. Raises FileRefused.
    """
    name = clean_name(upload.name or "")
    kind, scan = _checked(upload, name, limits), _scanned(upload)
    kept = _cleaned(upload) if limits.drops_macros and kind == TYPES["xls"] else upload
    return Inspected(kept, name, kind, scan, _digest(kept))


def keep_document(
    *, upload: File[bytes] | Inspected, rule: str, target_id: str = "", by: User | None, limits: Limits = NO_LIMITS
) -> PrivateDocument:
    """Store a file that only people whom ``rule`` (registered) lets may read, for the record ``target_id``.

    Whether ``by`` may add it is decided by the function that calls this one. A file that was not inspected before is
    inspected now, by ``limits``. Raises FileRefused, and LookupError for a rule that nobody registered.
    """
    if not has_rule(rule):
        raise LookupError(f"No rule “{rule}” says who may read such a document.")
    found = upload if isinstance(upload, Inspected) else inspect_upload(upload=upload, limits=limits)
    stored_as = _private().save(f"{timezone.now():%Y/%m}/{secrets.token_hex(20)}", _rewound(found.upload))
    try:
        with transaction.atomic():
            document = PrivateDocument.objects.create(
                rule=rule, target_id=target_id, name=found.name, stored_as=stored_as, content_type=found.content_type,
                size=found.upload.size, sha256=found.sha256, scan=found.scan, added_by=by,
            )  # fmt: skip
            record(action="privatedocument.add", target=document, by=by, after=_facts(document))
    except BaseException:
        _private().delete(stored_as)
        raise
    return document


def remove_document(*, document: PrivateDocument, by: User | None) -> None:
    """Take a document away: its bytes are deleted once the transaction stands; the row tells that it was there.

    Whether ``by`` may do it is decided by the function that calls this one. Doing it twice changes nothing.
    """
    with transaction.atomic():
        row = PrivateDocument.objects.select_for_update().get(pk=document.pk)
        if row.removed_at is not None:
            return
        row.removed_at = timezone.now()
        row.save(update_fields=["removed_at"])
        record(action="privatedocument.remove", target=row, by=by, before=_facts(row))
        transaction.on_commit(lambda: _private().delete(row.stored_as))


def open_document(*, document: PrivateDocument) -> File[bytes]:
    """The stored bytes, opened for reading; raises FileNotFoundError when they are gone. The caller closes it."""
    return _private().open(document.stored_as)


@contextmanager
def document_path(*, document: PrivateDocument) -> Iterator[Path]:
    """A file on this machine with the document's bytes and extension, gone afterwards: for readers that need a path."""
    with open_document(document=document) as stored, _copied(stored, document.name) as path:
        yield path


@contextmanager
def inspected_path(*, inspected: Inspected) -> Iterator[Path]:
    """The same for a file that is not kept yet."""
    with _copied(_rewound(inspected.upload), inspected.name) as path:
        yield path


@contextmanager
def _copied(stored: File[bytes], name: str) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="document-") as folder:
        path = Path(folder) / f"document{Path(name).suffix}"
        with path.open("wb") as copy:
            shutil.copyfileobj(stored, copy)
        yield path


def remove_orphans(*, now: datetime) -> int:
    """Delete stored bytes that no row tells of, once an hour; gives their number. A duty of the minute tick.

    The bytes of a document whose transaction was rolled back stay behind; this month's and last month's are looked at.
    """
    if now.minute:
        return 0
    folders = {f"{day:%Y/%m}" for day in (now, now - timedelta(days=28))}
    gone = [name for folder in sorted(folders) for name in _orphans(folder, now)]
    for name in gone:
        _private().delete(name)
    return len(gone)


def _orphans(folder: str, now: datetime) -> list[str]:
    """Old bytes of a folder without a row."""
    try:
        names = [f"{folder}/{name}" for name in _private().listdir(folder)[1]]
    except FileNotFoundError:
        return []
    known = set(PrivateDocument.objects.filter(stored_as__startswith=f"{folder}/").values_list("stored_as", flat=True))
    unknown = [name for name in names if name not in known]
    return [name for name in unknown if _private().get_modified_time(name) < now - ORPHAN_AFTER]


def _private() -> Storage:
    return storages["private"]


def _checked(upload: File[bytes], name: str, limits: Limits) -> str:
    try:
        return check_file(cast("IO[bytes]", upload.file), name=name, size=upload.size, limits=limits)
    except Problem as problem:
        raise FileRefused(problem_words(problem)) from problem


def _cleaned(upload: File[bytes]) -> File[bytes]:
    """An old workbook without its macros."""
    return ContentFile(without_macros(_rewound(upload).read()), name=upload.name)


def _rewound(upload: File[bytes]) -> File[bytes]:
    upload.seek(0)
    return upload


def _digest(upload: File[bytes]) -> str:
    """SHA-256 of the bytes, read in pieces."""
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    return digest.hexdigest()


def _scanned(upload: File[bytes]) -> ScanState:
    """What to note of the scan; raises FileRefused for a virus, and while the scanner that is set does not answer."""
    if not settings.CLAMD_SOCKET:
        return ScanState.UNSCANNED
    try:
        verdict = scan(upload.chunks(), address=settings.CLAMD_SOCKET)
    except ScannerDown as error:
        logger.exception("A file was refused because the virus scanner does not answer")
        raise FileRefused(
            gettext("Files cannot be checked for viruses right now, so none are taken. Send it again in a while.")
        ) from error
    if verdict.virus:
        logger.warning("A file was refused: the scanner found %s", verdict.virus)
        raise FileRefused(gettext("The file carries a virus and was not kept. Have your computer checked."))
    return ScanState.CLEAN


def _facts(document: PrivateDocument) -> dict[str, object]:
    return {name: getattr(document, name) for name in ("rule", "target_id", "content_type", "size", "sha256", "scan")}
