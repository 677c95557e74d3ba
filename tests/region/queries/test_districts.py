from __future__ import annotations

import pytest

from region.queries.districts import district_shapes, districts_by_town, districts_of
from tests.factories.places import district, square, town

pytestmark = pytest.mark.django_db


def test_districts_of_a_town_are_in_the_order_of_numbers() -> None:
    place = town()
    for code in ("10", "2", "1"):
        district(town=place, code=code, name=f"Okrsek {code}")
    district(code="3")
    assert [found.code for found in districts_of(place.pk)] == ["1", "2", "10"]


def test_districts_by_town_keep_each_town_apart() -> None:
    one, other = district(code="2"), district(code="1")
    found = {town_id: [row.code for row in rows] for town_id, rows in districts_by_town().items()}
    assert found == {one.town_id: ["2"], other.town_id: ["1"]}


def test_districts_tell_whether_they_have_a_boundary() -> None:
    place = town()
    district(town=place, code="1", boundary=square(13, 49))
    district(town=place, code="2")
    assert [found.has_boundary for found in districts_of(place.pk)] == [True, False]


def test_district_shapes_leave_out_those_without_a_boundary() -> None:
    place = town(slug="stribro")
    district(town=place, code="10", boundary=square(13, 49))
    district(town=place, code="9", boundary=square(14, 49), boundary_is_schematic=True)
    district(town=place, code="1")
    shapes = district_shapes(place.pk)
    assert [(shape.slug, shape.number, shape.schematic) for shape in shapes] == [
        ("stribro", "9", True),
        ("stribro", "10", False),
    ]
