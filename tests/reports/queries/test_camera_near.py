from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from region.clock import today
from reports.models import CameraPoint, NearbyPlace
from reports.queries.camera_near import FARTHEST, NearLine, near_point
from reports.queries.camera_pages import point_page
from reports.queries.cameras import points_on
from tests.conftest import QueryCounter
from tests.factories.cameras import camera_point

pytestmark = pytest.mark.django_db
# Metres of one degree near Plzeň, to the north and to the east.
NORTH, EAST = 111_230, 72_035


def place(name: str, *, north: float = 0, east: float = 0, kind: str = "school") -> NearbyPlace:
    """A place so many metres from where ``camera_point`` puts a point."""
    spot = {"lon": 13.37 + east / EAST, "lat": 49.74 + north / NORTH}
    return NearbyPlace.objects.create(kind=kind, code=name, name=name, source="Register of schools", **spot)


def told(point: CameraPoint) -> list[tuple[str, int]]:
    """Names and distances that are told of a point."""
    (facts,) = [one for one in points_on(on=today()) if one.code == point.code]
    return [(line.name, line.metres) for line in near_point(facts)]


@pytest.mark.usefixtures("county")
class TestOfAPoint:
    def test_the_nearest_of_each_kind_comes_with_its_distance(self) -> None:
        point = camera_point()
        place("far school", north=400)
        place("near school", north=-120)
        place("stop", east=60, kind="stop")
        (facts,) = points_on(on=today())
        assert near_point(facts) == (
            NearLine("stop or station", "stop", 60, "Register of schools"),
            NearLine("school", "near school", 120, "Register of schools"),
        )
        assert told(point)

    @pytest.mark.parametrize("way", ["north", "east"])
    def test_nothing_is_told_of_what_is_farther_away(self, way: str) -> None:
        point = camera_point()
        place("just within", kind="stop", **{way: FARTHEST - 2})
        place("just beyond", kind="care", **{way: FARTHEST + 4})
        assert [name for name, _metres in told(point)] == ["just within"]

    @pytest.mark.parametrize(
        "fields", [{"location_status": "approximate"}, {"location_status": "none", "lon": None, "lat": None}]
    )
    def test_a_place_that_is_not_exact_has_no_distances(self, fields: dict[str, Any]) -> None:
        point = camera_point(**fields)
        place("school", north=10)
        assert told(point) == []

    def test_a_point_or_place_where_the_system_does_not_hold_is_left_out(self) -> None:
        place("in Warsaw", east=(21.01 - 13.37) * EAST, north=(52.23 - 49.74) * NORTH)
        assert told(camera_point(lon=21.01, lat=52.23)) == []

    def test_one_query_however_many_places(self, count_queries: QueryCounter) -> None:
        camera_point()
        (facts,) = points_on(on=today())
        near_point(facts)
        for metres in (10, 20, 30):
            place(f"school {metres}", north=metres)
        with count_queries() as queries:
            assert len(near_point(facts)) == 1
        assert len(queries) == 1


@pytest.mark.usefixtures("site")
def test_the_page_of_a_point_tells_them(client: Client) -> None:
    point = camera_point(code="KP-7")
    address = "/en/figures/cameras/points/KP-7/"
    assert "What is near" not in client.get(address).content.decode()
    place("16th primary school", north=-120)
    text = client.get(address).content.decode()
    assert "School: <b>16th primary school</b>, 120&nbsp;m" in text
    assert f"within {FARTHEST} m, in a straight line" in text
    found = point_page(point.code, on=today())
    assert found is not None
    assert [line.metres for line in found.near] == [120]
