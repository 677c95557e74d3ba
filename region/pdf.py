"""PDF files from HTML. WeasyPrint needs system libraries (Pango); where they are missing everything else goes on."""

from __future__ import annotations

from typing import Any, NoReturn


class PdfUnavailable(Exception):
    """The PDF library or its system parts are missing on this machine."""


def _refuse(url: str, *_args: Any, **_options: Any) -> NoReturn:
    """No PDF reads anything but its own HTML: neither the network nor files of this machine."""
    message = f"A PDF may not load {url}"
    raise ValueError(message)


def pdf_of(html: str) -> bytes:
    """PDF of a complete HTML document with its styles inside. Raises PdfUnavailable without the libraries."""
    try:
        from weasyprint import HTML  # noqa: PLC0415 - slow, and absent on some machines
    except (ImportError, OSError) as error:
        raise PdfUnavailable(str(error)) from error
    return bytes(HTML(string=html, url_fetcher=_refuse, base_url=None).write_pdf())
