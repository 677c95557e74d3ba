"""Places of public registers: institutions, nobody's personal data."""

from __future__ import annotations

from region.personal_data import declare


def classify_places() -> None:
    """Put them into the register."""
    declare("reports.NearbyPlace", "id kind code name address lon lat source licence")
