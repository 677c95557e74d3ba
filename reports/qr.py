"""QR codes as SVG that stands in a page: no file, no request."""

from __future__ import annotations

import qrcode
from django.utils.safestring import SafeString, mark_safe
from qrcode.image.svg import SvgPathImage


def qr_svg(text: str) -> SafeString:
    """A QR code of a text; error correction M (15 %), so that it is read from a sign that is scratched."""
    made = qrcode.make(text, image_factory=SvgPathImage, error_correction=qrcode.ERROR_CORRECT_M, border=2)
    # The drawing is made of numbers alone: nothing of the text stands in it.
    return mark_safe(made.to_string(encoding="unicode"))  # noqa: S308 - see above
