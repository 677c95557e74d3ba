from __future__ import annotations

from dataclasses import replace

import pytest

from portal.demo import handouts
from portal.demo.reading import read_region
from portal.demo.records import Rich
from region.pdf import PdfUnavailable


@pytest.mark.django_db
def test_handout_holds_the_text_of_the_material(monkeypatch: pytest.MonkeyPatch) -> None:
    pages: list[str] = []

    def keep(html: str) -> bytes:
        pages.append(html)
        return b"%PDF"

    monkeypatch.setattr(handouts, "pdf_of", keep)
    material = read_region("plzen").materials[0]
    document = handouts.handout(material=material, language="cs")
    assert document.title == f"{material.title['cs']} (cs)"
    assert f"<h1>{material.title['cs']}</h1>" in pages[0]


@pytest.mark.django_db
def test_strong_words_are_printed_strong(monkeypatch: pytest.MonkeyPatch) -> None:
    pages: list[str] = []

    def keep(html: str) -> bytes:
        pages.append(html)
        return b"%PDF"

    monkeypatch.setattr(handouts, "pdf_of", keep)
    material = read_region("plzen").materials[0]
    words = "## Pozor & klid\n\n**Volejte** <hned>.\n\n- jednou\n- dvakrát"
    handouts.handout(material=replace(material, body=Rich(cs=words, pl=words, en=words)), language="cs")
    printed = pages[0].partition("</h1>")[2].partition("<footer>")[0]
    assert [line.strip() for line in printed.strip().splitlines()] == [
        "<h2>Pozor &amp; klid</h2>",
        "<p><strong>Volejte</strong> &lt;hned&gt;.</p>",
        "<ul><li>jednou</li><li>dvakrát</li></ul>",
    ]


@pytest.mark.django_db
def test_handout_without_pdf_library_is_plain_text(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_html: str) -> bytes:
        raise PdfUnavailable

    monkeypatch.setattr(handouts, "pdf_of", refuse)
    material = read_region("plzen").materials[0]
    document = handouts.handout(material=material, language="pl")
    assert document.file_extension == "txt"
