from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django import forms
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils.datastructures import MultiValueDict

from region.domain.documents import keep_document
from region.forms.documents import PrivateFileField
from region.importers import LIMITS as IMPORT_LIMITS
from region.models import PrivateDocument
from region.queries.documents import register_rule
from region.uploads import MEGABYTE, Limits
from tests.factories.accounts import new_user
from tests.factories.roles import with_role
from tests.factories.security import security_lines
from tests.region.test_uploads import DOCX, PDF, PNG

pytestmark = pytest.mark.django_db


@pytest.fixture
def document() -> PrivateDocument:
    register_rule("test", lambda reader, document: document.added_by_id == reader.pk)
    return keep_document(upload=ContentFile(PDF, name="Žádost č. 5.pdf"), rule="test", by=new_user())


def address(document: PrivateDocument) -> str:
    return reverse("region:file", args=[document.pk])


def test_reader_gets_a_download_that_no_browser_runs(client: Client, document: PrivateDocument) -> None:
    assert document.added_by is not None
    client.force_login(document.added_by)
    answer = client.get(address(document))
    assert b"".join(answer) == PDF
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''%C5%BD%C3%A1dost%20%C4%8D.%205.pdf"
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Length"] == str(len(PDF))
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"
    answer.close()


def test_nobody_is_sent_to_sign_in(client: Client, document: PrivateDocument) -> None:
    answer = client.get(address(document))
    assert (answer.status_code, answer["Location"]) == (302, f"{reverse('account_login')}?next={address(document)}")


def test_security_log_tells_who_took_which_file(client: Client, document: PrivateDocument, county: Any) -> None:
    assert document.added_by is not None
    client.force_login(document.added_by)
    with security_lines() as lines:
        list(client.get(address(document)))  # read to its end it closes itself
        client.force_login(new_user())
        client.get(address(document))
    (line,) = [line for line in lines if line["event.action"] == "document.view"]
    assert (line["user.id"], line["event.outcome"]) == (str(document.added_by.pk), "success")
    assert (line["safe_county.what"], line["safe_county.target_id"]) == ("region.privatedocument", str(document.pk))
    assert document.name not in str(line)


def test_foreign_document_is_not_there(client: Client, document: PrivateDocument, county: Any) -> None:
    client.force_login(new_user())
    addresses = [address(document), reverse("region:file", args=[uuid4()])]
    assert [client.get(one).status_code for one in addresses] == [404, 404]


def test_lost_bytes_are_no_fault_of_the_server(client: Client, document: PrivateDocument, county: Any) -> None:
    assert document.added_by is not None
    storages["private"].delete(document.stored_as)
    client.force_login(document.added_by)
    assert client.get(address(document)).status_code == 404


def test_file_is_only_read(client: Client, document: PrivateDocument) -> None:
    assert client.post(address(document)).status_code == 405


class PaperForm(forms.Form):
    note = forms.CharField()
    file = PrivateFileField(limits=Limits(kinds=("pdf", "docx"), most_bytes=MEGABYTE))


def sent(name: str, content: bytes) -> PaperForm:
    return PaperForm({"note": "kept"}, MultiValueDict({"file": [SimpleUploadedFile(name, content, "text/html")]}))


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.pdf", b"", "The file is empty. Choose another one."),
        ("a.pdf", DOCX, "The file is not what its name says (a.pdf). Open it in its program and save it again as PDF."),
        ("a.png", PNG, "This kind of file is not taken here. Taken are: PDF, DOCX."),
        (
            "a.pdf",
            bytes(MEGABYTE + 1),
            "The file has 2 MB; at most 1 MB are taken. Make it smaller or divide it.",
        ),
    ],
)
def test_field_says_what_is_wrong(name: str, content: bytes, words: str) -> None:
    assert sent(name, content).errors == {"file": [words]}


def test_field_gives_the_file_under_a_clean_name() -> None:
    form = sent("C:\\x\\Dopis .DOCX", DOCX)
    assert form.is_valid()
    assert form.cleaned_data["file"].name == "Dopis.docx"


def test_field_without_a_file() -> None:
    assert PaperForm({"note": "x"}).errors == {"file": ["Choose a file."]}
    assert PrivateFileField(required=False).clean(None) is None


def test_field_tells_kinds_and_size() -> None:
    bound = PaperForm()["file"]
    assert bound.help_text == "PDF, DOCX; at most 1 MB."
    assert 'accept=".pdf,.docx"' in str(bound)


@pytest.fixture
def cap(settings: Any) -> int:
    settings.LARGEST_UPLOAD = 2 * MEGABYTE
    return int(settings.LARGEST_UPLOAD)


def _received(rf: RequestFactory, content: bytes) -> tuple[HttpRequest, UploadedFile[bytes]]:
    request = rf.post("/", {"file": SimpleUploadedFile("a.pdf", content), "note": "kept"})
    assert request.POST["note"] == "kept"
    upload = request.FILES["file"]
    assert isinstance(upload, UploadedFile)
    return request, upload


def test_upload_that_is_far_too_large_loses_nothing_else(rf: RequestFactory, cap: int) -> None:
    request, upload = _received(rf, PDF + bytes(cap))
    assert (upload.size, upload.read(1)) == (len(PDF) + cap, b"")
    assert PaperForm(request.POST, request.FILES).errors == {
        "file": ["The file has 3 MB; at most 1 MB are taken. Make it smaller or divide it."]
    }


def test_upload_that_is_far_too_large_leaves_no_file_behind(
    rf: RequestFactory, cap: int, settings: Any, tmp_path: Path
) -> None:
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 0
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    # The request still lives: nothing waits for the garbage collector, which would warn of an open file.
    _request, small = _received(rf, PDF)
    kept = list(tmp_path.iterdir())
    request, upload = _received(rf, PDF + bytes(cap))
    assert (upload.size, request.POST["note"]) == (len(PDF) + cap, "kept")
    assert (len(kept), list(tmp_path.iterdir())) == (1, kept)
    small.close()


@pytest.mark.parametrize("in_memory", [0, 100 * MEGABYTE])
def test_page_says_at_the_field_that_the_upload_is_too_large(
    client: Client, settings: Any, in_memory: int, county: Any
) -> None:
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = in_memory
    settings.LARGEST_UPLOAD = IMPORT_LIMITS.most_bytes
    client.force_login(with_role("coordinator"))
    huge = SimpleUploadedFile("towns.csv", bytes(settings.LARGEST_UPLOAD + 1))
    answer = client.post(reverse("region:office-import-new"), {"importer": "towns", "file": huge})
    assert answer.status_code == 422
    (words,) = answer.context["form"].errors["file"]
    assert "Make it smaller or divide it." in words


def test_upload_below_the_cap_arrives_whole(rf: RequestFactory, cap: int) -> None:
    content = PDF + bytes(MEGABYTE)
    assert _received(rf, content)[1].read() == content


def test_uploads_pass_through_the_cap(settings: Any) -> None:
    assert settings.FILE_UPLOAD_HANDLERS[0] == "region.upload_handler.CappedUploadHandler"
