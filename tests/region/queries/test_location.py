from __future__ import annotations

from datetime import date
from math import inf, nan

import pytest

from region.models import RegionProfile
from region.queries.location import Answer, Where, district_at, districts_holding, districts_of_points
from region.queries.profile import current_profile
from tests.conftest import QueryCounter
from tests.factories.places import district, former_town, square, town

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 1)


@pytest.fixture(autouse=True)
def places(county: RegionProfile) -> None:
    """A town of 1 × 1 degree with two districts that share an edge at longitude 13.2; a town without districts."""
    place = town(slug="stribro", code="100", boundary=square(13, 49, 1))
    district(town=place, code="10", boundary=square(13.2, 49.1, 0.1))
    district(town=place, code="2", boundary=square(13.1, 49.1, 0.1))
    district(town=place, code="3")
    town(slug="susice", code="200", boundary=square(15, 49, 1))


def told(answer: Answer) -> tuple[Where, str, str]:
    return answer.kind, answer.town.slug if answer.town else "", answer.district.code if answer.district else ""


@pytest.mark.parametrize(
    ("lon", "lat", "expected"),
    [
        (13.25, 49.15, (Where.DISTRICT, "stribro", "10")),
        (13.15, 49.15, (Where.DISTRICT, "stribro", "2")),
        (13.05, 49.15, (Where.TOWN, "stribro", "")),
        (13.0999999, 49.15, (Where.TOWN, "stribro", "")),
        (15.5, 49.5, (Where.TOWN, "susice", "")),
        (14.5, 49.5, (Where.OUTSIDE, "", "")),
        (-13.25, -49.15, (Where.OUTSIDE, "", "")),
    ],
)
def test_district_at_is_exact(lon: float, lat: float, expected: tuple[Where, str, str]) -> None:
    assert told(district_at(lon=lon, lat=lat, on=TODAY)) == expected


def test_district_at_a_shared_edge_is_the_first_by_number() -> None:
    assert [found.code for found in districts_holding(lon=13.2, lat=49.15)] == ["2", "10"]
    assert told(district_at(lon=13.2, lat=49.15, on=TODAY)) == (Where.DISTRICT, "stribro", "2")


def test_district_at_a_corner_belongs_to_the_district() -> None:
    assert told(district_at(lon=13.1, lat=49.1, on=TODAY)) == (Where.DISTRICT, "stribro", "2")


def test_district_at_an_edge_of_two_towns_is_the_first_by_town_code() -> None:
    other = town(code="050", slug="prvni")
    district(town=other, code="99", boundary=square(13.3, 49.1, 0.1))
    assert told(district_at(lon=13.3, lat=49.15, on=TODAY)) == (Where.DISTRICT, "prvni", "99")


@pytest.mark.parametrize(
    ("lon", "lat"), [(nan, 49.0), (13.0, nan), (inf, 49.0), (13.0, -inf), (181.0, 0.0), (0.0, 91.0)]
)
def test_district_at_no_place_on_earth_is_outside(lon: float, lat: float) -> None:
    assert district_at(lon=lon, lat=lat, on=TODAY) == Answer(Where.OUTSIDE)


def test_district_at_says_whether_the_town_has_districts() -> None:
    assert district_at(lon=13.05, lat=49.15, on=TODAY).town_has_districts is True
    assert district_at(lon=15.5, lat=49.5, on=TODAY).town_has_districts is False


def test_district_at_overlapping_towns_names_the_member_first() -> None:
    former_town(slug="byvala", code="001", boundary=square(15, 49, 1))
    assert told(district_at(lon=15.5, lat=49.5, on=TODAY))[1] == "susice"


def test_district_in_a_hole_of_another_is_not_in_it() -> None:
    ring, hole = square(16, 49, 1)["coordinates"][0], square(16.4, 49.4, 0.2)["coordinates"][0]
    made = district(code="1", boundary=square(16, 49, 1))
    made.boundary = {"type": "Polygon", "coordinates": [ring, hole]}
    made.save()
    assert districts_holding(lon=16.5, lat=49.5) == ()
    assert [found.code for found in districts_holding(lon=16.1, lat=49.1)] == ["1"]


def test_districts_of_points_answer_each_in_its_order() -> None:
    points = [(13.25, 49.15), (14.5, 49.5), (13.15, 49.15), (13.2, 49.15)]
    assert [found.code if found else None for found in districts_of_points(points)] == ["10", None, "2", "2"]


def test_districts_of_no_points_are_none(count_queries: QueryCounter) -> None:
    with count_queries() as made:
        assert districts_of_points([]) == []
    assert len(made) == 0


def test_district_at_makes_three_queries(count_queries: QueryCounter) -> None:
    current_profile()
    with count_queries() as made:
        district_at(lon=13.25, lat=49.15, on=TODAY)
    assert len(made) == 3
