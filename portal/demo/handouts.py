"""Files of the information materials, made from their own text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.files.base import ContentFile
from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.translation import override
from wagtail.documents import get_document_model

from portal.demo.markup import to_plain
from region.pdf import PdfUnavailable, pdf_of

if TYPE_CHECKING:
    from portal.demo.records import Language, Material


def handout(*, material: Material, language: Language) -> object:
    """Document with the material's text in ``language``: a PDF, or plain text where the PDF library is missing."""
    documents = get_document_model().objects
    title = f"{material.title[language]} ({language})"
    return documents.filter(title=title).first() or documents.create(title=title, file=_file(material, language))


def _file(material: Material, language: Language) -> ContentFile[bytes]:
    name = material.file_name[language]
    try:
        with override(language):
            body = format_html_join("\n", "{}", ((block,) for block in material.body.blocks(language)))
            facts = {"title": material.title[language], "body": body, "language": language}
            html = render_to_string("print/handout.html", facts)
        return ContentFile(pdf_of(html), name=f"{name}.pdf")
    except PdfUnavailable:
        return ContentFile(to_plain(material.body[language]).encode(), name=f"{name}.txt")
