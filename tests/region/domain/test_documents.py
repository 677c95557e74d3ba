from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.db import IntegrityError, transaction

from region.domain import documents
from region.domain.documents import FileRefused, document_path, keep_document, open_document, remove_document
from region.models import AuditEvent, PrivateDocument, User
from region.queries.documents import document_for, register_rule
from region.uploads import Limits
from tests.factories.accounts import new_user
from tests.region.scanner import scanner
from tests.region.test_uploads import CP1250, PDF

pytestmark = pytest.mark.django_db
DIGEST = hashlib.sha256(PDF).hexdigest()


@pytest.fixture
def user() -> User:
    return new_user()


@pytest.fixture(autouse=True)
def rule() -> None:
    register_rule("test", lambda reader, document: document.added_by_id == reader.pk)


def files(settings: Any) -> int:
    return sum(path.is_file() for path in Path(settings.PRIVATE_ROOT).rglob("*"))


def kept(user: User, content: bytes = PDF, name: str = "../Smlouva.PDF", **named: Any) -> PrivateDocument:
    upload = ContentFile(content, name=name)
    return keep_document(upload=upload, **{"rule": "test", "target_id": "7", "by": user, **named})


def test_document_is_kept_with_its_facts(user: User) -> None:
    document = PrivateDocument.objects.get(pk=kept(user).pk)
    assert (document.name, document.content_type, document.size) == ("Smlouva.pdf", "application/pdf", len(PDF))
    assert (document.rule, document.target_id, document.added_by) == ("test", "7", user)
    assert (document.sha256, document.scan) == (DIGEST, "unscanned")
    assert "mlouva" not in document.stored_as
    with open_document(document=document) as file:
        assert file.read() == PDF
    event = AuditEvent.objects.get()
    assert (event.action, event.after["sha256"]) == ("privatedocument.add", DIGEST)


def test_stored_file_is_for_this_user_of_the_machine_only(user: User) -> None:
    path = Path(storages["private"].path(kept(user).stored_as))
    assert oct(path.stat().st_mode)[-3:] == "600"


def test_upload_that_lies_in_a_file_is_kept(user: User) -> None:
    with TemporaryUploadedFile("a.pdf", "text/html", len(PDF), None) as upload:
        upload.write(PDF)
        document = keep_document(upload=upload, rule="test", by=user)
    assert (document.sha256, document.content_type) == (DIGEST, "application/pdf")
    with open_document(document=document) as file:
        assert file.read() == PDF


def test_file_of_another_kind_is_refused_in_words(user: User, settings: Any) -> None:
    before = files(settings)
    with pytest.raises(FileRefused) as refused:
        kept(user, PDF, "a.csv", limits=Limits(kinds=("csv",)))
    assert refused.value.messages == [
        "The file is not what its name says (a.csv). Open it in its program and save it again as CSV."
    ]
    assert (PrivateDocument.objects.count(), files(settings)) == (0, before)


def test_rule_that_nobody_registered_is_a_mistake(user: User) -> None:
    with pytest.raises(LookupError, match="No rule “nobody”"):
        kept(user, rule="nobody")


def test_file_whose_row_cannot_be_written_is_gone(user: User, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**_named: object) -> None:
        raise IntegrityError

    before = files(settings)
    monkeypatch.setattr(documents, "record", fail)
    with pytest.raises(IntegrityError):
        kept(user)
    assert (PrivateDocument.objects.count(), files(settings)) == (0, before)


def test_scanned_file_is_marked_clean(user: User, settings: Any) -> None:
    with scanner(b"stream: OK\0") as clamd:
        settings.CLAMD_SOCKET = clamd.address
        assert kept(user).scan == "clean"
    assert b"".join(clamd.received) == PDF


def test_virus_is_refused(user: User, settings: Any) -> None:
    with scanner(b"stream: Eicar-Test-Signature FOUND\0") as clamd:
        settings.CLAMD_SOCKET = clamd.address
        with pytest.raises(FileRefused, match="carries a virus"):
            kept(user)
    assert PrivateDocument.objects.count() == 0


def test_nothing_is_taken_while_the_scanner_is_down(user: User, settings: Any) -> None:
    settings.CLAMD_SOCKET = "127.0.0.1:1"
    with pytest.raises(FileRefused, match="cannot be checked for viruses right now"):
        kept(user)
    assert PrivateDocument.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_removed_document_leaves_its_row_and_no_bytes(user: User) -> None:
    document = kept(user)
    for _ in range(2):
        remove_document(document=document, by=user)
    document.refresh_from_db()
    assert document.removed_at is not None
    assert not storages["private"].exists(document.stored_as)
    assert document_for(user, document.pk) is None
    assert [event.action for event in AuditEvent.objects.order_by("at")] == [
        "privatedocument.add",
        "privatedocument.remove",
    ]


@pytest.mark.django_db(transaction=True)
def test_removal_that_is_rolled_back_leaves_the_bytes(user: User) -> None:
    document = kept(user)
    with transaction.atomic():
        remove_document(document=document, by=user)
        transaction.set_rollback(True)
    assert storages["private"].exists(document.stored_as)


def test_path_has_the_extension_and_goes_away(user: User) -> None:
    document = kept(user, CP1250, "obce.CSV")
    with document_path(document=document) as path:
        assert (path.suffix, path.read_bytes()) == (".csv", CP1250)
    assert not path.exists()


def test_rule_decides_who_reads(user: User) -> None:
    document = kept(user)
    assert document_for(user, document.pk) == document
    assert document_for(new_user(), document.pk) is None
    PrivateDocument.objects.update(rule="forgotten")
    assert document_for(user, document.pk) is None
