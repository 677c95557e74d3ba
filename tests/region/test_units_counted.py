from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils import translation

from region.numerals import unit_after, unit_of_many


@pytest.mark.parametrize(
    ("code", "unit", "expected"),
    [
        ("cs", "systém | systémy | systémů | systému", "systém systémy systémů systémů systémů systému"),
        ("pl", "system | systemy | systemów | systemu", "system systemy systemów systemy systemów systemu"),
        ("pl", "system|systemy|systemów", "system systemy systemów systemy systemów systemów"),
        ("en", "system | systems", "system systems systems systems systems systems"),
        ("cs", "Kč", "Kč Kč Kč Kč Kč Kč"),
    ],
)
def test_unit_has_the_form_that_follows_the_number(code: str, unit: str, expected: str) -> None:
    with translation.override(code):
        found = [unit_after(unit, value) for value in (1, 2, 12, 22, 25, Decimal("1.5"))]
    assert " ".join(found) == expected


def test_unit_without_a_number_has_the_form_after_many() -> None:
    units = ("systém | systémy | systémů | systému", "system | systems", "kamer", "")
    assert [unit_of_many(unit) for unit in units] == ["systémů", "systems", "kamer", ""]
