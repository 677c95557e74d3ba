from __future__ import annotations

import re

import qrcode

from reports.qr import QUIET_ZONE, qr_drawing

ADDRESS = "https://kraj.example/cs/cisla/kamery/body/KP-1/"


def test_drawing_has_exactly_the_dark_modules_of_the_code() -> None:
    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, border=QUIET_ZONE)
    code.add_data(ADDRESS)
    code.make()
    wanted = {(x, y) for y, row in enumerate(code.get_matrix()) for x, dark in enumerate(row) if dark}
    drawing = qr_drawing(ADDRESS)
    drawn = {
        (int(x) + step, int(y))
        for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", drawing.path)
        for step in range(int(width))
    }
    assert (drawn, drawing.side) == (wanted, len(code.get_matrix()))
    assert re.sub(r"M\d+ \d+h\d+v1h-\d+z", "", drawing.path) == ""
