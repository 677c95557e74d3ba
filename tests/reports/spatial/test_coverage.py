from __future__ import annotations

from itertools import starmap
from typing import Any

import numpy as np
import pytest
import shapely
from shapely.geometry import Polygon, box

from region.geometry.shapes import area_km2
from reports.spatial.coverage import coverage, united
from reports.spatial.ranges import Reach, ranges

WEST, EAST = box(13.30, 49.70, 13.35, 49.75), box(13.35, 49.70, 13.40, 49.75)
DISTRICTS = {"west": WEST, "east": EAST}
CIRCLE = np.pi * 2500


def shares(reaches: list[Reach]) -> list[tuple[Any, ...]]:
    found = coverage(reaches=reaches, districts=DISTRICTS, epsg=5514)
    return [(one.key, one.covered, one.ranges, one.circles) for one in found]


def test_coverage_of_one_district() -> None:
    assert shares([Reach(13.32, 49.72, 50)]) == [("west", pytest.approx(CIRCLE, rel=0.001), 1, 1), ("east", 0, 0, 0)]


def test_coverage_is_cut_at_the_border() -> None:
    west, east = shares([Reach(13.35, 49.72, 50)])
    assert west[1:] == (pytest.approx(CIRCLE / 2, rel=0.005), 1, 1)
    assert east[1:] == (pytest.approx(CIRCLE / 2, rel=0.005), 1, 1)
    assert west[1] + east[1] == pytest.approx(CIRCLE, rel=0.001)


def test_ground_that_two_sensors_reach_counts_once() -> None:
    west, _east = shares([Reach(13.32, 49.72, 50), Reach(13.32, 49.72, 50), Reach(13.32, 49.72, 40, 0, 90)])
    assert west[1:] == (pytest.approx(CIRCLE, rel=0.001), 3, 2)


def test_range_outside_every_district_counts_nowhere() -> None:
    assert shares([Reach(13.50, 49.72, 50)]) == [("west", 0, 0, 0), ("east", 0, 0, 0)]


def test_no_sensors_cover_nothing() -> None:
    assert shares([]) == [("west", 0, 0, 0), ("east", 0, 0, 0)]


def test_share_is_of_the_district_in_equal_area() -> None:
    (west, _east) = coverage(reaches=[Reach(13.32, 49.72, 500)], districts=DISTRICTS, epsg=5514)
    assert west.area == pytest.approx(area_km2(WEST) * 1e6)
    assert west.share == pytest.approx(np.pi * 500**2 / (area_km2(WEST) * 1e6), rel=0.001)


def test_hole_of_a_district_is_not_covered() -> None:
    ring = Polygon(WEST.exterior, [box(13.31, 49.71, 13.33, 49.73).exterior])
    (found,) = coverage(reaches=[Reach(13.32, 49.72, 50)], districts={"ring": ring}, epsg=5514)
    assert (found.covered, found.ranges) == (0, 0)


def test_union_by_groups_equals_a_plain_union() -> None:
    random = np.random.default_rng(11)
    places = random.uniform((13.30, 49.70), (13.32, 49.71), size=(400, 2))
    drawn = ranges(list(starmap(lambda lon, lat: Reach(lon, lat, 60, lon * 1e5 % 360, 100), places)), epsg=5514)
    parts, plain = united(drawn), shapely.union_all(drawn)
    assert len(parts) > 1
    assert len(parts) < 400
    assert shapely.area(parts).sum() == pytest.approx(plain.area, rel=1e-9)
    assert shapely.union_all(parts).symmetric_difference(plain).area < 1e-3
