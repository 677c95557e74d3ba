"""QR codes as a path to be drawn in a page: no file, no request."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

import qrcode

# What readers of the code need around it (ISO/IEC 18004 asks for four modules).
QUIET_ZONE = 4


@dataclass(frozen=True, slots=True)
class QrDrawing:
    """A QR code as the path of an SVG whose sides are `side` units."""

    side: int
    path: str


def qr_drawing(text: str) -> QrDrawing:
    """The QR code of a text; error correction M (15 %), so that it is read from a sign that is scratched."""
    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, border=QUIET_ZONE)
    code.add_data(text)
    code.make(fit=True)
    rows: list[list[bool]] = code.get_matrix()
    return QrDrawing(len(rows), "".join(_line(number, row) for number, row in enumerate(rows)))


def _line(number: int, row: list[bool]) -> str:
    """Dark modules of a row, those side by side as one rectangle."""
    parts, start = [], 0
    for is_dark, group in groupby(row):
        width = len(list(group))
        if is_dark:
            parts.append(f"M{start} {number}h{width}v1h-{width}z")
        start += width
    return "".join(parts)
