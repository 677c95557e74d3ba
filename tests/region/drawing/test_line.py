"""The region's line: from outline to profile."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import MultiPolygon, Point, Polygon, box

from region.drawing.line import (
    DEFAULT_LINE,
    RegionLine,
    deviations,
    in_distances,
    region_line,
    relative,
    ridge_paths,
    stripe_path,
    western_side,
)

# A tall region whose western border has one bay in the middle.
BAY = Polygon([(1, 2), (0, 2), (0, 1.2), (0.4, 1.0), (0, 0.8), (0, 0), (1, 0)])


def test_western_side_runs_from_north_to_south() -> None:
    side = western_side(Polygon([(0, 1), (1, 2), (2, 1), (1, 0)]))
    assert side == [(1, 2), (0, 1), (1, 0)]


def test_region_line_dips_where_the_border_has_a_bay() -> None:
    points = region_line(BAY).points
    assert max(points, key=lambda point: point[1])[1] == 100
    deepest = [x for x, y in points if y == 100]
    assert all(400 < x < 800 for x in deepest)


def test_region_line_takes_the_largest_part() -> None:
    island = box(-9, 0, -8.9, 0.1)
    assert region_line(MultiPolygon([island, BAY])) == region_line(BAY)


def test_region_line_of_a_straight_border_is_straight() -> None:
    assert region_line(Polygon([(0, 0), (1, 1), (0, 2)])).points == ((0, 50), (1200, 50))


def test_region_line_of_a_point_is_refused() -> None:
    with pytest.raises(ValueError, match="not an area"):
        region_line(Point(1, 1))


def test_deviations_of_a_straight_course_are_none() -> None:
    assert max(map(abs, deviations(in_distances([(0, 2), (0, 1), (0, 0)])))) < 1e-12


@given(st.lists(st.floats(-0.9, 0.9), min_size=3, max_size=30))
def test_region_line_always_runs_from_edge_to_edge(bends: list[float]) -> None:
    west = [(bend, 5 - index / 10) for index, bend in enumerate(bends)]
    line = region_line(Polygon([(3, 5.1), *west, (3, 1.9)]).buffer(0))
    assert (line.points[0][0], line.points[-1][0]) == (0, 1200)
    assert all(0 <= y <= 100 for _, y in line.points)


@pytest.mark.parametrize("points", [((0, 1),), ((0, 1), (1199, 1)), ((5, 1), (1200, 1)), ((0, 1), (0, 2), (1200, 1))])
def test_line_that_does_not_run_from_edge_to_edge_is_refused(points: tuple[tuple[int, int], ...]) -> None:
    with pytest.raises(ValueError, match="0 to 1200"):
        RegionLine(points)


def test_relative_writes_steps() -> None:
    assert relative([(0, 5), (10, 7), (20, 2), (25, 2)]) == "M0 5l10 2 10-5 5 0"


def test_relative_keeps_negative_steps_apart() -> None:
    assert relative([(0, 5), (-3, 2), (-4, 9)]) == "M0 5l-3-3-1 7"


def test_stripe_path_stays_thin() -> None:
    assert stripe_path(RegionLine(((0, 0), (600, 100), (1200, 50)))) == "M0 12l600 60 600-30"


def test_ridge_paths_hang_or_rise() -> None:
    line = RegionLine(((0, 0), (600, 100), (1200, 50)))
    assert ridge_paths(line, rising=False) == ("M0 140l600 370 600-185", "M0 140l600 370 600-185V0H0z")
    assert ridge_paths(line, rising=True) == ("M0 620l600-370 600 185", "M0 620l600-370 600 185V760H0z")


def test_default_line_runs_west_to_east_of_the_page() -> None:
    assert all(one[0] < other[0] for one, other in pairwise(DEFAULT_LINE.points))
