from __future__ import annotations

import pytest
from shapely.geometry import GeometryCollection, MultiPolygon, Point, Polygon, box

from region.geometry import shapes
from region.geometry.shapes import (
    area_km2,
    around,
    box_of,
    distance_km,
    from_geojson,
    inner_point,
    inside,
    polygons,
    to_geojson,
)

WEST = box(13.0, 49.0, 13.1, 49.1)


def test_to_geojson_goes_round_and_back() -> None:
    clockwise = Polygon([(13, 49), (13, 49.1), (13.1, 49.1), (13.1, 49)])
    stored = to_geojson(clockwise)
    assert stored["type"] == "Polygon"
    assert polygons(from_geojson(stored))[0].exterior.is_ccw
    assert from_geojson(stored).equals(clockwise)
    assert isinstance(stored["coordinates"][0][0], list)


def test_to_geojson_of_several_parts() -> None:
    stored = to_geojson(MultiPolygon([WEST, box(14, 49, 14.1, 49.1)]))
    assert (stored["type"], len(stored["coordinates"])) == ("MultiPolygon", 2)


def test_polygons_of_a_collection() -> None:
    mixed = GeometryCollection([Point(0, 0), WEST, Polygon()])
    assert polygons(mixed) == [WEST]
    assert polygons(Point(0, 0)) == []


def test_area_km2_of_a_known_square() -> None:
    # A tenth of a degree at 49° north: 11.12 km by 7.31 km.
    assert area_km2(WEST) == pytest.approx(81.3, abs=0.2)


def test_inner_point_lies_inside_a_crescent() -> None:
    crescent = Point(13, 49).buffer(0.1).difference(Point(13.05, 49).buffer(0.1))
    assert crescent.covers(Point(inner_point(crescent)))


def test_distance_km_outside_and_inside() -> None:
    assert distance_km(WEST, 13.05, 49.05) == 0
    assert distance_km(WEST, 13.05, 49.19) == pytest.approx(10.0, abs=0.1)


def test_boxes() -> None:
    assert box_of(WEST) == (13.0, 49.0, 13.1, 49.1)
    assert around((1, 2, 3, 4), 0.5) == (0.5, 1.5, 3.5, 4.5)
    assert (inside(13.1, 49.1, box_of(WEST)), inside(13.11, 49.1, box_of(WEST))) == (True, False)


def test_rounded_keeps_a_shared_corner_shared() -> None:
    one = Polygon([(13.00000049, 49), (13.1, 49), (13.1, 49.1)])
    other = Polygon([(13.00000049, 49), (13, 48.9), (13.1, 49)])
    assert shapes.rounded(one).touches(shapes.rounded(other))
