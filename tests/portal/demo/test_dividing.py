"""Cells around seeds: they cover the outline, do not overlap, and each holds its seed."""

from __future__ import annotations

import math

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import Point, Polygon, box

from portal.demo.dividing import divide, one_piece, toward

SQUARE = box(0, 0, 4, 4)
HORSESHOE = Polygon([(0, 0), (6, 0), (6, 5), (5, 5), (5, 1), (1, 1), (1, 5), (0, 5)])


def test_divide_with_one_seed_returns_the_outline() -> None:
    assert divide(SQUARE, [Point(1, 1)], wander=0.1) == (SQUARE,)


def test_divide_gives_an_outlying_piece_to_its_neighbour() -> None:
    cells = divide(HORSESHOE, [Point(0.5, 4), Point(0.5, 0.5)], wander=0.05)
    assert [cell.geom_type for cell in cells] == ["Polygon", "Polygon"]
    assert math.isclose(sum(cell.area for cell in cells), HORSESHOE.area)
    assert [cell.contains(Point(5.5, 4.5)) for cell in cells] == [False, True]


def test_one_piece_refuses_what_came_apart() -> None:
    with pytest.raises(TypeError, match="an outline in one piece is expected, not MultiPolygon"):
        one_piece(shapely.union_all([box(0, 0, 1, 1), box(2, 2, 3, 3)]))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(2, 38), st.integers(2, 38)), min_size=2, max_size=7, unique=True))
def test_divide_covers_without_overlap(spots: list[tuple[int, int]]) -> None:
    seeds = [Point(x / 10, y / 10) for x, y in spots]
    cells = divide(SQUARE, seeds, wander=0.02)
    assert [cell.is_valid and cell.contains(seed) for cell, seed in zip(cells, seeds, strict=True)] == [True] * len(
        seeds
    )
    assert math.isclose(sum(cell.area for cell in cells), SQUARE.area, rel_tol=1e-9)
    assert math.isclose(shapely.union_all(cells).area, SQUARE.area, rel_tol=1e-9)


@pytest.mark.parametrize(("bearing", "x", "y"), [(0, 2, 3), (90, 3, 2), (180, 2, 1), (270, 1, 2)])
def test_toward_goes_half_way_to_the_edge(bearing: float, x: float, y: float) -> None:
    point = toward(SQUARE, Point(2, 2), bearing=bearing, share=0.5)
    assert (round(point.x, 9), round(point.y, 9)) == (x, y)
