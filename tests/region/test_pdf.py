"""PDF files: nothing is fetched, and a machine without the library is told so."""

from __future__ import annotations

import sys
from typing import Any

import pytest

from region import pdf


@pytest.mark.parametrize("address", ["file:///etc/passwd", "http://127.0.0.1/", "https://example.org/a.css", "data:,x"])
def test_refuse_any_address(address: str) -> None:
    with pytest.raises(ValueError, match="not fetched"):
        pdf.refuse(address)


def test_pdf_with_an_address_in_its_text_fetches_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def refuse(address: str) -> Any:
        asked.append(address)
        message = "not fetched"
        raise ValueError(message)

    monkeypatch.setattr(pdf, "refuse", refuse)
    body = pdf.pdf_of('<img src="file:///etc/passwd"><p>a</p>')
    assert (asked, body[:5]) == (["file:///etc/passwd"], b"%PDF-")


def test_pdf_without_system_library_is_unavailable(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        def __getattr__(self, name: str) -> Any:
            message = "cannot load library 'libgobject-2.0-0'"
            raise OSError(message)

    monkeypatch.setitem(sys.modules, "weasyprint", Broken())
    with pytest.raises(pdf.PdfUnavailable, match="libgobject"):
        pdf.pdf_of("<p>a</p>")
