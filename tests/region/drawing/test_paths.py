"""Paths in relative whole numbers and the budget they are held to."""

from __future__ import annotations

from math import cos, pi, sin

from shapely import MultiPolygon, Polygon, box

from region.drawing.paths import area_path, paths_within, ring_path, simplified
from region.geometry.shapes import polygons


def circle(x: float, y: float, size: float, corners: int = 200) -> Polygon:
    turns = [2 * pi * index / corners for index in range(corners)]
    return Polygon([(x + size * cos(turn), y + size * sin(turn)) for turn in turns])


def test_ring_path_of_a_square() -> None:
    assert ring_path([(0, 0), (10, 0), (10, 10), (0, 10), (0, 0)]) == "M0 0l10 0 0 10-10 0z"


def test_ring_path_drops_points_that_rounding_joins() -> None:
    assert ring_path([(0, 0), (0.3, 0.2), (10, 0), (10, 10), (0, 0)]) == "M0 0l10 0 0 10z"


def test_ring_path_smaller_than_a_triangle_is_empty() -> None:
    assert ring_path([(0, 0), (0.2, 0.2), (0.4, 0), (0, 0)]) == ""


def test_area_path_writes_holes() -> None:
    shape = Polygon(box(0, 0, 20, 20).exterior, [box(5, 5, 15, 15).exterior])
    assert area_path(shape).count("M") == 2


def test_area_path_leaves_out_specks_but_never_the_largest_ring() -> None:
    assert area_path(MultiPolygon([box(0, 0, 20, 20), box(30, 30, 32, 32)])).count("M") == 1
    assert area_path(box(0, 0, 2, 2)) == "M2 0l0 2-2 0 0-2z"


def test_paths_within_a_large_budget_are_whole() -> None:
    shape = circle(100, 100, 80)
    assert paths_within([shape], 10_000) == [area_path(shape)]


def test_paths_within_hold_the_budget() -> None:
    paths = paths_within([circle(100, 100, 80), circle(300, 100, 80)], 400)
    assert sum(map(len, paths)) <= 400
    assert all(paths)


def test_paths_within_an_impossible_budget_are_the_coarsest() -> None:
    paths = paths_within([circle(100, 100, 80)], 1)
    assert paths == [area_path(simplified([circle(100, 100, 80)], 60.0)[0])]


def test_simplified_neighbours_keep_their_border() -> None:
    wave = [(50 + 3 * sin(index), index * 2) for index in range(51)]
    left = Polygon([(0, 0), *wave, (0, 100)])
    right = Polygon([(100, 0), *wave, (100, 100)])
    west, east = simplified([left, right], 10)
    assert west.intersection(east).area == 0
    assert west.union(east).area == 10_000


def test_simplified_overlapping_shapes_are_each_simplified() -> None:
    one, other = simplified([circle(0, 0, 50), circle(10, 0, 50)], 5)
    assert max(len(polygons(shape)[0].exterior.coords) for shape in (one, other)) < 30


def test_simplified_by_nothing_is_the_same() -> None:
    shape = circle(0, 0, 50)
    assert simplified([shape], 0) == [shape]
