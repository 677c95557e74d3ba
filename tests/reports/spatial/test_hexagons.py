from __future__ import annotations

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import Point, Polygon, box

from region.geometry.shapes import area_km2, projected_to
from region.messages import Problem
from reports.spatial.hexagons import Cell, cell_shape, cells_of, cells_over

SQUARE = box(13.370, 49.740, 13.385, 49.750)
HALF_HECTARE = 5000


def test_cells_are_equal() -> None:
    cells = cells_over(SQUARE, HALF_HECTARE)
    areas = [area_km2(cell_shape(cell, HALF_HECTARE)) * 1e6 for cell in cells]
    assert areas == pytest.approx([HALF_HECTARE] * len(cells), rel=1e-6)


def test_cells_cover_the_area_without_overlap() -> None:
    shapes = [cell_shape(cell, HALF_HECTARE) for cell in cells_over(SQUARE, HALF_HECTARE)]
    together = shapely.union_all([projected_to(shape, 3035).buffer(0.001) for shape in shapes])
    assert together.covers(projected_to(SQUARE, 3035))
    assert together.area == pytest.approx(len(shapes) * HALF_HECTARE, rel=1e-4)


def test_every_cell_touches_the_area() -> None:
    flat = projected_to(SQUARE, 3035)
    shapes = [projected_to(cell_shape(cell, HALF_HECTARE), 3035) for cell in cells_over(SQUARE, HALF_HECTARE)]
    assert all(shape.distance(flat) < 0.001 for shape in shapes)


@given(lon=st.floats(min_value=12.2, max_value=24), lat=st.floats(min_value=48.6, max_value=54))
def test_place_lies_in_its_cell(lon: float, lat: float) -> None:
    (cell,) = cells_of([(lon, lat)], HALF_HECTARE)
    shape = projected_to(cell_shape(cell, HALF_HECTARE), 3035)
    assert shape.distance(projected_to(Point(lon, lat), 3035)) < 0.001


def test_grid_does_not_depend_on_the_data() -> None:
    place = (13.3776, 49.7475)
    alone = cells_of([place], HALF_HECTARE)
    among = cells_of([(13.0, 49.0), place], HALF_HECTARE)
    assert among[1:] == alone
    assert set(alone) <= set(cells_over(SQUARE, HALF_HECTARE))


def test_cells_come_in_order() -> None:
    cells = cells_over(SQUARE, HALF_HECTARE)
    assert list(cells) == sorted(cells)
    assert isinstance(cells[0], Cell)


def test_no_area_no_cells() -> None:
    assert cells_over(Polygon(), HALF_HECTARE) == ()


def test_too_many_cells_are_refused() -> None:
    with pytest.raises(Problem, match="too small for an area"):
        cells_over(box(12, 48, 20, 51), HALF_HECTARE)


@pytest.mark.parametrize("size", [0, -1, float("nan")])
def test_size_that_is_none(size: float) -> None:
    with pytest.raises(Problem, match="larger than 0"):
        cells_over(SQUARE, size)
