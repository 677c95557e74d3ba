"""PDF files from HTML. WeasyPrint needs system libraries (Pango); where they are missing everything else goes on."""

from __future__ import annotations

from typing import Any

from django.contrib.staticfiles import finders


class PdfUnavailable(Exception):
    """The PDF library or its system parts are missing on this machine."""


def pdf_of(html: str, *, style: str = "") -> bytes:
    """Tagged PDF (PDF/UA-1) of a complete HTML document; ``style`` names one of our static style sheets.

    Raises PdfUnavailable where Pango or another system library is missing (it is looked for at import).
    """
    try:
        from weasyprint import CSS, HTML
        from weasyprint.urls import URLFetcher
    except OSError as error:
        raise PdfUnavailable(str(error)) from error

    class Refusing(URLFetcher):
        """Nothing is ever fetched: no address in a page may make the server read a file or call a host."""

        def fetch(self, url: str, *_headers: Any) -> Any:
            return refuse(url)

    file = finders.find(style) if style else None
    sheets = [CSS(filename=file)] if isinstance(file, str) else []
    pdf: bytes = HTML(string=html, url_fetcher=Refusing()).write_pdf(stylesheets=sheets, pdf_variant="pdf/ua-1")
    return pdf


def refuse(url: str) -> Any:
    """The only answer to a wish to fetch something."""
    raise ValueError(f"not fetched: {url[:100]}")
