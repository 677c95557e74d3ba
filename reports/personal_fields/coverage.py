"""Columns of what is calculated of cameras' ranges."""

from __future__ import annotations

from region.personal_data import declare


def classify_coverage() -> None:
    """Declare the columns of coverage: areas and numbers alone."""
    declare(
        "reports.CoverageResult",
        "id town district as_of area_m2 covered_m2 ranges circles left_out method calculated_at fingerprint looked_at",
    )
