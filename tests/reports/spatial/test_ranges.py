from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import example, given
from hypothesis import strategies as st
from pyproj import Geod
from shapely.geometry.base import BaseGeometry

from region.geometry.shapes import moved, transformer
from region.messages import Problem
from reports.spatial.ranges import Reach, ranges

PLZEN, KRAKOW = (13.3776, 49.7475, 5514), (19.9385, 50.0614, 2180)
CITIES = [PLZEN, KRAKOW]
EARTH = Geod(ellps="GRS80")


def area(shape: BaseGeometry, epsg: int) -> float:
    """Square metres in EPSG:3035."""
    return float(moved(shape, transformer(epsg, 3035)).area)


def bearing(lon: float, lat: float, shape: BaseGeometry, epsg: int) -> float:
    """Where the middle of a shape lies from a place, degrees from true north."""
    middle = moved(shape.centroid, transformer(epsg, 4326))
    return float(EARTH.inv(lon, lat, middle.x, middle.y)[0]) % 360


@pytest.mark.parametrize(("lon", "lat", "epsg"), CITIES)
def test_sector_has_the_area_of_the_formula(lon: float, lat: float, epsg: int) -> None:
    (sector,) = ranges([Reach(lon, lat, 60, azimuth=123, field=90)], epsg=epsg)
    assert area(sector, epsg) == pytest.approx(2827.433, rel=0.0002)


@pytest.mark.parametrize(("lon", "lat", "epsg"), CITIES)
def test_two_circles_that_overlap(lon: float, lat: float, epsg: int) -> None:
    east, north, _back = EARTH.fwd(lon, lat, 90, 60)
    both = shapely.union_all(ranges([Reach(lon, lat, 50), Reach(east, north, 50)], epsg=epsg))
    assert area(both, epsg) == pytest.approx(13471.487, rel=0.002)


@pytest.mark.parametrize(("lon", "lat", "epsg"), CITIES)
@pytest.mark.parametrize("azimuth", [0, 45, 90, 200, 359.5, -90, 720])
def test_sector_looks_where_the_compass_says(lon: float, lat: float, epsg: int, azimuth: float) -> None:
    (sector,) = ranges([Reach(lon, lat, 60, azimuth=azimuth, field=40)], epsg=epsg)
    off = (bearing(lon, lat, sector, epsg) - azimuth + 180) % 360 - 180
    assert off == pytest.approx(0, abs=0.01)


@pytest.mark.parametrize(("azimuth", "field"), [(None, None), (90, None), (None, 90), (90, 360)])
def test_unknown_direction_or_field_is_a_circle(azimuth: float | None, field: float | None) -> None:
    (circle,) = ranges([Reach(*PLZEN[:2], 50, azimuth=azimuth, field=field)], epsg=5514)
    assert area(circle, 5514) == pytest.approx(np.pi * 2500, rel=0.0002)
    reach = Reach(*PLZEN[:2], 50, azimuth=azimuth, field=field)
    assert reach.is_range_only == (field != 360)


def test_sectors_and_circles_keep_their_order() -> None:
    reaches = [
        Reach(13.30, 49.7, 50),
        Reach(13.31, 49.7, 60, 10, 90),
        Reach(13.32, 49.7, 20),
        Reach(13.33, 49.7, 5, 0, 1),
    ]
    found = [area(shape, 5514) for shape in ranges(reaches, epsg=5514)]
    assert found == pytest.approx([np.pi * 2500, 2827.433, np.pi * 400, np.pi * 25 / 360], rel=0.0002)


@given(
    metres=st.floats(min_value=0.5, max_value=5000),
    azimuth=st.floats(min_value=-720, max_value=720),
    field=st.floats(min_value=1, max_value=360),
)
@example(metres=1.0, azimuth=0.0, field=359.99999999999994)
@example(metres=5000.0, azimuth=0.0, field=359.99)
def test_every_sector_is_valid_and_as_large_as_its_formula(metres: float, azimuth: float, field: float) -> None:
    (shape,) = ranges([Reach(*PLZEN[:2], metres, azimuth, field)], epsg=5514)
    assert shape.is_valid
    assert shape.area == pytest.approx(np.pi * metres**2 * field / 360, rel=0.0002)


def test_no_sensors() -> None:
    assert len(ranges([], epsg=5514)) == 0


def test_ranges_in_a_system_that_is_not_at_home() -> None:
    with pytest.raises(Problem, match="EPSG:2180"):
        ranges([Reach(*PLZEN[:2], 50)], epsg=2180)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"metres": 0}, "longer than 0 m"),
        ({"metres": -5}, "longer than 0 m"),
        ({"metres": float("nan")}, "longer than 0 m"),
        ({"metres": 5, "azimuth": 1, "field": 0}, "between 0 and 360"),
        ({"metres": 5, "azimuth": 1, "field": 361}, "between 0 and 360"),
        ({"metres": 5, "azimuth": float("inf"), "field": 10}, "not numbers"),
    ],
)
def test_reach_that_cannot_be(values: dict[str, float], words: str) -> None:
    with pytest.raises(Problem, match=words):
        Reach(13.4, 49.7, **values)
