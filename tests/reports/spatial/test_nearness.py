from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Transformer

from region.messages import Problem
from reports.spatial.nearness import nearest, places_within

CAMERA = (13.3776, 49.7475)


@cache
def _between(epsg: int, other: int) -> Transformer:
    return Transformer.from_crs(epsg, other, always_xy=True)


def away(*metres: float, epsg: int = 5514, start: tuple[float, float] = CAMERA) -> list[tuple[float, float]]:
    """Places so many metres east of the camera in the grid of the national system."""
    x, y = _between(4326, epsg).transform(*start)
    back = _between(epsg, 4326)
    return [back.transform(x + far, y) for far in metres]


def found(places: list[tuple[float, float]], metres: float) -> list[tuple[int, float]]:
    return [(near.index, near.metres) for near in places_within(around=CAMERA, places=places, metres=metres, epsg=5514)]


def test_places_within_come_nearest_first() -> None:
    assert found(away(250, 20, 90, 501), 500) == [(1, 20.0), (2, 90.0), (0, 250.0)]


def test_exactly_the_distance_counts_as_inside() -> None:
    assert found(away(500, 500.002), 500) == [(0, 500.0)]


@given(metres=st.integers(min_value=1, max_value=3000))
def test_exactly_any_distance_counts_as_inside(metres: int) -> None:
    assert found(away(metres, metres + 0.01), metres) == [(0, float(metres))]


def test_same_place_is_zero_metres_away() -> None:
    assert found([CAMERA], 0) == [(0, 0.0)]


def test_places_equally_far_keep_their_order() -> None:
    assert found([*away(30), *away(-30), *away(30)], 100) == [(0, 30.0), (1, 30.0), (2, 30.0)]


def test_nearest_point_of_each_place() -> None:
    points = [CAMERA, *away(4900)]
    assert nearest(places=away(10, 300, 301, 5000), points=points, metres=300, epsg=5514) == (10.0, 300.0, None, 100.0)


@pytest.mark.parametrize(("points", "places"), [([], [CAMERA]), ([CAMERA], []), ([], [])])
def test_nothing_is_near_nothing(points: list[tuple[float, float]], places: list[tuple[float, float]]) -> None:
    assert nearest(places=places, points=points, metres=100, epsg=5514) == (None,) * len(places)


def test_distances_are_of_the_national_system() -> None:
    krakow = (19.9385, 50.0614)
    (near,) = places_within(around=krakow, places=away(400, epsg=2180, start=krakow), metres=400, epsg=2180)
    assert near.metres == 400.0


def test_places_where_the_system_is_not_at_home() -> None:
    with pytest.raises(Problem, match="EPSG:2180"):
        places_within(around=CAMERA, places=[CAMERA], metres=10, epsg=2180)


def test_no_places_are_near() -> None:
    assert found([], 100) == []


@pytest.mark.parametrize("metres", [-1, float("nan"), float("inf")])
def test_distance_that_is_none(metres: float) -> None:
    with pytest.raises(Problem, match="less than 0 m"):
        nearest(places=[CAMERA], points=[CAMERA], metres=metres, epsg=5514)


def test_many_places_agree_with_plain_arithmetic() -> None:
    random = np.random.default_rng(3)
    offsets = random.uniform(-800, 800, size=300)
    places = away(*offsets)
    found = nearest(places=places, points=[CAMERA], metres=300, epsg=5514)
    assert [one is not None for one in found] == [abs(offset) <= 300 for offset in offsets]
    expected = [abs(offset) for offset in offsets if abs(offset) <= 300]
    assert [one for one in found if one is not None] == pytest.approx(expected, abs=0.001)
